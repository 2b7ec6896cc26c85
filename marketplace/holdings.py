"""What agencies have on a day, as the plain values that a requirement is asked of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from marketplace.kernel.calendar import day_of
from marketplace.kernel.hooks import Way
from marketplace.kernel.statements import statement
from marketplace.models import Practitioner, Qualification
from marketplace.requirements import Holdings, Paper, Requirement, asks_for_people


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

    Papers hold on the day, people while nothing keeps them from practising. One query, and two for
    people where one of the requirements `asked` is for people.
    """
    papers: dict[int, set[Paper]] = defaultdict(set)
    for agency, kind, service_class, discipline, level in _valid(tuple(agencies), day_of(at)):
        papers[agency].add(Paper(kind, service_class, discipline, level))
    people = _people(agencies, at) if any(map(asks_for_people, asked)) else {}
    return {key: Holdings(frozenset(papers[key]), people.get(key, {})) for key in agencies}


@statement
def _valid(agencies: Sequence[int], on: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
    rows = Qualification.objects.valid_on(on).filter(agency__in=agencies).order_by()
    return rows.values_list("agency_id", "kind", "service_class__code", "discipline", "level")


def _people(agencies: Collection[int], at: datetime) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    registered = Practitioner.objects.filter(agency__in=agencies)
    rows = list(registered.values_list("agency_id", "certificate_name", "certificate_number"))
    barred = barred_among([number for _agency, _profession, number in rows], at)
    for agency, profession, number in rows:
        if number not in barred:
            found[agency][profession] += 1
    return found
