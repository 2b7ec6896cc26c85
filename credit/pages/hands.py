"""Who of an authority can take a case over, and how much each has to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from credit.models import Case
from credit.models.cases import OPEN
from credit.pages.queues import cases_for
from marketplace.models import Membership, User
from marketplace.parties import Party


def colleagues_for(case: Case) -> QuerySet[User]:
    """Return the regulators of the case's authority but who has it, by name."""
    members = Membership.objects.active().filter(
        organization=case.authority_id, role=Membership.Role.REGULATOR
    )
    people = User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")
    has_it = case.handled_by_id
    return people if has_it is None else people.exclude(pk=has_it)


@dataclass(frozen=True)
class Load:
    """How many open cases an officer has; `person` is None for those that nobody has taken."""

    person: User | None
    open_count: int
    late_count: int

    @property
    def name(self) -> str:
        """Who it is, or that nobody has taken them."""
        return str(self.person) if self.person else _("待分配")


def loads_of(party: Party, late: frozenset[int]) -> list[Load]:
    """Return the open cases by who sees to them, the heaviest first; `late` are keys of cases."""
    rows = cases_for(party).filter(status__in=OPEN).values_list("pk", "handled_by")
    counted, overdue = Counter[int | None](), Counter[int | None]()
    for key, person in rows:
        counted[person] += 1
        overdue[person] += key in late
    people = User.objects.in_bulk([key for key in counted if key is not None])
    loads = [
        Load(people[key] if key is not None else None, count, overdue[key])
        for key, count in counted.items()
    ]
    return sorted(loads, key=lambda load: (-load.open_count, load.person is None))
