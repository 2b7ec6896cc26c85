"""From the signature to the stars."""

from bidding.rules import contracts
from bidding.rules.contracts import ACCEPTANCE_WINDOW, CONTRACT_SIGN, HIGH_STARS, LOW_STARS
from marketplace.kernel.declarations import Group
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import RULES


def test_the_shipped_values() -> None:
    assert RULES[CONTRACT_SIGN] == Duration(10, "working_day")
    assert RULES[ACCEPTANCE_WINDOW] == Duration(180, "calendar_day")
    assert (RULES[HIGH_STARS], RULES[LOW_STARS]) == (23, 12)


def test_low_stars_are_fewer_than_high_ones() -> None:
    [group] = [one for one in contracts.RULES if isinstance(one, Group)]

    assert group.holds(RULES)
    assert not group.holds(RULES.changed({LOW_STARS.key: 23}))
