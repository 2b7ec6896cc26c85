"""The terms of a method, read and written in the one form that is published."""

from decimal import Decimal

import pytest

from bidding.selection.terms import TERMS
from bidding.selection.terms.base import MethodTerms, read_money, written_money


@pytest.mark.parametrize("name", sorted(TERMS))
def test_terms_are_written_with_the_keys_of_their_form_and_no_others(name):
    values = {
        "ceiling": "5.00",
        "floor": None,
        "price": "5.00",
        "named_agency": "91360102MA36E8JC50",
        "least_rate": 95,
        "most_rate": 98,
        "trim_from": 5,
        "step": "1.00",
        "countdown": 300,
        "longest": 7200,
        "floor_is_open": True,
        "floor_resets": False,
        "price_weight": 40,
        "record_weight": 0,
        "seats": 5,
        "drops_outer": False,
        "criteria": [{"name": "技术路线", "weight": 60}],
        "long_most": 9,
        "short_most": 3,
    }
    own = {key: values[key] for key in TERMS[name].form}

    assert TERMS[name].read(own).as_json() == own


def test_money_is_read_and_written_in_the_one_form_and_none_stays_none():
    assert read_money("86000.00") == Decimal(86000)
    assert written_money(Decimal(86000)) == "86000.00"
    assert (read_money(None), written_money(None)) == (None, None)


def test_a_method_that_says_nothing_of_them_bounds_nobody_and_asks_everybody():
    class Open(MethodTerms):
        name, form = "open", {}
        read = as_json = rank = None

    assert Open().bounds() == (None, None)
    assert (Open().answering(), Open.settles_on_entry) == (None, False)
