"""The terms of an order that experts score: written and read in one form, and locked."""

from __future__ import annotations

from decimal import Decimal

from bidding.selection.shapes import misfits
from bidding.selection.terms.experts import ExpertsTerms

TERMS = ExpertsTerms(
    ceiling=Decimal("100000.00"),
    price_weight=30,
    record_weight=10,
    criteria=(("技术路线", 40), ("人员配备", 20)),
    seats=5,
    drops_outer=True,
)


def test_terms_are_read_as_they_were_written() -> None:
    written = TERMS.as_json()

    assert list(misfits(written, ExpertsTerms.form)) == []
    assert ExpertsTerms.read(written) == TERMS
    assert written["seats"] == 5
    assert (TERMS.is_by_panel, TERMS.is_scored, TERMS.leaves_choice) == (True, True, True)


def test_an_even_panel_is_no_form() -> None:
    assert list(misfits({**TERMS.as_json(), "seats": 4}, ExpertsTerms.form)) == ["$.seats"]


def test_equal_amounts_are_listed_by_lot_whatever_the_order_of_entry() -> None:
    offers = {"A" * 18: Decimal("5.00"), "B" * 18: Decimal("4.00"), "C" * 18: Decimal("5.00")}
    backwards = dict(reversed(offers.items()))
    seed, context = b"s" * 32, b"c" * 32

    first = TERMS.rank_weighed(offers, dict.fromkeys(offers, 1), seed, context)

    assert first.order[0] == "B" * 18
    assert first == TERMS.rank_weighed(backwards, dict.fromkeys(offers, 9), seed, context)
