"""The public list of agencies that are not independent of an administrative department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bidding.guards.kin import limits_in_the_province
from marketplace.models import Organization
from marketplace.ties import UNIT, Department, keys_below_departments, keys_of, ties_around


@dataclass(frozen=True)
class Dependent:
    """An agency and the departments for whose approvals it does no work."""

    agency: Organization
    departments: tuple[Department, ...]

    @property
    def names(self) -> str:
        """The departments in words."""
        return "、".join(dict.fromkeys(one.name for one in self.departments))


def dependents(at: datetime) -> list[Dependent]:
    """Return the agencies on the register that a department, or a unit of one, stands behind."""
    limits = limits_in_the_province(at)
    codes = [key.removeprefix(UNIT) for key in keys_below_departments(limits.depth)]
    if not codes:
        return []
    agencies = Organization.objects.active_agencies().filter(uscc__in=codes)
    rows = list(agencies.select_related("division__parent", "registered_in").order_by("name"))
    keys = keys_of(rows)
    behind = ties_around(keys.values(), limits.depth)
    found = (Dependent(row, tuple(behind.departments_behind(keys[row.pk], limits))) for row in rows)
    return [one for one in found if one.departments]
