"""What a party finds of its own: a buyer's orders, an agency's matches, both sides' awards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet

from bidding.models import Award, AwardQuerySet, Tender, TenderQuerySet
from marketplace.holdings import holdings_of
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.statements import prepared, statement
from marketplace.models import Membership, Organization, ServiceItem
from marketplace.parties import Party
from marketplace.requirements import Requirement, ask
from marketplace.web.workbench import ASKED


def tenders_of_buyer(party: Party) -> TenderQuerySet:
    """Return the orders of a buyer, the newest first; its agents see their own only."""
    tenders = Tender.objects.filter(buyer=party.organization)
    if not party.has_role(Membership.Role.BUYER_MANAGER):
        tenders = tenders.filter(created_by=party.user)
    return tenders.order_by("-pk")


def matching_tenders(agency: Organization, at: datetime) -> TenderQuerySet:
    """Return the open orders for which `agency` has what the item requires, by deadline."""
    return _matching(agency.pk, at, items_for(agency, at))


def _matching(agency: int, at: datetime, items: Sequence[int]) -> TenderQuerySet:
    return (
        Tender.objects.public()
        .open_at(at)
        .answerable_by(agency)
        .filter(item__in=items)
        .by_closing()
    )


ANSWERED = ("buyer", "item__service_class", "division", "rulebook", "named_agency")
"""What an answer to an order reads with it."""


def items_for(agency: Organization, at: datetime) -> tuple[int, ...]:
    """Return the items, of every version, that `agency` may do; asked once in a reading request."""
    return known.once_here("may do", agency.pk, day_of(at), read=partial(_items_for, agency, at))


def _items_for(agency: Organization, at: datetime) -> tuple[int, ...]:
    asked = known.once("what items ask", read=_read_requirements)
    held = holdings_of([agency.pk], at, asked.values())[agency.pk]
    return tuple(key for key, requirement in asked.items() if ask(requirement, held).holds)


def _read_requirements() -> dict[int, Requirement]:
    items = ServiceItem.objects.exclude(status=ServiceItem.Status.DRAFT)
    return {one.pk: one.requires for one in items.select_related("service_class")}


@statement
def public_order(code: str) -> QuerySet[Tender]:
    """Return the order that everybody may see under a code, for the page that answers it."""
    rows = Tender.objects.public().filter(code=code).order_by()
    return rows.joined_with(*ANSWERED, "division__parent", "award__contract")


@prepared
def answered_order(code: str) -> QuerySet[Tender]:
    """Return the order that everybody may see under a code, for an answer to it."""
    return Tender.objects.public().filter(code=code).order_by().select_related(*ANSWERED)


def keys_of_matches(agency: Organization, at: datetime) -> list[int]:
    """Return the keys of `matching_tenders`; asked once in a reading request."""
    items = items_for(agency, at)
    read = partial(_matches, agency=agency.pk, at=at, items=items)
    return known.once_here("matches", agency.pk, read=read)


@statement
def _matches(*, agency: int, at: datetime, items: Sequence[int]) -> QuerySet[Tender, int]:
    return _matching(agency, at, items).values_list("pk", flat=True)


def orders_naming(agency: Organization, at: datetime) -> list[int]:
    """Return the keys of the open orders that name `agency` and nobody else."""
    return _naming(agency=agency.pk, at=at)


@statement
def _naming(*, agency: int, at: datetime) -> QuerySet[Tender, int]:
    named = Tender.objects.public().open_at(at).filter(named_agency=agency)
    return named.values_list("pk", flat=True)[:ASKED]


def awards_of_party(party: Party) -> AwardQuerySet:
    """Return the awards in which the reader's unit is a side, the newest first."""
    unit = party.organization
    side = Q(tender__buyer=unit) if party.is_buyer else Q(bid__agency=unit)
    awards = Award.objects.filter(side).order_by("-published_at", "-pk")
    if party.has_role(Membership.Role.BUYER_AGENT) and not party.has_role(
        Membership.Role.BUYER_MANAGER
    ):
        awards = awards.filter(tender__created_by=party.user)
    return awards
