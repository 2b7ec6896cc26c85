"""Parties as lists name them: plain values, one statement for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from marketplace.kernel.statements import statement
from marketplace.models import Organization
from marketplace.models.divisions import place_names


@dataclass(frozen=True)
class Named:
    """A party by its name, its code and where it is registered; `slug` is its address."""

    slug: str
    name: str
    uscc: str
    place: str


def named(keys: Sequence[int]) -> dict[int, Named]:
    """Return the parties with these keys, as the keys stand; who is gone is left out."""
    places = place_names()
    found = {
        key: Named(slug, name, uscc, outside or places[division])
        for key, slug, name, uscc, division, outside in _named(keys=keys)
    }
    return {key: found[key] for key in keys if key in found}


@statement
def _named(*, keys: Sequence[int]) -> QuerySet[Organization, Any]:
    rows = Organization.objects.filter(pk__in=keys).order_by()
    return rows.values_list("pk", "slug", "name", "uscc", "division", "registered_in__full_name")
