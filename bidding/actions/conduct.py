"""Hand facts of an order down to credit, each once."""

from __future__ import annotations

from datetime import datetime

from bidding import links
from bidding.models import Award, ConductFact
from credit.actions import record_entry
from credit.models import Conduct, Entry
from marketplace.kernel.durations import Duration
from marketplace.kernel.models import CalendarDay
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


TOO_MANY, WITHIN = 3, Duration(1, "year")


def note_abandonment(award: Award, at: datetime) -> None:
    """
    Record that the winner gave `award` up, and with the third time in a year that too.

    Those that an earlier third time has counted are not counted again; nor is one whose entry was
    corrected to nothing.

    Source: 平台默认（参考：湖口县规定）
    """
    agency = award.bid.agency
    note_conduct(award, agency, Conduct.ABANDONMENT, occurred_at=at, at=at)
    if len(_uncounted_abandonments(agency, at)) >= TOO_MANY:
        note_conduct(award, agency, Conduct.THREE_ABANDONMENTS, occurred_at=at, at=at)


def _uncounted_abandonments(agency: Organization, at: datetime) -> list[datetime]:
    standing = Entry.objects.filter(organization=agency, corrected_by__isnull=True)
    standing = standing.exclude(points=0).order_by("occurred_at")
    moments = standing.filter(kind=Conduct.ABANDONMENT).values_list("occurred_at", flat=True)
    counted = standing.filter(kind=Conduct.THREE_ABANDONMENTS).last()
    calendar = CalendarDay.objects.work_calendar()
    return [
        moment
        for moment in moments
        if WITHIN.after(moment, calendar).ends_at > at
        and (counted is None or moment > counted.occurred_at)
    ]
