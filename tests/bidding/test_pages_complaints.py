"""What everybody reads of a dispute, in the list, the file and the page."""

import pytest

from bidding.actions.disputes import decide_dispute
from bidding.pages.complaints import dispute_table, outcome_of, public_dispute, public_disputes
from tests.bidding.disputing import DECIDED, world

pytestmark = pytest.mark.django_db


def test_a_decision_is_told_with_its_objection_and_no_personal_data() -> None:
    it = world()
    pending = it.complaint_answered()
    assert [row.kind for row in public_disputes()] == ["objection"]

    decide_dispute(
        dispute=pending,
        is_upheld=True,
        decision="李某电话 13812345678。",
        by=it.other_clerk,
        at=DECIDED,
    )

    told = public_dispute(public_disputes().get(kind="complaint"))
    assert told.decision == "李某电话 138****。"
    assert str(told.line.outcome) == "投诉成立"
    assert told.line.filer == it.filer.name
    heads, *rows = dispute_table(public_disputes().order_by("pk"))
    assert len(heads) == len(rows[0]) == 12
    assert [str(row[10]) for row in rows] == ["已办结", "投诉成立"]
    assert str(outcome_of(pending.previous)) == "已办结"
