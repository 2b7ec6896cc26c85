"""What agencies have on a day, as the plain values that a requirement is asked of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from marketplace.kernel.calendar import day_of
from marketplace.kernel.hooks import Way
from marketplace.kernel.known import asked_once
from marketplace.kernel.statements import statement
from marketplace.models import Agency, Organization, Practitioner, Qualification
from marketplace.requirements import (
    Holdings,
    Paper,
    Requirement,
    asks_for_head_office,
    asks_for_people,
)


class PracticeBar(Protocol):
    """
    Say which of these certificates are of people who may not practise at `at`, wherever they work.

    Asked wherever people are counted or entered.
    """

    def __call__(self, *, numbers: Collection[str], at: datetime) -> Collection[str]: ...


PRACTICE_BARS = Way[PracticeBar]()


def barred_among(numbers: Collection[str], at: datetime) -> frozenset[str]:
    """Return those of the numbers of certificates whose people may not practise at `at`."""
    if not numbers:
        return frozenset()
    return frozenset(one for ask in PRACTICE_BARS for one in ask(numbers=numbers, at=at))


def holdings_of(
    agencies: Collection[int], at: datetime, asked: Iterable[Requirement]
) -> dict[int, Holdings]:
    """
    Return what each of `agencies`, by primary key, validly has at `at`.

    Papers hold on the day, people while nothing keeps them from practising. One query, two for
    people where one of the requirements `asked` is for people, and two for head offices where the
    papers of one may do; of these only admitted ones count, whose papers were checked.
    """
    asked = tuple(asked)
    papers = _papers(agencies, at)
    people = _people(agencies, at) if any(map(asks_for_people, asked)) else {}
    of_heads = _of_heads(agencies, at) if any(map(asks_for_head_office, asked)) else {}
    return {
        key: Holdings(frozenset(papers[key]), people.get(key, {}), frozenset(of_heads.get(key, ())))
        for key in agencies
    }


def _papers(agencies: Collection[int], at: datetime) -> dict[int, set[Paper]]:
    found: dict[int, set[Paper]] = defaultdict(set)
    for agency, kind, service_class, discipline, level in _certified(tuple(agencies), day_of(at)):
        found[agency].add(Paper(kind, service_class, discipline, level))
    return found


def _of_heads(agencies: Collection[int], at: datetime) -> dict[int, set[Paper]]:
    """Return what the head office of each branch has, if it is admitted and its licence runs."""
    heads = _branches(tuple(agencies), day_of(at))
    papers = _papers(frozenset(heads.values()), at)
    return {branch: papers[head] for branch, head in heads.items()}


@asked_once
def _branches(agencies: tuple[int, ...], on: date) -> dict[int, int]:
    """Return the head office of each that is a branch, by primary key."""
    licensed = Q(business_until=None) | Q(business_until__gte=on)
    working = Agency.objects.filter(licensed, status=Agency.Status.ACTIVE)
    branches = Organization.objects.filter(pk__in=agencies, head_office__in=working.values("pk"))
    found = branches.values_list("pk", "head_office")
    return {branch: head for branch, head in found if head is not None}


@asked_once
def _certified(agencies: tuple[int, ...], on: date) -> list[tuple[int, str, str, str, str]]:
    return _valid(agencies, on)


@statement
def _valid(agencies: Sequence[int], on: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
    rows = Qualification.objects.valid_on(on).filter(agency__in=agencies).order_by()
    return rows.values_list("agency_id", "kind", "service_class__code", "discipline", "level")


@asked_once
def _working(agencies: tuple[int, ...]) -> list[tuple[int, str, str]]:
    """Return the profession and certificate of everybody who is registered with one of them."""
    registered = Practitioner.objects.filter(agency__in=agencies)
    return list(registered.values_list("agency_id", "certificate_name", "certificate_number"))


def _people(agencies: Collection[int], at: datetime) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = _working(tuple(agencies))
    barred = barred_among([number for _agency, _profession, number in rows], at)
    for agency, profession, number in rows:
        if number not in barred:
            found[agency][profession] += 1
    return found
