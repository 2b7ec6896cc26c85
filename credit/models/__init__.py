"""The append-only record of conduct, cases, what they led to, and what was asked when."""

from credit.models.cases import Case, CaseQuerySet
from credit.models.checks import StandingCheck
from credit.models.conduct import BLOCKING, MISCONDUCT, Conduct, Measure, Severity
from credit.models.entries import Entry, EntryQuerySet
from credit.models.restrictions import Restriction, RestrictionQuerySet

__all__ = [
    "BLOCKING",
    "MISCONDUCT",
    "Case",
    "CaseQuerySet",
    "Conduct",
    "Entry",
    "EntryQuerySet",
    "Measure",
    "Restriction",
    "RestrictionQuerySet",
    "Severity",
    "StandingCheck",
]
