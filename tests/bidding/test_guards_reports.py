"""A report is answered while it is open."""

from bidding.guards.reports import may_answer_report
from bidding.models import Report
from tests.bidding.refusals import failing


def test_an_answered_report_is_over() -> None:
    assert failing(*may_answer_report(Report())) == []
    [verdict] = may_answer_report(Report(status=Report.Status.ANSWERED))
    assert (verdict.guard, verdict.refusal) == ("report_is_open", "这件举报已经办结：已答复")
