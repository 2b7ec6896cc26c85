"""Tell those whose business an order is: of one organisation, both sides, bidders, officers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bidding import links
from bidding.models import Award, Bid, Tender
from bidding.permissions import readers_of
from marketplace.actions.messages import notify, notify_person
from marketplace.models import Division, Membership, Message, Organization

OPERATOR = Membership.Role.OPERATOR


def tell(
    *, organization: Organization, tender: Tender, kind: str, at: datetime, url: str, **context: Any
) -> list[Message]:
    """
    Tell everybody in `organization` who may open what the message is about, and nobody else.

    What it says and how is as in `notify`; `tender` is in the context of the words.
    """
    about = {**context, "tender": tender}
    return [
        notify_person(user=user, organization=organization, kind=kind, at=at, url=url, **about)
        for user in readers_of(tender, organization)
    ]


def tell_both(award: Award, *, kind: str, at: datetime, **context: Any) -> None:
    """Tell buyer and winner."""
    for organization in (award.tender.buyer, award.bid.agency):
        tell(
            organization=organization,
            kind=kind,
            at=at,
            url=links.to_contract(award),
            tender=award.tender,
            award=award,
            **context,
        )


def tell_bidders(tender: Tender, *, kind: str, at: datetime, **context: Any) -> None:
    """Tell each agency that has signed up, and the named one, without telling one of another."""
    bids = Bid.objects.filter(tender=tender).exclude(status=Bid.Status.WITHDRAWN)
    concerned = set(bids.values_list("agency_id", flat=True))
    if tender.is_published and tender.named_agency is not None:
        concerned.add(tender.named_agency.pk)
    for agency in Organization.objects.filter(pk__in=concerned).order_by("pk"):
        tell(
            organization=agency,
            kind=kind,
            at=at,
            url=links.to_tender(tender),
            tender=tender,
            **context,
        )


def tell_operators(tender: Tender, *, kind: str, at: datetime, **context: Any) -> None:
    """Tell the officers of the order's place."""
    for organization in operators_of(tender.division):
        notify(
            organization=organization,
            kind=kind,
            at=at,
            url=links.to_operated(tender),
            roles=[OPERATOR],
            tender=tender,
            **context,
        )


def operators_of(division: Division) -> list[Organization]:
    """Return the offices that act for `division`: its own, else those of the nearest above it."""
    place: Division | None = division
    while place is not None:
        offices = Organization.objects.filter(
            kind=Organization.Kind.AUTHORITY,
            division=place,
            memberships__role=OPERATOR,
            memberships__is_active=True,
        )
        if found := list(offices.distinct().order_by("pk")):
            return found
        place = place.parent
    return []
