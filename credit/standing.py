"""The questions others may ask: how an organisation stands, with score, grade and restrictions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from credit.in_force import credit_rules, scheme_at
from credit.in_force import province as _province
from credit.models import Entry, Restriction
from credit.ranking import ranking
from credit.records import partly_hidden, unpublished
from credit.rules import GRACE, MONTHS, OWNER_PUBLIC
from credit.scoring import Event, account
from marketplace.kernel import known
from marketplace.kernel.rules import Rule, typed
from marketplace.kernel.statements import statement
from marketplace.models import (
    Division,
    Membership,
    Organization,
)

DECISION = ("service_class", "case__authority__division")
EVENT = (
    *("organization", "public_until", "pk", "kind", "points"),
    *("occurred_at", "recorded_at", "counts_until", "corrects"),
)


PK = EVENT.index("pk")


@dataclass(frozen=True)
class Standing:
    """
    Score, grade and the restrictions in force, always together.

    `is_warned` says that the score has come to where the scheme warns.
    """

    score: Decimal
    grade: str
    restrictions: tuple[Restriction, ...]
    is_warned: bool = False

    @property
    def is_blocked(self) -> bool:
        """Tell whether a restriction keeps the organisation from sign-ups, in one class or all."""
        return any(restriction.is_blocking for restriction in self.restrictions)


def sanction_range(severity: str, at: datetime) -> Rule:
    """Return the rule with the first and last month that `severity` allows at `at`."""
    return credit_rules(at)[MONTHS.cell(severity).key]


def authority_for(division: Division) -> Organization | None:
    """
    Return the nearest authority for `division`: its own, its city's or the province's.

    One that has regulators goes before one that has none.
    """
    codes = (division.pk, f"{division.pk[:4]}00", _province().pk)
    regulators = Membership.objects.active().filter(
        organization=OuterRef("pk"), role=Membership.Role.REGULATOR
    )
    authorities = Organization.objects.filter(
        kind=Organization.Kind.AUTHORITY, division__in=codes
    ).annotate(has_regulators=Exists(regulators))
    nearest = authorities.order_by("-has_regulators", "-division", "pk")
    return nearest.select_related("division").first()


def is_owner_record_public(at: datetime) -> bool:
    """
    Tell whether everybody may read the records of owners.

    Source: 平台默认（规则手册 credit.owner_public）
    """
    return typed(credit_rules(at).values())[OWNER_PUBLIC]


def statement_grace(at: datetime) -> timedelta:
    """
    Return how long after its deadline a statement that arrived before it may still be on its way.

    Source: 平台默认（规则手册 sanction.grace）
    """
    return typed(credit_rules(at).values())[GRACE].span


def standing_of(
    organization: Organization, at: datetime, known_at: datetime | None = None
) -> Standing:
    """
    Return how `organization` stood at `at`, as the record knows it at `known_at`.

    `known_at` is `at` itself unless given: what anybody could know then. A later `known_at` asks
    how it really was, with what was recorded and corrected since.
    """
    return standings_of([organization], at, known_at)[organization.pk]


def standings_of(
    organizations: Iterable[Organization], at: datetime, known_at: datetime | None = None
) -> Mapping[int, Standing]:
    """Return the standing of each organisation by primary key, in a fixed number of queries."""
    return standings([organization.pk for organization in organizations], at, known_at)


def standings(
    keys: Sequence[int], at: datetime, known_at: datetime | None = None
) -> Mapping[int, Standing]:
    """Return the same of the organisations with these keys."""
    entries = _entries(keys, at, known_at or at)
    return _standings(keys, entries, _in_force(keys, at), at, known_at or at)


@statement
def _entries(keys: Sequence[int], at: datetime, known_at: datetime) -> QuerySet[Entry, Any]:
    entries = Entry.objects.filter(organization__in=keys).as_of(at, known_at=known_at)
    return entries.order_by().values_list(*EVENT)


@statement
def _in_force(keys: Sequence[int], at: datetime) -> QuerySet[Restriction]:
    running = Restriction.objects.on_organizations().filter(organization__in=keys).in_force(at)
    return running.select_related(*DECISION)


def events_of(organization: Organization) -> list[Event]:
    """Return every entry of a record as the pure count takes it, the corrected ones too."""
    rows = Entry.objects.filter(organization=organization).order_by().values_list(*EVENT)
    return [Event(*values) for _key, _public_until, *values in rows]


@dataclass(frozen=True)
class Rank:
    """How an organisation stands among others: `organization` is its primary key."""

    organization: int
    score: Decimal
    grade: str
    is_restricted: bool


def ranks_of(
    organizations: QuerySet[Organization], at: datetime, restricted: Collection[int]
) -> list[Rank]:
    """
    Return how each of many organisations stood at `at`, as officers know it; in their order.

    `restricted` are those of whom `restricted_at` tells.
    """
    keys = list(organizations.values_list("pk", flat=True))
    found = ranking(at)
    return [Rank(key, *found[key], key in restricted) for key in keys]


def next_turn(at: datetime) -> datetime | None:
    """Return when the next entry of anybody's record ceases to count; None if none will."""
    return _next_turn.one(at)


