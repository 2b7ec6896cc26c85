"""
What credit asks of the apps above it, as Protocols; the settings name who answers.

Listed in docs/architecture.md. Nothing else points up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from marketplace.kernel import hooks
from marketplace.models import Division, Organization, ServiceClass


class RestrictionEffect(Protocol):
    """
    What a blocking restriction ends at once; named in `settings.RESTRICTION_EFFECTS`.

    Called inside the deciding transaction, after the organisation's row is locked. `service_class`
    limits it to one class; `reference` is the number of the decision. Returns how many it ended.
    """

    def __call__(
        self,
        *,
        organization: Organization,
        service_class: ServiceClass | None,
        reference: str,
        at: datetime,
    ) -> int: ...


class Disclosure(Protocol):
    """
    How much of that the public may know; named in `settings.RESTRICTION_DISCLOSURES`.

    Returns how many of the bids that the decision `reference` ended belong to orders that have been
    opened since; of the others not even their number may be told.
    """

    def __call__(self, *, reference: str) -> int: ...


@dataclass(frozen=True)
class Matter:
    """
    A piece of business that misconduct was found in; `division` is the place it belongs to.

    `reference` is the one number under which its facts are recorded, whichever number named it.
    `has_party` tells whether everybody may know that the organisation asked about took part; of
    business that is still sealed it is False, whoever took part.
    """

    reference: str
    title: str
    url: str
    division: Division
    has_party: bool


class MatterFinder(Protocol):
    """
    Find published business by a public number of it; named in `settings.MATTER_FINDERS`.

    `reference` is as it was typed. Returns None for a number it does not know and for business that
    is not public.
    """

    def __call__(self, *, reference: str, organization: Organization) -> Matter | None: ...


def end_what_stands(
    *,
    organization: Organization,
    service_class: ServiceClass | None,
    reference: str,
    at: datetime,
) -> int:
    """Call every effect of a blocking restriction; return how much was ended."""
    effects: list[RestrictionEffect] = list(hooks.functions("RESTRICTION_EFFECTS"))
    return sum(
        effect(organization=organization, service_class=service_class, reference=reference, at=at)
        for effect in effects
    )


def count_disclosed(reference: str) -> int:
    """Return how many of the bids ended by the decision `reference` may be told of to everybody."""
    disclosures: list[Disclosure] = list(hooks.functions("RESTRICTION_DISCLOSURES"))
    return sum(disclosure(reference=reference) for disclosure in disclosures)


def find_matter(reference: str, organization: Organization) -> Matter | None:
    """Return the business known under `reference`, if any, and whether `organization` is in it."""
    finders: list[MatterFinder] = list(hooks.functions("MATTER_FINDERS")) if reference else []
    found = (finder(reference=reference, organization=organization) for finder in finders)
    return next((matter for matter in found if matter is not None), None)
