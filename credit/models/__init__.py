"""The append-only record of conduct, cases, what they led to, and what was asked when."""

from credit.models.cases import Case, CaseQuerySet, CaseSource
from credit.models.checks import StandingCheck
from credit.models.conduct import BLOCKING, MISCONDUCT, Conduct, Measure, Severity
from credit.models.entries import Entry, EntryQuerySet
from credit.models.facts import Correction, CorrectionQuerySet, ReportedFact, ReportedFactQuerySet
from credit.models.findings import Finding, FindingQuerySet
from credit.models.lists import ListedParty, ListFault, ListFaultQuerySet, ListImport, ListKind
from credit.models.remedies import Hearing, Recusal, Repair, Review
from credit.models.restrictions import Restriction, RestrictionQuerySet
from credit.models.schemes import (
    CreditScheme,
    SchemeProposal,
    SchemeProposalQuerySet,
    name_of_kind,
)

__all__ = [
    "BLOCKING",
    "MISCONDUCT",
    "Case",
    "CaseQuerySet",
    "CaseSource",
    "Conduct",
    "Correction",
    "CorrectionQuerySet",
    "CreditScheme",
    "Entry",
    "EntryQuerySet",
    "Finding",
    "FindingQuerySet",
    "Hearing",
    "ListFault",
    "ListFaultQuerySet",
    "ListImport",
    "ListKind",
    "ListedParty",
    "Measure",
    "Recusal",
    "Repair",
    "ReportedFact",
    "ReportedFactQuerySet",
    "Restriction",
    "RestrictionQuerySet",
    "Review",
    "SchemeProposal",
    "SchemeProposalQuerySet",
    "Severity",
    "StandingCheck",
    "name_of_kind",
]
