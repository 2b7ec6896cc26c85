"""The authorities of an area, as who looks after them sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from marketplace.models import Membership, Organization
from marketplace.models.divisions import place_names

ACTIVE = Q(memberships__is_active=True)
MANAGERS = ACTIVE & Q(memberships__role=Membership.Role.MANAGER)


@dataclass(frozen=True)
class AuthorityRow:
    """An authority with how many people it has, and how many of them manage it."""

    name: str
    place: str
    people: int
    managers: int


def authority_rows(office: Organization) -> Iterator[AuthorityRow]:
    """Yield the authorities of an office's area, its own first, then by place."""
    rows = Organization.objects.filter(
        kind=Organization.Kind.AUTHORITY, division__code__startswith=office.division.prefix
    )
    counted = rows.annotate(
        people=Count("memberships__user", filter=ACTIVE, distinct=True),
        managers=Count("memberships__user", filter=MANAGERS, distinct=True),
    )
    told = counted.order_by("division", "name", "pk")
    places = place_names()
    for name, division, people, managers in told.values_list(
        "name", "division", "people", "managers"
    ):
        yield AuthorityRow(name, places[division], people, managers)
