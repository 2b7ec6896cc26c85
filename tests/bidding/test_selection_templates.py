"""Weights are read as people write them, and only whole templates are any."""

import pytest

from bidding.selection.scoring import Template
from bidding.selection.templates import read_template

WRITTEN = "技术路线 50\n\n人员配备：20%\n"


def test_a_line_is_a_criterion_with_its_weight():
    assert read_template({"price_weight": "30", "criteria": WRITTEN}) == Template(
        price=30, criteria=(("技术路线", 50), ("人员配备", 20))
    )


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"price_weight": "30"},
        {"price_weight": "31", "criteria": WRITTEN},
        {"price_weight": "-1", "criteria": WRITTEN},
        {"price_weight": "30", "criteria": "技术路线 70\n人员配备"},
        {"price_weight": "30", "criteria": "技术路线 35\n技术路线 35"},
    ],
)
def test_what_does_not_sum_to_a_hundred_is_no_template(given):
    assert read_template(given) is None
