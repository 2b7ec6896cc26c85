"""
What marketplace asks of the apps above it, as Protocols; the settings name who answers.

Listed in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from marketplace.kernel import hooks
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization


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

    Named in `settings.REPRESENTATIVE_SANCTIONS`; only those count that run at `at`.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> list[Sanction]: ...


class ExitGuard(Protocol):
    """
    Say what keeps an agency from leaving; named in `settings.EXIT_GUARDS`.

    Called under the lock of the organisation's row, and by the page that asks the agency.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> tuple[Verdict, ...]: ...


class ReadmissionGuard(Protocol):
    """
    Say what keeps an agency that left from applying again; in `settings.READMISSION_GUARDS`.

    Called under the lock of the organisation's row, and by the page that asks the agency.
    """

    def __call__(self, *, organization: Organization, at: datetime) -> tuple[Verdict, ...]: ...


class IdentityGuard(Protocol):
    """
    Say what keeps an owner's name and code as they are; named in `settings.IDENTITY_GUARDS`.

    Called under the lock of the organisation's row, and by the page that asks the owner.
    """

    def __call__(self, *, organization: Organization) -> tuple[Verdict, ...]: ...


def sanctions_on_namesakes(organization: Organization, at: datetime) -> list[Sanction]:
    """Return every sanction that somebody of the same name as the representative answers for."""
    finders: Iterator[SanctionFinder] = hooks.functions("REPRESENTATIVE_SANCTIONS")
    return [found for finder in finders for found in finder(organization=organization, at=at)]


def exit_verdicts(organization: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Return what the apps above say about an agency that wants to leave."""
    guards: Iterator[ExitGuard] = hooks.functions("EXIT_GUARDS")
    return tuple(chain.from_iterable(ask(organization=organization, at=at) for ask in guards))


def readmission_verdicts(organization: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Return what the apps above say about an agency that wants to come back."""
    guards: Iterator[ReadmissionGuard] = hooks.functions("READMISSION_GUARDS")
    return tuple(chain.from_iterable(ask(organization=organization, at=at) for ask in guards))


def identity_verdicts(organization: Organization) -> tuple[Verdict, ...]:
    """Return what the apps above say about an owner that wants another name or code."""
    guards: Iterator[IdentityGuard] = hooks.functions("IDENTITY_GUARDS")
    return tuple(chain.from_iterable(ask(organization=organization) for ask in guards))
