"""What decisions take at a moment: who is restricted, and which branches and people with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from credit.models import Measure, Restriction, RestrictionQuerySet
from marketplace.kernel import known
from marketplace.kernel.statements import statement
from marketplace.models import (
    Organization,
    OrganizationQuerySet,
    Practitioner,
    ServiceClass,
)
from marketplace.names import head_office_names, name_key
from marketplace.questions import Sanction


@dataclass(frozen=True)
class Measured:
    """What a decision takes, in a word, in the half-open period in which it does."""

    word: str
    begins: datetime
    ends: datetime


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


def restricted_at(at: datetime) -> frozenset[int]:
    """Return the keys of those of whom a decision takes something at `at`."""
    return frozenset(_restricted(at))


@statement
def _restricted(at: datetime) -> QuerySet[Restriction, int]:
    running = Restriction.objects.on_organizations().in_force(at).order_by()
    return running.values_list("organization", flat=True).distinct()
