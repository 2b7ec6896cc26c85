"""What the pages of a case show of it, for the acts on it."""

from __future__ import annotations

from typing import TypeVar

from credit.models import (
    Case,
    Correction,
    Entry,
    Finding,
    Hearing,
    Repair,
    ReportedFact,
    Restriction,
    Review,
    SchemeProposal,
)
from marketplace.kernel.known import asked_once
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Agency, Document, Organization
from marketplace.web.versions import as_seen

Of = TypeVar("Of", Hearing, Review)


@asked_once
def evidence_of(case: Case) -> list[Document]:
    """Return the papers that a case rests on, in the order in which they came."""
    return list(case.evidence.order_by("pk"))


@asked_once
def hearing_of(case: Case) -> Hearing | None:
    """Return the hearing that was asked for, if any."""
    return _with(case, Hearing.objects.filter(case=case).first())


@asked_once
def review_of(case: Case) -> Review | None:
    """Return the review that was asked for, if any; there is one at most."""
    return _with(case, Review.objects.filter(case=case).first())


def _with(case: Case, row: Of | None) -> Of | None:
    """Let a row know the case that it is of, which need not be read again."""
    if row is not None:
        row.case = case
    return row


def version_of_case(case: Case) -> Version:
    """Return how a case stands, with its evidence and what it imposed."""
    return version_of(
        Seen(case, name=case.number),
        *(Seen(paper, only=("sha256",)) for paper in evidence_of(case)),
        Restriction.objects.filter(case=case).select_related("organization", "case").first(),
        hearing_of(case),
        review_of(case),
        *Repair.objects.filter(case=case).select_related("case"),
    )


def case_as_seen(case: Case, seen: str | None) -> tuple[Verdict, ...]:
    """Ask whether the case is what the page showed; where nobody saw one, nothing is read."""
    return () if seen is None else as_seen(version_of_case(case), seen)


def version_of_finding(finding: Finding) -> Version:
    """Return how a finding stands."""
    return version_of(Seen(finding))


def version_of_party(organization: Organization) -> Version:
    """Return who the party of a case to be opened is, and whether it is admitted."""
    agency = Agency.objects.filter(pk=organization.pk).first()
    return version_of(organization, agency and Seen(agency, only=("status",)))


def version_of_fact(fact: ReportedFact) -> Version:
    """Return how a reported fact stands."""
    return version_of(Seen(fact))


def version_of_entry(entry: Entry) -> Version:
    """Return how an entry stands, with what corrects it."""
    return version_of(Seen(entry), *Entry.objects.filter(corrects=entry))


def version_of_correction(correction: Correction) -> Version:
    """Return how a proposed correction stands."""
    return version_of(Seen(correction))


def version_of_proposal(proposal: SchemeProposal) -> Version:
    """Return how a proposed version of the scheme stands."""
    return version_of(Seen(proposal))
