"""May a report be answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Report
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard


@guard(_("这件举报已经办结：%(status)s"))
def report_is_open(report: Report) -> bool | Because:
    return report.status == Report.Status.FILED or Because(status=report.get_status_display())


@guard(_("请写明举报的内容"), source=FORM)
def report_says_something(text: str) -> bool:
    return bool(text.strip())


@guard(_("请写明答复，举报人凭回执号会原样看到"), source=FORM)
def report_answer_is_given(answer: str) -> bool:
    return bool(answer.strip())


def may_answer_report(report: Report) -> tuple[Verdict, ...]:
    """Ask all but the words before an officer answers."""
    return (report_is_open(report),)
