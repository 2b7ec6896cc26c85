"""What who has the receipt is shown, and the officers."""

from bidding.models import Report
from bidding.pages import reports as pages
from tests.clock import NOON


def test_a_receipt_is_written_in_groups() -> None:
    assert pages.written_receipt("ABCDEFGHJKLMNPQRSTUV") == "ABCD-EFGH-JKLM-NPQR-STUV"


def test_the_steps_end_with_the_word_for_the_answer() -> None:
    answered = Report(status=Report.Status.SET_ASIDE, filed_at=NOON, answered_at=NOON)

    assert [str(step.label) for step in pages.steps_of(answered)] == ["收到", "不予处理"]
    assert [one.name for one in pages.report_orders(pages.OPEN)] == ["due", "newest"]
    assert [one.name for one in pages.report_orders(pages.DONE)] == ["newest"]
