"""Who holds a share of a key, and how many of them open."""

from bidding.rules import openings
from bidding.rules.openings import (
    NO_SOURCE,
    OPENING_GRACE,
    PUBLIC_SOURCE,
    PUBLIC_SOURCES,
    SEAL_THRESHOLD,
)
from bidding.selection import beacon
from marketplace.kernel.declarations import Group
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import RULES


def test_no_more_shares_are_needed_than_are_held() -> None:
    [group] = [one for one in openings.RULES if isinstance(one, Group)]

    assert (RULES[SEAL_THRESHOLD], RULES[OPENING_GRACE]) == (2, Duration(60, "second"))
    assert group.holds(RULES)
    assert group.holds(RULES.changed({SEAL_THRESHOLD.key: 3}))
    assert not group.holds(RULES.changed({SEAL_THRESHOLD.key: 4}))


def test_the_words_that_announce_the_beacon_are_those_by_which_it_is_known() -> None:
    announced = [key for key, words in PUBLIC_SOURCES.items() if beacon.is_announced(words)]

    assert announced == ["drand"]
    assert RULES[PUBLIC_SOURCE] == NO_SOURCE
