"""What a notice says of a round that finds nobody."""

from bidding.outcomes import Case, Event, Outcome
from bidding.rules.outcomes import WAYS_ON
from bidding.selection.methods.outcomes import AFTER, what_follows
from tests.bidding.shipped import RULES

CASE = Case(method="lowest", fund="private", places=("C23", "county"), round=1, hands_over=True)


def test_everything_that_can_follow_is_said():
    possible = {(Event(event), Outcome(way)) for event, ways in WAYS_ON.items() for way in ways}

    assert set(AFTER) == possible


def test_a_sentence_names_the_cell_that_it_rests_on():
    found = what_follows(RULES, CASE, Event.ABANDONED)

    assert found.key == "order.outcome.abandoned.private"
    assert found.text.startswith("中选机构放弃的，由排序在后的下一名递补，另行公示")
