"""The questions others may ask: how an organisation stands, and whether it is restricted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from credit.in_force import credit_rules, scheme_at
from credit.in_force import province as _province
from credit.models import Case, Entry, Measure, Restriction, RestrictionQuerySet, Severity
from credit.ranking import ranking
from credit.rules import GRACE, MONTHS, OWNER_PUBLIC
from credit.scoring import Event, account
from marketplace.kernel import known
from marketplace.kernel.rules import Rule, typed
from marketplace.kernel.statements import statement
from marketplace.models import (
    Division,
    Membership,
    Organization,
    OrganizationQuerySet,
    Practitioner,
    ServiceClass,
)
from marketplace.names import head_office_names, name_key
from marketplace.questions import Sanction

DECISION = ("service_class", "case__authority__division")
EVENT = (
    *("organization", "public_until", "pk", "kind", "points"),
    *("occurred_at", "recorded_at", "counts_until", "corrects"),
)


PK = EVENT.index("pk")


@dataclass(frozen=True)
class Measured:
    """What a decision takes, in a word, in the half-open period in which it does."""

    word: str
    begins: datetime
    ends: datetime


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


def is_restricted(
    organization: Organization, at: datetime, service_class: ServiceClass | None = None
) -> bool:
    """
    Tell whether a restriction keeps `organization` from sign-up, selection and contract at `at`.

    With `service_class` one that is limited to this class counts too.
    """
    return _blocking(organization, at, service_class).exists()


def is_openly_restricted(
    organization: Organization, at: datetime, service_class: ServiceClass | None = None
) -> bool:
    """Tell whether `is_restricted` holds by a restriction that everybody may know of."""
    return _blocking(organization, at, service_class).public().exists()


def head_offices_of(organizations: Iterable[Organization]) -> dict[int, Organization]:
    """
    Return the head office of each branch among `organizations`, by the branch's primary key.

    Whom a decision is on is the head office too: what it decides it for, its branches do. It is the
    one that was found at the formal check, whatever either is called since; before that, the one by
    whose name the branch's begins. No query is made where there is no branch.
    """
    rows = [*organizations]
    checked = {one.pk: one.head_office_id for one in rows if one.head_office_id is not None}
    heads = Organization.objects.in_bulk({*checked.values()}) if checked else {}
    found = {key: heads[head] for key, head in checked.items()}
    return {**_heads_by_name(one for one in rows if one.pk not in checked), **found}


def _heads_by_name(organizations: Iterable[Organization]) -> dict[int, Organization]:
    asked = {one.pk: names for one in organizations if (names := head_office_names(one.name))}
    if not asked:
        return {}
    wanted = {name for names in asked.values() for name in names}
    agencies = Organization.objects.filter(kind=Organization.Kind.AGENCY, name__in=wanted)
    found = {one.name: one for one in agencies.order_by("-pk")}
    heads = (
        (key, [found[name] for name in names if name in found]) for key, names in asked.items()
    )
    return {key: called[0] for key, called in heads if called}


def bound_with(organization: Organization, person: str = "") -> OrganizationQuerySet:
    """
    Return the organisation with all who may be its branches: found to be, or named alike.

    Who of them is one `branches_among` tells. With `person`, the number of a certificate, the
    agency is among them where it is entered now.
    """
    own = Q(pk=organization.pk) | Q(head_office=organization.pk)
    alike = Q(kind=Organization.Kind.AGENCY, name__startswith=organization.name)
    if person:
        entered = Practitioner.objects.filter(certificate_number=person)
        own |= Q(pk__in=list(entered.values_list("agency", flat=True)))
    return Organization.objects.filter(own | alike)


def branches_among(organizations: Iterable[Organization], head: Organization) -> list[Organization]:
    """Return the branches among `organizations` whose head office is `head`."""
    others = [one for one in organizations if one.pk != head.pk]
    heads = head_offices_of(others)
    return [one for one in others if one.pk in heads and heads[one.pk].pk == head.pk]


def openly_restricted_head(
    organization: Organization, at: datetime, service_class: ServiceClass | None = None
) -> Restriction | None:
    """Return a decision that everybody may know of on the head office of `organization`."""
    head = head_offices_of([organization]).get(organization.pk)
    if head is None:
        return None
    return (
        _blocking(head, at, service_class).public().select_related("case", "organization").first()
    )


def _blocking(
    organization: Organization, at: datetime, service_class: ServiceClass | None
) -> RestrictionQuerySet:
    heads = head_offices_of([organization]).values()
    restrictions = Restriction.objects.filter(organization__in=[organization, *heads])
    return restrictions.in_force(at).blocking().touching(service_class)


def open_measures(slugs: Collection[str], at: datetime) -> Mapping[str, tuple[str, ...]]:
    """
    Return what decisions that everybody may know of take from organisations at `at`, in words.

    By slug, the newest first. A page that names an organisation twice asks once; what is drawn of
    the answer holds until one of the decisions ends.
    """
    found = known.once_each("open measures", slugs, read=_read_measures) if slugs else {}
    return {slug: _running(measures, at) for slug, measures in found.items()}


def all_open_measures(at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Return the same of every organisation from which something is taken; for a whole list."""
    rows = Restriction.objects.public().blocking().in_force(at).order_by("-pk")
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for slug, kind in rows.values_list("organization__slug", "kind"):
        found[slug] += (str(Measure(kind).label),)
    return found


