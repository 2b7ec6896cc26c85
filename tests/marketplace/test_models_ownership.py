"""An edge of the graph is between two, once of a kind, and a holding has a share."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.parties import TieFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_key": "org:A", "holder_key": "org:A"},
        {"share": None},
        {"share": Decimal(0)},
        {"share": Decimal("100.001")},
        {"kind": "runs", "share": None, "department": "水行政主管部门"},
    ],
    ids=["itself", "no share", "nothing", "more than all", "no area"],
)
def test_what_is_no_tie_is_not_stored(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        TieFactory(**wrong)


def test_two_are_tied_once_in_a_way():
    tie = TieFactory()
    TieFactory(holder_key=tie.holder_key, held_key=tie.held_key, kind="represents", share=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        TieFactory(holder_key=tie.holder_key, held_key=tie.held_key)

    assert str(tie) == f"赵测试 出资 {tie.held_name}"
