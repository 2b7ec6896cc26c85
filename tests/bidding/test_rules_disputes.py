"""What is objected to first, and what stands still meanwhile."""

from bidding.rules.disputes import DISPUTE_ANSWER, MATTER, OBJECTION_FIRST, SUSPENDS
from marketplace.kernel.durations import Duration
from tests.bidding.shipped import RULES


def test_the_shipped_values_of_each_matter() -> None:
    matters = tuple(MATTER.labels)

    assert matters == ("notice", "selection", "agency", "onboarding", "operator")
    assert tuple(RULES.column(OBJECTION_FIRST)) == tuple(RULES.column(SUSPENDS)) == matters
    assert not RULES.column(SUSPENDS)["operator"]
    assert RULES[DISPUTE_ANSWER] == Duration(10, "working_day")
