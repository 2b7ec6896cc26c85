"""What credit declares: the sign of points, grades that descend, months from none on."""

from decimal import Decimal

import pytest

from credit.models import MISCONDUCT, Conduct, Severity
from credit.rules import BREACHES, MERITS, POINTS, RULES, SEVERITY
from marketplace.kernel.declarations import Group
from marketplace.kernel.kinds import Unfit
from tests.bidding import shipped

DESCENDING, PREFERRED = [one for one in RULES if isinstance(one, Group)]


@pytest.mark.parametrize(
    ("conduct", "fits", "problem"),
    [
        ("abandonment", Decimal(0), Decimal(10)),
        ("abandonment", Decimal("-0.5"), Decimal("0.5")),
        ("on_time", Decimal(0), Decimal(-1)),
        ("high_rating", Decimal(2), Decimal("-0.5")),
    ],
)
def test_a_breach_cannot_add_points_and_a_merit_takes_none_away(conduct, fits, problem):
    kind = POINTS.cell(conduct).kind

    kind.check(fits)
    with pytest.raises(Unfit):
        kind.check(problem)


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({}, True),
        ({"credit.grade.B": Decimal(100)}, False),
        ({"credit.grade.C": Decimal(200)}, False),
        ({"credit.grade.D": Decimal(1)}, False),
        ({"credit.grade.A": Decimal(1000)}, True),
    ],
)
def test_each_grade_begins_below_the_one_before_it_and_the_last_at_nothing(changed, holds):
    assert DESCENDING.holds(shipped.RULES.changed(changed)) is holds
    assert all(DESCENDING.concerns(key) for key in changed)


def test_no_grade_goes_before_a_better_one():
    key = "credit.preference.B"

    held = [PREFERRED.holds(shipped.RULES.changed({key: weight})) for weight in (1, 3, 4)]

    assert held == [True, True, False]
    assert PREFERRED.concerns(key)


def test_every_kind_of_conduct_is_a_breach_or_a_merit():
    assert {*BREACHES, *MERITS} == set(Conduct.values)
    assert {one.value for one in MISCONDUCT} <= BREACHES.keys()
    assert tuple(SEVERITY.labels) == tuple(Severity.values)
