"""Tell those whose business an order is: of one organisation, both sides, bidders, officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bidding import links
from bidding.models import Award, Bid, Tender
from bidding.permissions import readers_of_each
from marketplace.actions.messages import Letter, deliver, notify
from marketplace.models import Division, Membership, Message, Organization

OPERATOR = Membership.Role.OPERATOR


@dataclass(frozen=True, kw_only=True)
class Notice:
    """
    What one side of an order is told: everybody there who may open what it is about.

    What it says and how is as in `Letter`; `tender` is in the context of the words.
    """

    organization: Organization
    tender: Tender
    kind: str
    url: str
    context: Mapping[str, Any] = field(default_factory=dict)


def tell_all(notices: Sequence[Notice], at: datetime) -> list[Message]:
    """Give every notice, in a fixed number of statements."""
    readers = readers_of_each([(notice.tender, notice.organization) for notice in notices])
    return deliver(
        [
            Letter(
                user=user,
                organization=notice.organization,
                kind=notice.kind,
                url=notice.url,
                context={**notice.context, "tender": notice.tender},
            )
            for notice, users in zip(notices, readers, strict=True)
            for user in users
        ],
        at,
    )


def tell(
    *, organization: Organization, tender: Tender, kind: str, at: datetime, url: str, **context: Any
) -> list[Message]:
    """Tell everybody in `organization` who may open what it is about, and nobody else."""
    notice = Notice(organization=organization, tender=tender, kind=kind, url=url, context=context)
    return tell_all([notice], at)


def tell_both(award: Award, *, kind: str, at: datetime, **context: Any) -> None:
    """Tell buyer and winner."""
    about, tender, url = {**context, "award": award}, award.tender, links.to_contract(award)
    tell_all(
        [
            Notice(organization=side, tender=tender, kind=kind, url=url, context=about)
            for side in (tender.buyer, award.bid.agency)
        ],
        at,
    )


def tell_bidders(tender: Tender, *, kind: str, at: datetime, **context: Any) -> None:
    """Tell each agency that has signed up, and the named one, without telling one of another."""
    bids = Bid.objects.filter(tender=tender).exclude(status=Bid.Status.WITHDRAWN)
    concerned = set(bids.values_list("agency_id", flat=True))
    if tender.is_published and tender.named_agency is not None:
        concerned.add(tender.named_agency.pk)
    url = links.to_tender(tender)
    tell_all(
        [
            Notice(organization=agency, tender=tender, kind=kind, url=url, context=context)
            for agency in Organization.objects.filter(pk__in=concerned).order_by("pk")
        ],
        at,
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
