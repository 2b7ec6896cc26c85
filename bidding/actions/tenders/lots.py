"""Divide a draft into lots: orders of their own that know of each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.actions.tenders.drafts import copied_from
from bidding.guards.lots import limit_is_within_the_lots, lots_are_few
from bidding.guards.parts import may_divide
from bidding.guards.versions import order_as_seen
from bidding.models import LotGroup, Tender
from bidding.rulebook import rules_for
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def divide_tender(
    *,
    tender: Tender,
    count: int,
    most_per_agency: int | None,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> LotGroup:
    """
    Make a draft the first of `count` lots; the others begin as copies of it.

    Each is changed, submitted, published, selected and contracted by itself. `most_per_agency` is
    how many of them one agency may win, None sets no limit.

    Raises:
        Refused: a guard in `may_divide` does not hold, or a number is out of range.
    """
    first = Tender.objects.lock(tender.pk)
    require(*order_as_seen(first, seen), *may_divide(first))
    require(
        lots_are_few(count, rules_for(first, at)),
        limit_is_within_the_lots(count, most_per_agency),
    )
    group = LotGroup.objects.create(
        buyer=first.buyer, most_per_agency=most_per_agency, created_by=by, created_at=at
    )
    first.lot_group, first.lot = group, 1
    first.save()
    for number in range(2, count + 1):
        _copy(first, number, by, at)
    record(
        by=by,
        verb="tender.divided",
        target=first,
        at=at,
        organization=first.buyer,
        count=count,
        most_per_agency=most_per_agency,
    )
    return group


def _copy(first: Tender, number: int, by: User, at: datetime) -> Tender:
    lot = copied_from(first, by, at, lot_group=first.lot_group, lot=number)
    record(
        by=by,
        verb="tender.copied",
        target=lot,
        at=at,
        organization=lot.buyer,
        original=first.reference,
    )
    return lot
