"""
What credit asks of the apps above it, as Protocols.

Who answers stands in their `ways_up.py`; the table is in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from marketplace.kernel.hooks import Way
from marketplace.kernel.known import asked_once
from marketplace.models import Division, Organization, ServiceClass


class RestrictionEffect(Protocol):
    """
    End at once what a blocking restriction ends, in the whole province.

    Called inside the deciding transaction, after the rows of the organisation and its branches are
    locked; what ends for a head office ends for its branches. `service_class` limits it to one
    class; `reference` is the number of the decision. Returns how many of its own it ended.
    """

    def __call__(
        self,
        *,
        organization: Organization,
        branches: Sequence[Organization],
        service_class: ServiceClass | None,
        reference: str,
        at: datetime,
    ) -> int: ...


RESTRICTION_EFFECTS = Way[RestrictionEffect]()


@dataclass(frozen=True)
class Reached:
    """A piece of published business that a restriction would meet; `is_stopped`: it stops there."""

    label: str
    title: str
    url: str
    is_stopped: bool


class RestrictionReach(Protocol):
    """
    Say what published business a blocking restriction on `agencies` (keys) would meet at `at`.

    Asked by the page before the decision. Sealed bids are never among it: whether there is one,
    nobody but the agency may know.
    """

    def __call__(
        self, *, agencies: Collection[int], service_class: ServiceClass | None, at: datetime
    ) -> Iterable[Reached]: ...


RESTRICTION_REACHES = Way[RestrictionReach]()


class Disclosure(Protocol):
    """
    Say how much of what a decision ended the public may know.

    Returns how many of the bids that the decision `reference` ended belong to orders that have been
    opened since; of the others not even their number may be told.
    """

    def __call__(self, *, reference: str) -> int: ...


RESTRICTION_DISCLOSURES = Way[Disclosure]()


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
    Find published business by a public number of it, when a case is opened or shown.

    `reference` is as it was typed. Returns None for a number it does not know and for business that
    is not public.
    """

    def __call__(self, *, reference: str, organization: Organization) -> Matter | None: ...


MATTER_FINDERS = Way[MatterFinder]()


def end_what_stands(
    *,
    organization: Organization,
    branches: Sequence[Organization],
    service_class: ServiceClass | None,
    reference: str,
    at: datetime,
) -> int:
    """Call every effect of a blocking restriction; return how much was ended."""
    return sum(
        effect(
            organization=organization,
            branches=branches,
            service_class=service_class,
            reference=reference,
            at=at,
        )
        for effect in RESTRICTION_EFFECTS
    )


def business_reached(
    agencies: Collection[int], service_class: ServiceClass | None, at: datetime
) -> list[Reached]:
    """Return what published business a blocking restriction on `agencies` would meet."""
    asked = (
        ask(agencies=agencies, service_class=service_class, at=at) for ask in RESTRICTION_REACHES
    )
    return [one for found in asked for one in found]


def count_disclosed(reference: str) -> int:
    """Return how many of the bids ended by the decision `reference` may be told of to everybody."""
    return sum(disclosure(reference=reference) for disclosure in RESTRICTION_DISCLOSURES)


@asked_once
def find_matter(reference: str, organization: Organization) -> Matter | None:
    """Return the business known under `reference`, if any, and whether `organization` is in it."""
    if not reference:
        return None
    found = (finder(reference=reference, organization=organization) for finder in MATTER_FINDERS)
    return next((matter for matter in found if matter is not None), None)
