"""The winner is asked once whether it was paid; only "not paid" is a fact, and that is judged."""

from datetime import datetime, timedelta

import pytest

from bidding.actions.conduct import report_buyer
from bidding.actions.payments import answer_payment, ask_about_payment
from bidding.models import Contract
from credit.actions import judge_fact
from credit.actions.schemes import load_scheme
from credit.models import Entry, ReportedFact
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message, User
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import ContractFactory
from tests.factories.marketplace import UserFactory, load_laws, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
LATEST = datetime(2027, 2, 15, tzinfo=CHINA)
MICROSECOND, DAY = timedelta(microseconds=1), timedelta(days=1)
WHY = "合同约定验收后三十日内付清，至今未付 4 万元。"


@pytest.fixture
def contract() -> Contract:
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    made: Contract = ContractFactory(archived=True, payer="public", pay_due_at=PAY_DUE)
    return made


@pytest.fixture
def person(db: None) -> User:
    made: User = UserFactory()
    return made


def answer(
    contract: Contract, word: str, by: User, reasons: str = "", at: datetime = PAY_DUE
) -> None:
    answer_payment(contract=contract, answer=word, reasons=reasons, by=by, at=at)


def test_the_winner_is_asked_once_and_its_silence_leaves_nothing(contract: Contract) -> None:
    agency = party(contract.award.bid.agency, "agency_manager")
    party(contract.award.tender.buyer, "buyer_manager")

    run_due(PAY_DUE - MICROSECOND)
    assert not Message.objects.exists()
    run_due(PAY_DUE + DAY)
    run_due(PAY_DUE + 400 * DAY)

    message = Message.objects.get()
    assert (message.user, message.kind) == (agency.user, "bidding/payment_due")
    assert message.created_at == PAY_DUE
    assert "从验收起计算的付款期限（2027年1月15日 24:00）已到。" in message.body
    assert not ReportedFact.objects.exists()
    assert not Entry.objects.exists()
    assert Contract.objects.get().payment_answer == ""
    with refused("lateness_is_to_be_told"):
        ask_about_payment(contract=contract, at=PAY_DUE + DAY)


def test_not_paid_becomes_a_fact_of_the_owner_that_counts_when_it_is_found_true(
    contract: Contract, person: User
) -> None:
    owner, agency = contract.award.tender.buyer, contract.award.bid.agency
    manager = party(owner, "buyer_manager")

    answer(contract, "unpaid", person, f" {WHY} ")

    fact = ReportedFact.objects.get()
    assert (fact.organization, fact.kind, fact.reporter) == (owner, "buyer_paid_late", agency)
    assert (fact.given_reasons, fact.occurred_at) == (WHY, PAY_DUE)
    assert fact.reference == contract.award.tender.reference
    assert Message.objects.get(kind="credit/fact_told").user == manager.user
    contract.refresh_from_db()
    assert (contract.payment_answer, contract.payment_answered_at) == ("unpaid", PAY_DUE)
    assert not Entry.objects.exists()
    judge_fact(fact=fact, is_excused=False, reasons="属实。", by=person, at=PAY_DUE + DAY)
    assert list(Entry.objects.values_list("organization", "kind", "points")) == [
        (owner.pk, "buyer_paid_late", -3)
    ]
    with refused("payment_is_not_settled"):
        answer(contract, "received", person)


@pytest.mark.parametrize(
    ("word", "reasons", "at", "guards"),
    [
        ("received", "", PAY_DUE - MICROSECOND, ["payment_is_due"]),
        ("unpaid", " ", PAY_DUE, ["reasons_are_given"]),
        ("not_due", "", LATEST, ["payment_may_be_due_later"]),
    ],
)
def test_it_is_answered_from_the_day_on_with_words_and_not_put_off_beyond_the_law(
    contract: Contract, person: User, word: str, reasons: str, at: datetime, guards: list[str]
) -> None:
    with refused(*guards):
        answer(contract, word, person, reasons, at)


def test_who_says_that_it_is_not_due_is_asked_again_on_the_last_day_that_the_law_allows(
    contract: Contract, person: User
) -> None:
    party(contract.award.bid.agency, "agency_manager")

    answer(contract, "not_due", person)
    answer(contract, "not_due", person, at=LATEST - MICROSECOND)
    run_due(LATEST - MICROSECOND)
    assert not Message.objects.exists()
    run_due(LATEST)
    run_due(LATEST + 400 * DAY)

    assert Message.objects.get().created_at == LATEST
    contract.refresh_from_db()
    assert (contract.payment_answer, contract.pay_due_at) == ("not_due", LATEST)
    with refused("payment_may_be_due_later"):
        answer(contract, "not_due", person, at=LATEST)
    answer(contract, "received", person, at=LATEST)
    assert not ReportedFact.objects.exists()
    told = AuditEntry.objects.filter(verb="contract.payment_answered").order_by("pk")
    assert [entry.data["answer"] for entry in told] == ["not_due", "not_due", "received"]
    with refused("payment_is_not_settled"):
        answer(contract, "unpaid", person, WHY, at=LATEST)


def test_who_has_reported_it_is_not_asked_and_does_not_report_it_twice(
    contract: Contract, person: User
) -> None:
    party(contract.award.bid.agency, "agency_manager")
    report_buyer(
        award=contract.award,
        kind="buyer_paid_late",
        reasons=WHY,
        by=person,
        at=PAY_DUE - DAY,
    )

    run_due(PAY_DUE)

    assert not Message.objects.filter(kind="bidding/payment_due").exists()
    with refused("buyer_was_not_reported"):
        answer(contract, "unpaid", person, WHY)


def test_what_a_large_enterprise_agreed_on_is_not_bounded_and_not_asked_about_again(
    contract: Contract, person: User
) -> None:
    party(contract.award.bid.agency, "agency_manager")
    Contract.objects.update(payer="large")

    answer(contract, "not_due", person, at=LATEST)
    run_due(LATEST + 400 * DAY)

    assert not Message.objects.exists()
    answer(contract, "unpaid", person, WHY, at=LATEST + 400 * DAY)
    assert ReportedFact.objects.get().kind == "buyer_paid_late"
