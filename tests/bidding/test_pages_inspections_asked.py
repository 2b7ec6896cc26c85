"""Before a plan or a check goes out, its page says who will know what."""

from bidding.pages import inspections_asked as asking
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict

CLOSED = (Verdict("check_is_open", False, "这项检查已经公布结果", FORM),)


def test_a_plan_can_always_be_asked_for_and_says_that_nobody_names_whom_it_meets() -> None:
    asked = asking.publish()

    assert (asked.button, asked.is_grave, asked.failed) == ("公布计划", False, ())
    assert "没有人能指定" in list(asked.effects)[-1]


def test_a_result_and_a_stepping_aside_cannot_be_taken_back_and_say_what_is_public() -> None:
    report, aside = asking.report(CLOSED), asking.step_aside(CLOSED)

    assert (report.failed, aside.failed) == (CLOSED, CLOSED)
    assert (report.is_grave, aside.is_grave) == (True, True)
    assert list(report.effects)[1] == "检查情况和材料只有机构和监管部门能看到。"
    assert list(aside.effects)[1] == "您的姓名和理由在检查页面公布。"
