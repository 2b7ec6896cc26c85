"""What the database holds of a report; its text names no receipt."""

import pytest

from bidding.actions.reports import file_report
from bidding.models import Report
from bidding.models.report import MARKS, new_receipt
from tests.bidding.disputing import world
from tests.bidding.refusals import is_refused
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_an_answered_report_has_an_answer() -> None:
    it = world()
    row = file_report(
        topic="platform",
        reference="",
        division=it.operators.division,
        text="打不开。",
        contact="",
        at=NOON,
    )
    whole = {
        "status": Report.Status.ANSWERED,
        "answer": "已修好。",
        "answered_by": it.clerk,
        "answered_at": NOON,
    }

    for missing in ("answered_by", "answered_at"):
        assert is_refused(row, **{**whole, missing: None})
    assert is_refused(row, **{**whole, "answer": ""})
    assert is_refused(row, text="")
    assert not is_refused(row, **whole)
    assert row.receipt not in str(row)
    assert set(new_receipt()) <= set(MARKS)