def _running(measures: Iterable[Measured], at: datetime) -> tuple[str, ...]:
    running = [one for one in measures if one.begins <= at < one.ends]
    for one in running:
        known.holds_until(one.ends)
    return tuple(one.word for one in running)


def _read_measures(slugs: Collection[str]) -> dict[str, tuple[Measured, ...]]:
    rows = Restriction.objects.public().blocking().filter(organization__slug__in=slugs)
    found: dict[str, list[Measured]] = {slug: [] for slug in slugs}
    for row in rows.select_related("organization").order_by("-pk"):
        found[row.organization.slug] += _periods(row)
    return {slug: tuple(measures) for slug, measures in found.items()}


def _periods(row: Restriction) -> Iterator[Measured]:
    """Yield when a restriction binds: one period, or two with a review's suspension between."""
    word, end = (
        str(row.get_kind_display()),
        min(row.effective_to, row.lifted_at or row.effective_to),
    )
    yield Measured(word, row.effective_from, min(end, row.suspended_at or end))
    if row.resumed_at is not None and row.resumed_at < end:
        yield Measured(word, row.resumed_at, end)


def barred_from_practice(*, numbers: Collection[str], at: datetime) -> Collection[str]:
    """
    Return those of the numbers of certificates whose people a decision bars at `at`.

    A person is known by the certificate, wherever it is entered: the agency of the case or another.
    """
    return set(_barred(numbers, at).values_list("person_number", flat=True))


def openly_barred(numbers: Collection[str], at: datetime) -> Collection[str]:
    """Return the same as far as everybody may know; no query where nobody is asked about."""
    if not numbers:
        return ()
    return set(_barred(numbers, at).public().values_list("person_number", flat=True))


def _barred(numbers: Collection[str], at: datetime) -> RestrictionQuerySet:
    barred = Restriction.objects.on_persons().in_force(at).order_by()
    return barred.filter(person_number__in=numbers)


def sanctions_on_namesakes(*, organization: Organization, at: datetime) -> list[Sanction]:
    """
    Return the sanctions that keep another agency with the same legal representative out at `at`.

    Representatives are known by name only, in the form in which names are compared.
    """
    name = name_key(organization.legal_representative)
    running = Restriction.objects.in_force(at).blocking().select_related("organization", "case")
    others = running.exclude(organization=organization) if name else ()
    return [
        _sanction(restriction)
        for restriction in others
        if name_key(restriction.organization.legal_representative) == name
    ]


def _sanction(restriction: Restriction) -> Sanction:
    return Sanction(
        organization=restriction.organization,
        reference=str(restriction.case.decision_number),
        until=restriction.effective_to,
        url=reverse("credit:decision", args=[restriction.slug]) if restriction.is_public else "",
    )


def unrestricted(
    agencies: QuerySet[Organization], at: datetime, service_class: ServiceClass | None = None
) -> QuerySet[Organization]:
    """Return those of `agencies` of which `is_restricted` does not hold at `at`."""
    blocking = Restriction.objects.in_force(at).blocking().touching(service_class)
    blocked = {*blocking.values_list("organization", flat=True)}
    heads = head_offices_of(agencies) if blocked else {}
    branches = {key for key, head in heads.items() if head.pk in blocked}
    return agencies.exclude(pk__in=blocked | branches)


