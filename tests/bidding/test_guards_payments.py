"""Who is asked about a payment, and from when on it may be answered, until the last word."""

from datetime import datetime, timedelta

import pytest

from bidding.guards.payments import may_answer_payment, payment_is_not_settled, pays_by_law
from bidding.models import Contract
from marketplace.kernel.calendar import CHINA
from marketplace.models import Buyer
from tests.bidding.refusals import failing
from tests.factories.bidding import ContractFactory
from tests.factories.marketplace import BuyerFactory

PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
MICROSECOND = timedelta(microseconds=1)


def contract(**values: object) -> Contract:
    """Return a contract that is in no database."""
    made: Contract = ContractFactory.build(award=None, **values)
    return made


@pytest.mark.django_db
def test_the_law_names_public_bodies_alone() -> None:
    found = {
        nature: pays_by_law(BuyerFactory(nature=nature).organization) for nature in Buyer.Nature
    }

    assert {nature for nature, by_law in found.items() if by_law} == {"government", "institution"}


def test_a_payment_is_answered_from_its_day_on() -> None:
    waiting = contract(pay_due_at=PAY_DUE)

    assert failing(*may_answer_payment(waiting, PAY_DUE)) == []
    assert failing(*may_answer_payment(waiting, PAY_DUE - MICROSECOND)) == ["payment_is_due"]
    assert failing(*may_answer_payment(contract(), PAY_DUE)) == ["payment_is_due"]


def test_paid_and_not_paid_are_last_words_and_not_yet_due_is_none() -> None:
    held = {
        answer: payment_is_not_settled(contract(payment_answer=answer))
        for answer in ("", *Contract.Payment)
    }

    assert {answer for answer, verdict in held.items() if verdict.holds} == {"", "not_due"}
    assert held["received"].refusal == "贵单位已经答复：已经按约收到"
