"""May the party state its case, or ask for a hearing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from credit.guards.bases import GROUNDS
from credit.models import Case
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.web.moments import cn_deadline


@guard(_("陈述申辩已经结束，案件现在是“%(status)s”"))
def case_awaits_a_statement(case: Case) -> bool | Because:
    return case.status == Case.Status.NOTIFIED or Because(status=case.get_status_display())


@guard(_("陈述申辩期已于 %(until)s 截止"), rule="sanction.statement")
def statement_is_in_time(case: Case, at: datetime) -> bool | Because:
    return at < case.statement_due_at or Because(until=cn_deadline(case.statement_due_at))


@guard(_("请写明陈述、申辩的意见"), source=FORM)
def statement_is_given(statement: str) -> bool:
    return bool(statement.strip())


def may_state_case(case: Case, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the agency may still be heard."""
    if case.status != Case.Status.NOTIFIED:
        return (case_awaits_a_statement(case),)
    return case_awaits_a_statement(case), statement_is_in_time(case, at)


@guard(_("拟采取的措施不限制从业，没有听证程序；意见可以书面陈述"), source=GROUNDS["hearing"])
def hearing_may_be_asked(case: Case) -> bool:
    return case.restricts_practice