def is_any_published(slugs: Iterable[str]) -> bool:
    """Tell whether everybody may know of one of the restrictions with these slugs."""
    return Restriction.objects.public().filter(slug__in=slugs).exists()


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


def restricted_at(at: datetime) -> frozenset[int]:
    """Return the keys of those of whom a decision takes something at `at`."""
    return frozenset(_restricted(at))


@statement
def _restricted(at: datetime) -> QuerySet[Restriction, int]:
    running = Restriction.objects.on_organizations().in_force(at).order_by()
    return running.values_list("organization", flat=True).distinct()


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
    hidden = _unpublished(keys, at)
    told = [row for row in _public_entries(keys, at) if row[PK] not in hidden]
    return _standings(keys, told, _openly_in_force(keys, at), at, at)


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


def public_record_of(organization: Organization, at: datetime) -> QuerySet[Entry]:
    """
    Return the entries of a record that a public page may show at `at`, newest first.

    Left out is what is public no more, and what a decision put into it that is not published, or no
    more: the entry would publish it. Left out is a correction to nothing too: else its absence
    would tell of an unpublished one to more.
    """
    hidden = _unpublished([organization.pk], at)
    entries = Entry.objects.filter(organization=organization).public_at(at)
    record = entries.exclude(pk__in=hidden)
    shown = record.exclude(corrects__isnull=False, points=0)
    return shown.select_related("corrected_by").annotate(
        is_shown_as_correction=Q(corrects__isnull=False) & ~Q(corrects__in=hidden),
    )


def _unpublished(keys: Sequence[int], at: datetime) -> set[int]:
    """
    Return the entries of these records that decisions wrote which are not shown at `at`, by key.

    An officer's correction belongs to what it corrects, unless another decision stands by it.
    """
    held = dict(_of_cases(keys, at))
    hidden = {entry for entry, is_unshown in held.items() if is_unshown}
    for correction, corrected in _corrections(keys) if hidden else ():
        if corrected in hidden and correction not in held:
            hidden.add(correction)
    return hidden


@statement
def _of_cases(keys: Sequence[int], at: datetime) -> QuerySet[Case, Any]:
    """Return the entries that decisions wrote, and whether these are not shown."""
    cases = Case.objects.filter(organization__in=keys, entry__isnull=False)
    # what `Restriction.objects.shown` leaves out of the public ones, asked of the joined row:
    # a subquery would read every decision
    ended = Q(restriction__effective_to__lte=at) | Q(restriction__lifted_at__lte=at)
    over = ended & Q(restriction__is_public=True, restriction__published_until__lte=at)
    unshown = Q(severity=Severity.MINOR) | over
    return cases.order_by().annotate(is_unshown=unshown).values_list("entry", "is_unshown")


@statement
def _corrections(keys: Sequence[int]) -> QuerySet[Entry, Any]:
    rows = Entry.objects.filter(
        organization__in=keys, corrects__isnull=False, recorded_by__isnull=False
    )
    return rows.order_by("pk").values_list("pk", "corrects")


def points_fell_with(case: Case) -> bool:
    """Tell whether the points of a revoked case fell with it, as far as nothing else bears them."""
    if case.entry is None or case.closed_at is None:
        return False
    same = Entry.objects.filter(
        organization=case.organization, kind=case.kind, reference=case.entry.reference
    )
    return same.filter(corrects__isnull=False, points=0, recorded_at=case.closed_at).exists()


def points_fell_openly(case: Case) -> bool:
    """Tell the same as far as everybody may know: points that nothing public bears have fallen."""
    if case.entry is None or case.closed_at is None:
        return False
    at_once = Entry.objects.filter(
        organization=case.organization,
        kind=case.kind,
        reference=case.entry.reference,
        corrects__isnull=False,
        recorded_at=case.closed_at,
    )
    open_bearers = at_once.exclude(points=0).exclude(
        pk__in=_unpublished([case.organization_id], case.closed_at)
    )
    return at_once.exists() and not open_bearers.exists()


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
