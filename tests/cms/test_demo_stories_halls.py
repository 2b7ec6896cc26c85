"""What a bidder of the story does next in a hall."""

from decimal import Decimal
from types import SimpleNamespace

from cms.demo.reading import Standing
from cms.demo.stories.halls import next_move
from tests.clock import NOON

ONE, TWO = SimpleNamespace(pk=1), SimpleNamespace(pk=2)


def standing(**fields):
    values = {
        "agencies": [ONE, TWO],
        "leading": frozenset({1}),
        "amounts": [Decimal(90), Decimal(80), Decimal(75)],
        "count": 1,
        "moved_at": NOON,
        "ends_at": NOON,
    }
    return Standing(**{**values, **fields})


def least(_below, *_labels):
    return 0


def most(below, *_labels):
    return below - 1


def test_somebody_who_does_not_lead_goes_down_by_steps_and_not_below_the_floor():
    assert next_move(standing(), (), least).amount == Decimal(90)
    move = next_move(standing(), (), most)
    assert (move.agency, move.amount) == (TWO, Decimal(75))


def test_where_nobody_can_go_lower_nobody_does():
    assert next_move(standing(amounts=[]), (), least) is None
    assert next_move(standing(leading=frozenset({1, 2})), (), least) is None
