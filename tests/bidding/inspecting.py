"""A county with regulators and agencies, and a plan of theirs, by the real acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bidding.actions.inspections import draw_plan, publish_plan
from bidding.models import Inspection, InspectionPlan
from marketplace.models import Organization, User
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division, party

STARTS = NOON.date() + timedelta(days=10)
LINES = ["登记的信息与实际情况一致", "资质持续符合承接条件"]


@dataclass(frozen=True)
class World:
    """An office, its regulators, and the agencies of its county."""

    office: Organization
    people: list[User]
    agencies: list[Organization]

    @property
    def by(self) -> User:
        return self.people[0]

    def publish(self, **changed: Any) -> InspectionPlan:
        given: dict[str, Any] = {
            "authority": self.office,
            "title": "随机检查",
            "division": self.office.division,
            "service_class": None,
            "starts_on": STARTS,
            "ends_on": STARTS + timedelta(days=20),
            "checklist": LINES,
            "by": self.by,
            "at": NOON,
        }
        return publish_plan(**{**given, **changed})

    def drawn(self, **changed: Any) -> InspectionPlan:
        plan = self.publish(**changed)
        assert plan.draw_at is not None
        return draw_plan(plan=plan, at=plan.draw_at)

    def check(self) -> tuple[Inspection, list[User]]:
        """Return a check that was drawn, and its inspectors in their order."""
        check = Inspection.objects.with_relations().get(plan=self.drawn())
        return check, [seat.user for seat in check.seats.select_related("user")]


def county(regulators: int = 3, agencies: int = 3) -> World:
    """Return a county in which nobody was inspected yet."""
    load_reference()
    office = AuthorityFactory(division=division())
    people = [party(office, Role.REGULATOR).user for _count in range(regulators)]
    return World(office, people, [active_agency(division=division()) for _one in range(agencies)])
