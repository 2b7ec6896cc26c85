"""Hand facts of an order down to credit, each once."""

from __future__ import annotations

from datetime import datetime

from bidding import links
from bidding.models import Award, ConductFact
from credit.actions import record_entry, report_fact
from credit.models import Conduct, ReportedFact
from marketplace.models import Organization


def note_conduct(
    award: Award,
    organization: Organization,
    kind: Conduct,
    *,
    occurred_at: datetime,
    at: datetime,
) -> ConductFact:
    """Record that `kind` happened in the order of `award`; the second time nothing is written."""
    tender = award.tender
    assert tender.rulebook is not None  # noqa: S101 - a constraint: published orders have one
    fact = ConductFact.objects.filter(award=award, kind=kind).first()
    if fact is not None:
        return fact
    entry = record_entry(
        organization=organization,
        kind=kind,
        occurred_at=occurred_at,
        recorded_at=at,
        reference=tender.reference,
        rulebook=tender.rulebook,
        reference_url=links.to_tender(tender),
    )
    return ConductFact.objects.create(award=award, kind=kind, entry=entry)


def report_abandonment(award: Award, *, reasons: str, at: datetime) -> ReportedFact:
    """Hand down that the winner gave up, with its reason; it counts only when it was judged."""
    tender = award.tender
    assert tender.rulebook is not None  # noqa: S101 - a constraint: published orders have one
    return report_fact(
        organization=award.bid.agency,
        kind=Conduct.ABANDONMENT,
        occurred_at=at,
        reference=tender.reference,
        rulebook=tender.rulebook,
        given_reasons=reasons,
        reference_url=links.to_tender(tender),
    )
