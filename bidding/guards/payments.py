"""Is the winner asked whether it was paid, and may it answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.awards import PAID_LATE, buyer_was_not_reported, may_report_buyer
from bidding.guards.tenders import reasons_are_given
from bidding.models import Contract
from bidding.periods import payment_latest
from bidding.rulebook import rules_for
from marketplace.guards.registration import ENTERPRISES, NO_ENTERPRISES
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Buyer, Organization
from marketplace.web.moments import cn_deadline

PUBLIC = (Buyer.Nature.GOVERNMENT, Buyer.Nature.INSTITUTION)


def payer_by_law(buyer: Organization, agency: Organization) -> str:
    """
    Return what the law takes a buyer for that says until when it pays; else nothing.

    It protects small and medium enterprises, so an agency is one unless it is none or says that it
    is large; a buyer is a large one only if it says so.

    Source: 《保障中小企业款项支付条例》第三、九条
    """
    if agency.size == Organization.Size.LARGE or agency.agency.nature in NO_ENTERPRISES:
        return ""
    nature = Buyer.objects.values_list("nature", flat=True).get(pk=buyer.pk)
    if nature in PUBLIC:
        return Contract.Payer.PUBLIC.value
    is_large = buyer.size == Organization.Size.LARGE and nature in ENTERPRISES
    return Contract.Payer.LARGE.value if is_large else ""


@guard(_("付款期限还没有到"), rule="payment.due")
def payment_is_due(contract: Contract | None, at: datetime) -> bool:
    """Ask it of the first of the two days; who has answered that it is not due may say more."""
    if contract is None or contract.pay_due_at is None:
        return False
    return at >= contract.pay_due_at or contract.payment_answer == Contract.Payment.NOT_DUE


@guard(_("付款期限最长到 %(end)s，合同约定更长的也应当在此以前付款"), rule="payment.longest")
def payment_may_be_due_later(contract: Contract, at: datetime) -> bool | Because:
    if contract.payer == Contract.Payer.LARGE:
        return True  # the law leaves it to what was agreed on
    since, tender = contract.accepted_at, contract.award.tender
    assert since is not None  # noqa: S101 - nothing is due before the acceptance
    calendar = CalendarDay.objects.work_calendar()
    end = payment_latest(since, rules_for(tender, since), calendar).ends_at
    return at < end or Because(end=cn_deadline(end))


@guard(_("贵单位已经答复：%(answer)s"))
def payment_is_not_settled(contract: Contract) -> bool | Because:
    if contract.payment_answer in {"", Contract.Payment.NOT_DUE}:
        return True
    return Because(answer=contract.get_payment_answer_display())


def is_to_be_asked(contract: Contract) -> bool:
    """Tell whether the platform knows nothing yet of the payment, from answer or report."""
    return (
        payment_is_not_settled(contract).holds
        and buyer_was_not_reported(contract.award, PAID_LATE).holds
    )


def may_answer_payment(contract: Contract, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether the winner may say that it was paid, or was not."""
    return payment_is_due(contract, at), payment_is_not_settled(contract)


def may_say(contract: Contract, answer: str, reasons: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask what more must hold for an answer; "not paid" is handed down as a fact of the buyer."""
    if answer == Contract.Payment.UNPAID:
        return reasons_are_given(reasons), *may_report_buyer(contract.award, PAID_LATE, at)
    if answer == Contract.Payment.NOT_DUE:
        return (payment_may_be_due_later(contract, at),)
    return ()
