"""A buyer's own orders that wait for something, as the workbench names them: plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bidding.models import Award, Tender, TenderQuerySet
from bidding.models.rounds import PLACE
from bidding.models.tender_queries import GIVEN_UP
from bidding.pages.order_rows import OrderRow, as_rows, columns
from marketplace.kernel.statements import statement
from marketplace.models import Membership
from marketplace.parties import Party
from marketplace.web.workbench import ASKED

Status = Tender.Status


def drafts_of(party: Party) -> list[OrderRow]:
    """Return the own orders that are with their buyer, the newest first."""
    return as_rows(_drafts(**_whose(party)))


def come_to_nothing(party: Party, since: datetime) -> list[OrderRow]:
    """Return the own orders that failed or lost their award from `since` on, not run again yet."""
    return as_rows(_come_to_nothing(**_whose(party), since=since))


def _whose(party: Party) -> dict[str, Any]:
    """Return whose orders they are: the unit's, for its agents their own alone."""
    is_own = not party.has_role(Membership.Role.BUYER_MANAGER)
    return {"buyer": party.organization.pk, "person": party.user.pk, "is_own": is_own}


@statement
def _drafts(*, buyer: int, person: int, is_own: bool) -> QuerySet[Tender, Any]:
    drafts = _orders(buyer, person, is_own=is_own).filter(
        status__in=[Status.DRAFT, Status.RETURNED]
    )
    return columns(drafts[:ASKED])


@statement
def _come_to_nothing(
    *, buyer: int, person: int, is_own: bool, since: datetime
) -> QuerySet[Tender, Any]:
    failed = Q(status=Status.UNSUCCESSFUL, ended_at__gte=since)
    cancelled = Award.objects.filter(
        tender=OuterRef("pk"),
        status=Award.Status.CANCELLED,
        cancelled_at__gte=since,
        **{own: OuterRef(of_order) for own, of_order in PLACE.items()},
    )
    again = Tender.objects.filter(previous=OuterRef("pk")).exclude(GIVEN_UP)
    lost = Q(Exists(cancelled), status=Status.COMPLETE)
    ended = _orders(buyer, person, is_own=is_own).filter(failed | lost).exclude(Exists(again))
    return columns(ended[:ASKED])


def _orders(buyer: int, person: int, *, is_own: bool) -> TenderQuerySet:
    orders = Tender.objects.filter(buyer=buyer).order_by("-pk")
    return orders.filter(created_by=person) if is_own else orders
