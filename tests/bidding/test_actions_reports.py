"""A report is with the operators of its place, and is answered once."""

import pytest

from bidding.actions.reports import answer_report, file_report
from bidding.models import Report
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.disputing import World, world
from tests.bidding.refusals import refused
from tests.clock import NOON

pytestmark = pytest.mark.django_db
TEXT, ANSWER = "有人要求去指定的机构。", "已经查处。"


@pytest.fixture
def it() -> World:
    return world()


def filed(it: World, text: str = TEXT) -> Report:
    return file_report(
        topic=Report.Topic.AGENCY,
        reference=" 某机构 ",
        division=it.operators.division,
        text=text,
        contact="",
        at=NOON,
    )


def test_a_report_names_nobody_and_is_with_the_operators(it: World) -> None:
    first, second = filed(it), filed(it)

    assert first.receipt != second.receipt
    assert len(first.receipt) == 20
    assert (first.authority, first.reference) == (it.operators, "某机构")
    assert first.due_at is not None
    assert AuditEntry.objects.filter(verb="report.filed", by=None).count() == 2
    told = Message.objects.filter(kind="bidding/report_filed")
    assert {one.organization for one in told} == {it.operators}
    assert all(TEXT not in one.body + one.subject for one in told)
    assert all(first.receipt not in one.body + one.url for one in told)


def test_it_is_answered_once_and_with_words(it: World) -> None:
    with refused("report_says_something"):
        filed(it, " ")
    report = filed(it)
    with refused("report_answer_is_given"):
        answer_report(report=report, answer=" ", by=it.clerk, at=NOON)

    answered = answer_report(report=report, answer=ANSWER, by=it.clerk, at=NOON)

    assert (answered.status, answered.answer) == (Report.Status.ANSWERED, ANSWER)
    with refused("report_is_open"):
        answer_report(report=report, answer=ANSWER, by=it.clerk, at=NOON, is_taken_up=False)
    aside = answer_report(report=filed(it), answer=ANSWER, by=it.clerk, at=NOON, is_taken_up=False)
    assert aside.status == Report.Status.SET_ASIDE
