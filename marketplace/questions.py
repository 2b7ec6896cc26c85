"""
What marketplace asks of the apps above it about a party, as Protocols.

Who answers stands in their `ways_up.py`; the table is in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from marketplace.kernel.hooks import Way
from marketplace.kernel.known import asked_once
from marketplace.kernel.verdicts import Text, Verdict
from marketplace.models import Division, Organization


@dataclass(frozen=True)
class Sanction:
    """
    A sanction that runs: on whom, by which decision and until when.

    `url` is the page of the decision, empty when it is not published.
    """

    organization: Organization
    reference: str
    until: datetime
    url: str


class SanctionFinder(Protocol):
    """
    Find sanctions on *other* organisations with the same legal representative as this one.

    Called by the formal check of an admission and by its activation; only those count that run at
    `at`.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> list[Sanction]: ...


REPRESENTATIVE_SANCTIONS = Way[SanctionFinder]()


class LackFinder(Protocol):
    """Name what an app needs and does not find here, such as a key, for `/readyz`."""

    def __call__(self) -> Sequence[Text]: ...


LACKS = Way[LackFinder]()


class ExitGuard(Protocol):
    """
    Say what keeps an agency from leaving: what it has still to see through.

    Called under the lock of the organisation's row, and by the page that asks the agency.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> tuple[Verdict, ...]: ...


EXIT_GUARDS = Way[ExitGuard]()


class ReadmissionGuard(Protocol):
    """
    Say what keeps an agency that left from applying again: a restriction that runs.

    Called under the lock of the organisation's row, and by the page that asks the agency.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> tuple[Verdict, ...]: ...


READMISSION_GUARDS = Way[ReadmissionGuard]()


class IdentityGuard(Protocol):
    """
    Say what keeps an owner's name and code as they are: a public order that names it.

    Called under the lock of the organisation's row, and by the page that asks the owner.
    """

    def __call__(self, *, organization: Organization) -> tuple[Verdict, ...]: ...


IDENTITY_GUARDS = Way[IdentityGuard]()


@asked_once
def sanctions_on_namesakes(organization: Organization, at: datetime) -> list[Sanction]:
    """Return every sanction that somebody of the same name as the representative answers for."""
    return [
        found
        for finder in REPRESENTATIVE_SANCTIONS
        for found in finder(organization=organization, at=at)
    ]


def exit_verdicts(organization: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Return what the apps above say about an agency that wants to leave."""
    return tuple(chain.from_iterable(ask(organization=organization, at=at) for ask in EXIT_GUARDS))


def readmission_verdicts(organization: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Return what the apps above say about an agency that wants to come back."""
    asked = (ask(organization=organization, at=at) for ask in READMISSION_GUARDS)
    return tuple(chain.from_iterable(asked))


def identity_verdicts(organization: Organization) -> tuple[Verdict, ...]:
    """Return what the apps above say about an owner that wants another name or code."""
    return tuple(chain.from_iterable(ask(organization=organization) for ask in IDENTITY_GUARDS))


@dataclass(frozen=True)
class Touched:
    """What a new rule value reaches, or leaves as it is: how many of what."""

    label: Text
    count: int
    is_touched: bool


class RuleReach(Protocol):
    """
    Say whom a new rule value in `division` would reach.

    Called by the page that shows a proposal before it is confirmed.
    """

    def __call__(self, *, division: Division) -> Iterable[Touched]: ...


RULE_REACHES = Way[RuleReach]()


def touched_by_rules(division: Division) -> list[Touched]:
    """Return what every app says that new rules in `division` reach."""
    return [touched for ask in RULE_REACHES for touched in ask(division=division)]
