"""A place as everybody may read of it: the province, a city or a county, and what lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from bidding.pages.figures.scope import Scope
from bidding.pages.gathered import gathered
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Division, Organization


@dataclass(frozen=True)
class PlaceLink:
    """A place that one can go to from here."""

    name: str
    url: str
    is_here: bool = False


def place_page(place: Division, at: datetime) -> dict[str, Any]:
    """Return what the page of a place shows."""
    scope = Scope(str(day_of(at).year), "" if place.parent_id is None else place.code)
    within = "division__code__startswith"
    gathered_here = gathered(
        f"place {place.code}",
        scope,
        Q(**{within: place.prefix}),
        Q(**{f"tender__{within}": place.prefix}),
        at,
    )
    agencies = Organization.objects.active_agencies().within(place)
    agency_count = known.once("agencies of a place", place.code, read=agencies.count)
    return {
        "gathered": gathered_here,
        "scope": scope,
        "above": _above(place),
        "below": _below(place),
        "agency_count": agency_count,
        "agencies_url": _agencies(place),
    }


def _agencies(place: Division) -> str:
    """Return the list of agencies of the place; of a county that of its city."""
    address = reverse("bidding:agency_list")
    return address if place.parent_id is None else f"{address}?city={place.code[:4]}00"


def _above(place: Division) -> Sequence[PlaceLink]:
    """Return the way from the province to the place, which comes last."""
    way = [place]
    while way[0].parent is not None:
        way.insert(0, way[0].parent)
    return [PlaceLink(one.name, _url(one), one.pk == place.pk) for one in way]


def _below(place: Division) -> Sequence[PlaceLink]:
    """Return the cities of the province, or the counties of a city."""
    rows = Division.objects.standing().filter(parent=place).order_by("code")
    return [PlaceLink(one.name, _url(one)) for one in rows]


def _url(place: Division) -> str:
    return reverse("bidding:place", args=[place.code])