@statement
def _next_turn(at: datetime) -> QuerySet[Entry, datetime | None]:
    counting = Entry.objects.filter(counts_until__gt=at).order_by("counts_until")
    return counting.values_list("counts_until", flat=True)[:1]


def public_standings_of(
    organizations: Iterable[Organization], at: datetime
) -> Mapping[int, Standing]:
    """
    Return how each organisation stood at `at` as far as everybody may know, by primary key.

    Score and restrictions leave out what unpublished decisions did: points that no entry shows
    would tell of them.
    """
    return public_standings([organization.pk for organization in organizations], at)


def public_standings(keys: Sequence[int], at: datetime) -> Mapping[int, Standing]:
    """Return the same of the organisations with these keys."""
    hidden = unpublished(keys, at)
    told = [row for row in _public_entries(keys, at) if row[PK] not in hidden]
    return _standings(keys, told, _openly_in_force(keys, at), at, at)


def public_grades(at: datetime) -> Mapping[int, str]:
    """
    Return the grade of every organisation at `at` as far as everybody may know, by primary key.

    In as many statements for many as for few: only records that hold something else are counted
    one by one.
    """
    found = {key: grade for key, (_score, grade) in ranking(at).items()}
    hidden = sorted(partly_hidden(at))
    standings = public_standings(hidden, at) if hidden else {}
    return found | {key: standing.grade for key, standing in standings.items()}


@statement
def _public_entries(keys: Sequence[int], at: datetime) -> QuerySet[Entry, Any]:
    entries = Entry.objects.filter(organization__in=keys).known_at(at).public_at(at)
    return entries.order_by().values_list(*EVENT)


@statement
def _openly_in_force(keys: Sequence[int], at: datetime) -> QuerySet[Restriction]:
    running = (
        Restriction.objects.on_organizations().filter(organization__in=keys).public().in_force(at)
    )
    return running.select_related(*DECISION)


def _standings(
    keys: Sequence[int],
    entries: Iterable[Any],
    restrictions: Iterable[Restriction],
    at: datetime,
    known_at: datetime,
) -> Mapping[int, Standing]:
    grouped, scheme = _by_organization(restrictions), scheme_at(at)
    recorded: dict[int, list[Event]] = defaultdict(list)
    for key, public_until, *values in entries:
        recorded[key].append(Event(*values))
        _note_end(public_until, at)
    counted = {
        key: account(recorded[key], scheme, at, known_at=known_at, earlier=scheme_at)
        for key in keys
    }
    for line in (line for found in counted.values() for line in found.lines):
        _note_end(line.ends_at, at)
    return {
        key: Standing(it.score, it.grade, tuple(grouped[key]), scheme.warns_at(it.score))
        for key, it in counted.items()
    }


def _note_end(moment: datetime | None, at: datetime) -> None:
    """Let a kept page end when an entry ends that it shows or counts at `at`."""
    if moment is not None and moment > at:
        known.holds_until(moment)


def _by_organization(rows: Iterable[Restriction]) -> Mapping[int, list[Restriction]]:
    grouped: dict[int, list[Restriction]] = defaultdict(list)
    for row in rows:
        grouped[row.organization_id].append(row)
    return grouped
