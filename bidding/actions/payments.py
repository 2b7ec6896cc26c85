"""Ask the winner once whether it was paid as agreed, and keep what it answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.conduct import report_unpaid
from bidding.actions.deadlines import PAYMENT
from bidding.actions.telling import tell
from bidding.guards.payments import is_to_be_asked, may_answer_payment, may_say
from bidding.guards.reminders import lateness_is_to_be_told
from bidding.guards.versions import award_as_seen
from bidding.models import Award, Contract
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def ask_about_payment(*, contract: Contract, at: datetime) -> Contract:
    """
    Ask the winner, on the day that the law names, whether it was paid; silence leaves nothing.

    It is asked once; and once more on the law's last day where it said that the time was not up.

    Nobody is accused by a day: an agreement may allow more, and only what the winner says, and an
    officer finds true, counts. Who has answered or reported it already is not asked.

    Raises:
        Refused: the day has not come, or the winner was asked.
    """
    contract = Contract.objects.lock(contract.pk)
    require(lateness_is_to_be_told(PAYMENT.of(contract), at))
    deadlines.stop(PAYMENT, contract, at)
    if is_to_be_asked(contract):
        award = contract.award
        # of the award, which is settled: a late schedule may ask before it archives the contract
        record(by=None, verb="award.payment_asked", target=award, at=at, before=award.status)
        tell(
            organization=award.bid.agency,
            kind="bidding/payment_due",
            at=at,
            url=links.to_contract(award),
            tender=award.tender,
            contract=contract,
        )
    return contract


@transaction.atomic
def answer_payment(
    *,
    contract: Contract,
    answer: str,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Contract:
    """
    Keep whether the winner was paid; "not paid" becomes a fact of the buyer, to be judged.

    "Not yet due" holds until the law's last day for a public body, when the winner is asked again;
    the two others are the last word.

    Raises:
        Refused: a guard in `may_answer_payment` or `may_say` does not hold.
    """
    award = Award.objects.lock(contract.award_id)
    contract = Contract.objects.lock(contract.pk)
    require(
        *may_answer_payment(contract, at),
        *may_say(contract, answer, reasons, at),
        *award_as_seen(award, seen),
    )
    contract.payment_answer, contract.payment_answered_at = answer, at
    contract.save()
    is_put_off = answer == Contract.Payment.NOT_DUE and contract.payer == Contract.Payer.PUBLIC
    if is_put_off and contract.accepted_at is not None:
        deadlines.start(PAYMENT, contract, contract.accepted_at)
    else:
        deadlines.stop(PAYMENT, contract, at)
    record(
        by=by,
        verb="contract.payment_answered",
        target=contract,
        at=at,
        organization=award.bid.agency,
        before=contract.status,
        answer=answer,
    )
    if answer == Contract.Payment.UNPAID:
        report_unpaid(award, reasons=reasons.strip(), at=at)
    return contract
