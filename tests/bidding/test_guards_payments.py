"""Who is asked about a payment, and from when on it may be answered, until the last word."""

from datetime import datetime, timedelta

import pytest

from bidding.guards.payments import may_answer_payment, payer_by_law, payment_is_not_settled
from bidding.models import Contract
from marketplace.kernel.calendar import CHINA
from marketplace.models import Buyer, Organization
from tests.bidding.refusals import failing
from tests.factories.bidding import ContractFactory
from tests.factories.marketplace import AgencyFactory, BuyerFactory

PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
MICROSECOND = timedelta(microseconds=1)


def contract(**values: object) -> Contract:
    """Return a contract that is in no database."""
    made: Contract = ContractFactory.build(award=None, **values)
    return made


@pytest.mark.django_db
def test_the_law_names_public_bodies_and_enterprises_that_say_they_are_large() -> None:
    agency = AgencyFactory(active=True).organization
    owners = {nature: BuyerFactory(nature=nature).organization for nature in Buyer.Nature}
    public = {"government": "public", "institution": "public"}

    assert named(owners, agency) == public
    for owner in owners.values():
        owner.size = "large"
    assert named(owners, agency) == {**public, "state_owned": "large", "company": "large"}
    agency.size = "small"
    assert len(named(owners, agency)) == 4
    agency.size = "large"
    assert named(owners, agency) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("nature", ["institution", "social", "law_firm"])
def test_the_law_protects_enterprises_alone(nature: str) -> None:
    agency = AgencyFactory(active=True, nature=nature).organization

    assert payer_by_law(BuyerFactory(nature="government").organization, agency) == ""


def named(owners: dict[str, Organization], agency: Organization) -> dict[str, str]:
    found = {nature: payer_by_law(owner, agency) for nature, owner in owners.items()}
    return {nature: payer for nature, payer in found.items() if payer}


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
