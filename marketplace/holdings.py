"""What agencies have on a day, as the plain values that a requirement is asked of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from marketplace.kernel.calendar import day_of
from marketplace.kernel.hooks import Way
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
    for agency, kind, service_class, discipline, level in _valid(tuple(agencies), day_of(at)):
        found[agency].add(Paper(kind, service_class, discipline, level))
    return found


def _of_heads(agencies: Collection[int], at: datetime) -> dict[int, set[Paper]]:
    """Return what the head office of each branch has, if it is admitted and its licence runs."""
    licensed = Q(business_until=None) | Q(business_until__gte=day_of(at))
    working = Agency.objects.filter(licensed, status=Agency.Status.ACTIVE)
    branches = Organization.objects.filter(pk__in=agencies, head_office__in=working.values("pk"))
    heads = {
        branch: head
        for branch, head in branches.values_list("pk", "head_office")
        if head is not None
    }
    papers = _papers(frozenset(heads.values()), at)
    return {branch: papers[head] for branch, head in heads.items()}


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
