"""Is the winner asked whether it was paid, and may it answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.awards import PAID_LATE, buyer_was_not_reported, may_report_buyer
from bidding.guards.tenders import reasons_are_given
from bidding.models import Contract
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Buyer, Organization

BY_LAW = (Buyer.Nature.GOVERNMENT, Buyer.Nature.INSTITUTION)


def pays_by_law(buyer: Organization) -> bool:
    """
    Tell whether the law itself says until when this buyer pays, where nothing else is agreed on.

    Source: 《保障中小企业款项支付条例》第九条
    """
    return Buyer.objects.filter(pk=buyer.pk, nature__in=BY_LAW).exists()


@guard(_("付款期限还没有到"), rule="payment.due")
def payment_is_due(contract: Contract | None, at: datetime) -> bool:
    if contract is None or contract.pay_due_at is None:
        return False
    return at >= contract.pay_due_at


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


def may_say_unpaid(contract: Contract, reasons: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask what more must hold before "not paid" is handed down as a fact of the buyer."""
    return reasons_are_given(reasons), *may_report_buyer(contract.award, PAID_LATE, at)
