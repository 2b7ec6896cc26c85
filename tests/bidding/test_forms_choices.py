"""The owner's choice is one of the list, with reasons."""

import pytest

from bidding.forms.choices import ChoiceForm, ScoresForm, named
from tests.bidding.test_selection_scoring import TEMPLATE

LISTED = {"91360102MA36E8JC50": "甲，¥1.00"}
GOOD = {"candidate": "91360102MA36E8JC50", "reasons": "业绩好。"}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"candidate": "91360113MA39TL6X4K"}, ["candidate"]),
        ({"reasons": ""}, ["reasons"]),
        ({"reasons": "字" * 501}, ["reasons"]),
    ],
)
def test_who_is_on_the_list_may_be_chosen_with_reasons(changes, wrong):
    form = ChoiceForm({**GOOD, **changes}, candidates=LISTED)

    assert list(form.errors) == wrong


@pytest.mark.parametrize("wrong", ["", "101", "-1", "六十"])
def test_a_sheet_asks_for_every_criterion_of_every_bidder(wrong):
    uscc = "91360102MA36E8JC50"
    sent = {named(uscc, 0): "60", named(uscc, 1): "100", "reasons": "好。"}

    whole = ScoresForm(sent, bidders=LISTED, template=TEMPLATE)
    short = ScoresForm({**sent, named(uscc, 1): wrong}, bidders=LISTED, template=TEMPLATE)

    assert whole.is_valid()
    assert whole.cleaned_data == {"points": {uscc: [60, 100]}, "reasons": "好。"}
    assert list(short.errors) == [named(uscc, 1)]
    label = str(whole.fields[named(uscc, 0)].label)
    assert label == "甲，¥1.00：技术路线（权重 50%，0 至 100 分）"
