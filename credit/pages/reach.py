"""Whom a decision would touch, told before anybody signs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from credit.effects import Reached, business_reached
from credit.measures import bound_with, branches_among
from credit.models import Case
from credit.models.conduct import BLOCKING
from marketplace.models import Organization, Practitioner


@dataclass(frozen=True)
class Reach:
    """
    What a decision meets now: the party's branches, a person's agency, and published business.

    Bids that are sealed are not among it, for whoever asks.
    """

    branches: list[Organization]
    employer: Organization | None
    stopped: list[Reached]
    kept: list[Reached]

    @property
    def is_empty(self) -> bool:
        """Tell whether it meets nothing that can be told of."""
        return not (self.branches or self.employer or self.stopped or self.kept)


def reach_of(case: Case, at: datetime) -> Reach | None:
    """Return whom what a case proposes would touch at `at`; None where it keeps nobody out."""
    if case.restriction_kind not in BLOCKING:
        return None
    if case.person_number:
        return Reach([], _employer(case.person_number), [], [])
    branches = branches_among(bound_with(case.organization).order_by("name"), case.organization)
    keys = [case.organization_id, *(one.pk for one in branches)]
    met = business_reached(keys, case.service_class, at)
    return Reach(
        branches,
        None,
        [one for one in met if one.is_stopped],
        [one for one in met if not one.is_stopped],
    )


def _employer(number: str) -> Organization | None:
    """Return the agency where the person of a certificate is entered now."""
    rows = Practitioner.objects.select_related("agency__organization")
    person = rows.filter(certificate_number=number).first()
    return person.agency.organization if person else None
