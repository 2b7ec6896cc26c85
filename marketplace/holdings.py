"""What agencies have on a day, as the plain values that a requirement is asked of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from marketplace.kernel.statements import prepared
from marketplace.models import Practitioner, Qualification
from marketplace.requirements import Holdings, Paper, Requirement, asks_for_people


def holdings_of(
    agencies: Collection[int], on: date, asked: Iterable[Requirement]
) -> dict[int, Holdings]:
    """
    Return what each of `agencies`, by primary key, validly has on `on`.

    One query, and another for people where one of the requirements `asked` is for people.
    """
    papers: dict[int, set[Paper]] = defaultdict(set)
    for agency, kind, service_class, discipline, level in _valid(tuple(agencies), on):
        papers[agency].add(Paper(kind, service_class, discipline, level))
    people = _people(agencies) if any(map(asks_for_people, asked)) else {}
    return {key: Holdings(frozenset(papers[key]), people.get(key, {})) for key in agencies}


@prepared
def _valid(agencies: Sequence[int], on: date) -> QuerySet[Any, tuple[int, str, str, str, str]]:
    rows = Qualification.objects.valid_on(on).filter(agency__in=agencies).order_by()
    return rows.values_list("agency_id", "kind", "service_class__code", "discipline", "level")


def _people(agencies: Collection[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    registered = Practitioner.objects.filter(agency__in=agencies)
    for agency, profession in registered.values_list("agency_id", "certificate_name"):
        found[agency][profession] += 1
    return found
