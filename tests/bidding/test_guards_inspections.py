"""The edges of what a plan and a check may be."""

from datetime import timedelta

import pytest

from bidding.guards import inspections as guards
from bidding.models import Inspection
from marketplace.kernel.calendar import end_of_day
from tests.clock import NOON
from tests.factories.inspections import InspectionFactory
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


def test_checks_begin_on_the_day_after_the_draw_at_the_earliest() -> None:
    drawn = end_of_day(TODAY)

    assert not guards.checks_begin_after_the_draw(TODAY, drawn).holds
    assert guards.checks_begin_after_the_draw(TODAY + DAY, drawn).holds


def test_a_day_is_in_the_period_and_not_in_the_future() -> None:
    check = InspectionFactory()

    assert guards.day_is_in_the_period(check, TODAY, NOON).holds
    assert not guards.day_is_in_the_period(check, TODAY - DAY, NOON).holds
    assert not guards.day_is_in_the_period(check, TODAY + DAY, NOON).holds
    last = check.plan.ends_on
    assert guards.day_is_in_the_period(check, last, end_of_day(last + DAY)).holds
    assert not guards.day_is_in_the_period(check, last + DAY, end_of_day(last + DAY)).holds


@pytest.mark.parametrize(
    ("answers", "outcome", "holds"),
    [
        ([True, True], "clear", True),
        ([True, False], "clear", False),
        ([True, False], "corrected", True),
        ([True, True], "found", False),
    ],
)
def test_the_outcome_agrees_with_the_lines(
    answers: list[bool], outcome: str, *, holds: bool
) -> None:
    assert guards.outcome_follows_from_the_lines(answers, outcome).holds is holds


def test_regulators_of_the_office_alone_are_drawn() -> None:
    office = AuthorityFactory(division=division())
    party(office, Role.REGULATOR)
    party(office, Role.OPERATOR)
    gone = party(office, Role.REGULATOR)
    guards.inspectors_of(office).filter(user=gone.user).update(is_active=False)

    assert guards.authority_has_enough_inspectors(office, 1).holds
    refusal = guards.authority_has_enough_inspectors(office, 2)
    assert "只有 1 名行业监管人员，每项检查需要 2 名" in str(refusal.refusal)


def test_the_next_in_line_is_the_first_who_was_not_called() -> None:
    people = [UserFactory() for _count in range(4)]
    check = InspectionFactory(inspectors=people)

    found = guards.next_in_line(check)
    assert found is not None
    assert found.user == people[2]
    assert not guards.somebody_is_next_in_line(InspectionFactory(inspectors=people[:2])).holds
    assert [verdict.guard for verdict in guards.may_report(check, people[3], NOON)] == [
        "check_is_open",
        "inspector_is_called",
        "check_has_begun",
    ]
    assert guards.conduct_is_named_where_it_is_followed_up("found", "bribery").holds
    assert not guards.conduct_is_named_where_it_is_followed_up("found", "").holds
    assert check.status == Inspection.Status.PLANNED
