"""The tables that every app stands on."""

from marketplace.kernel.models.append_only import AppendOnlyError, AppendOnlyModel
from marketplace.kernel.models.audit import AuditEntry, TrailCheck, TrailWitness
from marketplace.kernel.models.calendar import CalendarDay
from marketplace.kernel.models.clock import ClockOffset
from marketplace.kernel.models.deadlines import (
    Deadline,
    DeadlineSubject,
    EndOf,
    IsProvisional,
    KnownEndOf,
    end_of,
)
from marketplace.kernel.models.effects import Effect
from marketplace.kernel.models.laws import Article, Law, LawVersion
from marketplace.kernel.models.parameters import Parameter, RulebookVersion
from marketplace.kernel.models.public_changes import PublicChange
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.sequences import Sequence
from marketplace.kernel.models.slugs import SlugModel, random_slug
from marketplace.kernel.models.states import StatefulModel, StatusField, transition

__all__ = [
    "AppendOnlyError",
    "AppendOnlyModel",
    "Article",
    "AuditEntry",
    "CalendarDay",
    "ClockOffset",
    "Deadline",
    "DeadlineSubject",
    "Effect",
    "EndOf",
    "IsProvisional",
    "KnownEndOf",
    "Law",
    "LawVersion",
    "LockingQuerySet",
    "Parameter",
    "PublicChange",
    "RulebookVersion",
    "Sequence",
    "SlugModel",
    "StatefulModel",
    "StatusField",
    "TrailCheck",
    "TrailWitness",
    "end_of",
    "random_slug",
    "transition",
]
