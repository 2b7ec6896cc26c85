"""Weights and sheets are whole."""

import pytest

from bidding.guards.scores import sheet_is_whole, weights_sum_to_a_hundred
from bidding.models import Tender
from tests.bidding.test_selection_scoring import EVIDENCE, LISTED


@pytest.mark.parametrize(("price", "holds"), [("30", True), ("29", False), ("", False)])
def test_the_weights_of_an_order_sum_to_a_hundred(price, holds):
    given = {"price_weight": price, "criteria": "方案 70"}

    assert weights_sum_to_a_hundred(Tender(parameters=given)).holds is holds


def test_a_sheet_has_points_for_everybody_on_the_list():
    whole = {uscc: [1, 2] for uscc in LISTED}

    assert sheet_is_whole(EVIDENCE, whole).holds
    assert not sheet_is_whole(EVIDENCE, {**whole, LISTED[0]: [1]}).holds
    assert not sheet_is_whole(EVIDENCE, {LISTED[0]: [1, 2]}).holds
