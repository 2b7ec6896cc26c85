"""The append-only record of conduct, cases, what they led to, and what was asked when."""

from credit.models.cases import Case, CaseQuerySet
from credit.models.checks import StandingCheck
from credit.models.conduct import BLOCKING, MISCONDUCT, Conduct, Measure, Severity
from credit.models.entries import Entry, EntryQuerySet
from credit.models.findings import Finding, FindingQuerySet
from credit.models.restrictions import Restriction, RestrictionQuerySet
from credit.models.schemes import CreditScheme, name_of_kind

__all__ = [
    "BLOCKING",
    "MISCONDUCT",
    "Case",
    "CaseQuerySet",
    "Conduct",
    "CreditScheme",
    "Entry",
    "EntryQuerySet",
    "Finding",
    "FindingQuerySet",
    "Measure",
    "Restriction",
    "RestrictionQuerySet",
    "Severity",
    "StandingCheck",
    "name_of_kind",
]
