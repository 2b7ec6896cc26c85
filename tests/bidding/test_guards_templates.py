"""How many orders of a project are drafted at once, and under which code."""

from bidding.guards import templates as guards
from tests.bidding.shipped import RULES


def test_drafts_of_a_project_are_counted():
    counted = [guards.drafts_are_few(count, RULES).holds for count in (0, 1, 20, 21)]
    assert counted == [False, True, True, False]


def test_a_project_has_a_code():
    assert guards.project_has_a_code("2610-360702-04-01-218846").holds
    assert not guards.project_has_a_code("").holds
