"""What follows when a round has too few bids, or its winner falls away."""

import pytest

from bidding.outcomes import Case, Event, Outcome, needed, needing_most, outcome
from marketplace.kernel.rules import declaration_of
from tests.bidding.shipped import RULES


def case(number: int = 1, **changed: object) -> Case:
    given = {"method": "lowest", "fund": "fiscal", "places": ("C23", "county"), "hands_over": True}
    return Case(**{**given, "round": number, **changed})


def with_values(**values: object):
    read = {key.replace("__", "."): value for key, value in values.items()}
    kinds = {key: declaration_of(key).kind for key in read}
    return RULES.changed({key: kinds[key].read(v, kinds[key].units[0]) for key, v in read.items()})


@pytest.mark.parametrize(
    ("number", "least", "follows"),
    [
        (1, 3, Outcome.FAIL),
        (2, 3, Outcome.LOWER_MINIMUM),
        (3, 2, Outcome.LOWER_MINIMUM),
        (4, 1, Outcome.FAIL),
        (10, 1, Outcome.FAIL),
    ],
)
def test_k3_01_public_money_needs_fewer_bids_the_more_rounds_have_failed(number, least, follows):
    """K3-01: two qualified agencies are enough in the third round, one in the fourth."""
    assert needed(RULES, case(number)) == least
    assert outcome(RULES, case(number), Event.TOO_FEW, bids=0) is follows


def test_k3_02_a_minimum_by_round_holds_from_that_round_on():
    rules = with_values(order__min_signups__lowest__fiscal__round_2=1)

    assert [needed(rules, case(number)) for number in (1, 2)] == [3, 1]


def test_a_round_that_goes_on_with_those_there_are_needs_one():
    rules = with_values(order__outcome__too_few__fiscal__lowest="go_on")

    assert (needed(rules, case()), needed(rules, case(method="best_price"))) == (1, 3)
    assert outcome(rules, case(), Event.TOO_FEW, bids=1) is Outcome.GO_ON
    assert outcome(rules, case(), Event.TOO_FEW, bids=0) is Outcome.FAIL


def test_a_promised_lower_minimum_that_is_none_is_not_said():
    rules = with_values(order__outcome__too_few__fiscal="lower_minimum")

    assert outcome(rules, case(1), Event.TOO_FEW, bids=2) is Outcome.FAIL


@pytest.mark.parametrize(
    ("changed", "behind", "follows"),
    [
        ({"fund": "private"}, 1, Outcome.NEXT_IN_LINE),
        ({"fund": "private"}, 0, Outcome.RERUN_WITHOUT),
        ({"fund": "private", "hands_over": False}, 1, Outcome.RERUN_WITHOUT),
        ({"fund": "fiscal"}, 1, Outcome.RERUN_WITHOUT),
    ],
    ids=["the next", "nobody behind", "a lot has no next", "public money"],
)
def test_the_next_in_line_follows_where_the_table_says_so_and_there_is_one(
    changed, behind, follows
):
    assert outcome(RULES, case(**changed), Event.ABANDONED, bids=behind) is follows


def test_a_restricted_winner_gives_way_only_where_the_table_says_so():
    rules = with_values(order__outcome__restricted__fiscal="next_in_line")

    assert outcome(RULES, case(), Event.RESTRICTED, bids=3) is Outcome.FAIL
    assert outcome(rules, case(), Event.RESTRICTED, bids=1) is Outcome.NEXT_IN_LINE
    assert outcome(rules, case(), Event.RESTRICTED, bids=0) is Outcome.FAIL


def test_of_several_funds_the_one_that_needs_most_bids_governs():
    mixed = case(fund="private", also=("fiscal",))

    assert (needed(RULES, case(fund="private")), needed(RULES, mixed)) == (1, 3)
    assert needing_most(RULES, mixed) == "fiscal"
