"""What a party finds of its own: a buyer's orders, an agency's matches, both sides' awards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, AwardQuerySet, Bid, Tender, TenderQuerySet
from credit.measures import head_offices_of
from credit.models import Restriction
from marketplace.holdings import holdings_of
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.statements import statement
from marketplace.models import Agency, Membership, Organization, ServiceItem
from marketplace.parties import Party
from marketplace.requirements import Requirement, ask
from marketplace.web.components import Crumb
from marketplace.web.workbench import ASKED


def begins_at(party: Party) -> Crumb:
    """Return where what comes to a contract begins: a buyer's orders, an agency's matches."""
    if party.is_buyer:
        return Crumb(_("我的采购"), reverse("bidding:buyer_tenders"))
    return Crumb(_("可报名的采购"), reverse("bidding:agency_matches"))


def tenders_of_buyer(party: Party) -> TenderQuerySet:
    """Return the orders of a buyer, the newest first; its agents see their own only."""
    tenders = Tender.objects.filter(buyer=party.organization)
    if not party.has_role(Membership.Role.BUYER_MANAGER):
        tenders = tenders.filter(created_by=party.user)
    return tenders.order_by("-pk")


AGAIN = (Bid.Status.WITHDRAWN, Bid.Status.LAPSED)
"""Of bids that have been made, those whose agency may sign up once more."""


def matching_tenders(agency: Organization, at: datetime) -> TenderQuerySet:
    """
    Return the open orders that `agency` may sign up for and has not, by deadline.

    What its sign-up would be refused for in any case is asked as the guards ask it: who is on the
    register and licensed, for whom the item is, whom no restriction keeps out.
    """
    return _matching(*_asked_of(agency, at))


def _asked_of(agency: Organization, at: datetime) -> tuple[int, datetime, date, Any, Any]:
    """Return what is asked of orders: for whom, when, which items, and whose restrictions."""
    subjects = (agency.pk, *(head.pk for head in head_offices_of([agency]).values()))
    return agency.pk, at, day_of(at), items_for(agency, at), subjects


def _matching(
    agency: int, at: datetime, today: date, items: Sequence[int], subjects: Sequence[int]
) -> TenderQuerySet:
    register = Agency.objects.filter(pk=agency, status=Agency.Status.ACTIVE)
    licensed = register.filter(Q(business_until=None) | Q(business_until__gte=today))
    own = Bid.objects.filter(tender=OuterRef("pk"), agency=agency)
    of_the_class = Q(service_class=None) | Q(service_class=OuterRef("item__service_class"))
    blocking = Restriction.objects.in_force(at).blocking().filter(of_the_class)
    return (
        Tender.objects.public()
        .open_at(at)
        .answerable_by(agency)
        .filter(Exists(licensed), item__in=items)
        .exclude(buyer=agency)
        .exclude(Exists(own.exclude(status__in=AGAIN)))
        .exclude(Exists(blocking.filter(organization__in=subjects)))
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


@statement
def answered_order(code: str) -> QuerySet[Tender]:
    """
    Return the order that everybody may see under a code, for an answer to it.

    `known_end` is when its sign-up ends, as far as one knows before its lock is held.
    """
    rows = Tender.objects.public().filter(code=code).order_by().select_related(*ANSWERED)
    return rows.annotate(known_end=F("sign_up__ends_at"))


def first_matches(agency: Organization, at: datetime) -> list[int]:
    """
    Return the keys of the first of `matching_tenders`; asked once in a reading request.

    They are as many as a workbench lists and one more: of so few the database looks no further than
    it must, and every page of an agency asks for them.
    """
    read = partial(_first_matches, *_asked_of(agency, at))
    return known.once_here("matches", agency.pk, read=read)


@statement
def _first_matches(
    agency: int, at: datetime, today: date, items: Sequence[int], subjects: Sequence[int]
) -> QuerySet[Tender, int]:
    matching = _matching(agency, at, today, items, subjects)
    return matching.values_list("pk", flat=True)[:ASKED]


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
