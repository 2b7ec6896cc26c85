"""The owner's choice is one of the list, with reasons."""

import pytest

from bidding.forms.choices import ChoiceForm

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
