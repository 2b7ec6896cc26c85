"""A quote far below the others is marked with how far it is."""

from decimal import Decimal

import pytest

from bidding.pages.low_quotes import low_words
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference

pytestmark = pytest.mark.django_db


def test_only_a_quote_far_below_the_others_is_marked_with_how_far_it_is() -> None:
    load_reference()
    tender = TenderFactory(active=True)
    amounts = {name: Decimal(yuan) for name, yuan in {"a": 300, "b": 960, "c": 1000}.items()}

    marked = low_words(tender, amounts, NOON)
    near = low_words(tender, {**amounts, "a": Decimal(950)}, NOON)

    assert marked == {"a": "异常低价：低于平均报价 60.1%，低于高一位的报价 68.7%"}
    assert near == {}
