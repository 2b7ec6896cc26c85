"""Shares of several funds are read as people write them."""

import pytest
from django.core.exceptions import ValidationError

from bidding.forms.funds import SharesField, read_shares, shares_in_words

MIXED = {"fiscal": "60", "private": "40"}


@pytest.mark.parametrize(
    "written",
    ["财政资金 60%、社会资金 40%", "社会４０％，财政：６０％", "财政资金占60和社会资金占40"],
)
def test_shares_are_read_in_any_order(written):
    assert read_shares(written) == MIXED
    assert shares_in_words(read_shares(written)) == "财政资金 60%、社会资金 40%"


@pytest.mark.parametrize("written", ["六成财政", "财政60%、财政40%", "财政60%、贷款40%", "财政"])
def test_what_is_no_share_is_told_how_to_write_one(written):
    with pytest.raises(ValidationError, match="请逐项写明"):
        read_shares(written)


def test_a_field_without_text_has_no_shares_and_shows_those_that_it_has():
    field = SharesField(label="资金构成")

    assert (field.clean(""), field.clean("财政 99.50% 社会 0.5%")["private"]) == ({}, "0.5")
    assert field.prepare_value(MIXED) == "财政资金 60%、社会资金 40%"
