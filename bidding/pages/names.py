"""An agency in a list, an order or a result: its name with what keeps it from working now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from credit.measures import open_measures
from marketplace.models import Organization
from marketplace.web.components import Component


@dataclass(frozen=True)
class AgencyName(Component):
    """
    The name, leading to the agency's page, and behind it each measure that is in force.

    Without `slug` it is the name of a unit that is no agency.
    """

    name: str
    slug: str = ""
    measures: tuple[str, ...] = ()

    template_name = "bidding/agency_name.html"

    @property
    def url(self) -> str:
        return reverse("bidding:agency", args=[self.slug]) if self.slug else ""


def agency_names(agencies: Iterable[Organization], at: datetime) -> Mapping[int, AgencyName]:
    """Return how pages name these agencies at `at`, by primary key; one query for all of them."""
    names = {one.pk: agency_name(one) for one in agencies}
    return dict(zip(names, as_they_stand(names.values(), at), strict=True))


def agency_name(agency: Organization) -> AgencyName:
    """Return the name alone, to be asked `as_they_stand` when it is drawn."""
    return AgencyName(agency.name, agency.slug)


def as_they_stand(names: Iterable[AgencyName], at: datetime) -> list[AgencyName]:
    """Return names that were made at another moment as they are at `at`."""
    known = list(names)
    measures = open_measures([name.slug for name in known if name.slug], at)
    return [replace(name, measures=measures.get(name.slug, ())) for name in known]
