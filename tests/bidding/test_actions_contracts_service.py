"""From the signed contract to the accepted service."""

from datetime import datetime, timedelta

import pytest

from bidding.actions.contracts import (
    accept_delivery,
    deliver,
    record_late,
    return_delivery,
)
from bidding.models import Award, Contract, Deliverable
from bidding.models.deadlines import OrderDeadline
from credit.models import Entry
from marketplace.kernel.calendar import CHINA
from marketplace.models import Document, Message, PastPerformance
from tests.bidding.refusals import refused
from tests.factories.bidding import (
    ACCEPT_DUE,
    ACCEPTED,
    DELIVERED,
    LATE_FROM,
    SERVICE_DUE,
    ContractFactory,
    DeliverableFactory,
)
from tests.factories.marketplace import UserFactory, party
from tests.uploads import upload as paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
MICROSECOND = timedelta(microseconds=1)
Status = Contract.Status


def facts() -> list[tuple[str, int, object, object]]:
    rows = Entry.objects.order_by("pk")
    return [(row.kind, int(row.points), row.occurred_at, row.recorded_at) for row in rows]


def with_readers(award: Award) -> Award:
    party(award.bid.agency, "agency_manager")
    party(award.tender.buyer, "buyer_manager")
    return award


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("kind", "organization__kind")
    return list(rows.values_list("kind", "organization__kind"))


def test_the_agency_hands_its_result_over():
    contract = ContractFactory(active=True)
    with_readers(contract.award)

    made = deliver(
        contract=contract, files=[paper()], note=" 正式稿 ", by=UserFactory(), at=DELIVERED
    )

    contract.refresh_from_db()
    assert (contract.status, contract.delivered_at) == (Status.DELIVERED, DELIVERED)
    assert contract.accept_due_at == ACCEPT_DUE
    assert (made.status, made.document, made.note, made.delivered_at) == (
        Deliverable.Status.SUBMITTED,
        Document.objects.get(),
        "正式稿",
        DELIVERED,
    )
    assert told() == [("bidding/delivered", "buyer")]
    assert facts() == []


@pytest.mark.parametrize("state", [{}, "delivered", "accepted", "rated", "archived", "terminated"])
def test_a_result_is_handed_over_while_the_service_runs(state):
    contract, by = ContractFactory(**({state: True} if state else {})), UserFactory()

    with refused("contract_is_in_service"):
        deliver(contract=contract, files=[paper()], note="", by=by, at=DELIVERED)


def test_the_buyer_signs_for_a_result_in_time_which_goes_on_record():
    made, by = DeliverableFactory(), UserFactory()
    with_readers(made.contract.award)

    accept_delivery(deliverable=made, by=by, at=ACCEPTED)

    made.refresh_from_db()
    contract = Contract.objects.get()
    assert (made.status, made.decided_at, made.decided_by) == (
        Deliverable.Status.ACCEPTED,
        ACCEPTED,
        by,
    )
    assert (contract.status, contract.accepted_at) == (Status.ACCEPTED, ACCEPTED)
    assert contract.rating_due_at == datetime(2027, 1, 7, tzinfo=CHINA)
    assert facts() == [("on_time", 1, DELIVERED, ACCEPTED)]
    assert told() == [("bidding/delivery_accepted", "agency")]
    entered, tender = PastPerformance.objects.get(), contract.award.tender
    assert (entered.tender_code, entered.client) == (tender.code, tender.buyer.name)
    assert (entered.amount, entered.completed_on) == (contract.amount, ACCEPTED.date())


@pytest.mark.parametrize(
    ("payer", "asked_on"),
    [
        ("public", datetime(2027, 1, 16, tzinfo=CHINA)),
        ("large", datetime(2027, 2, 15, tzinfo=CHINA)),
        ("", None),
    ],
)
def test_the_winner_is_asked_about_the_payment_of_whom_the_law_names(payer, asked_on):
    made = DeliverableFactory()
    Contract.objects.update(payer=payer)
    made.refresh_from_db()

    accept_delivery(deliverable=made, by=UserFactory(), at=ACCEPTED)

    assert Contract.objects.get().pay_due_at == asked_on


@pytest.mark.parametrize(
    ("delivered_at", "kinds"), [(SERVICE_DUE - MICROSECOND, ["on_time"]), (SERVICE_DUE, [])]
)
def test_in_time_is_before_the_service_is_due(delivered_at, kinds):
    made = DeliverableFactory(delivered_at=delivered_at)

    accept_delivery(deliverable=made, by=UserFactory(), at=SERVICE_DUE)

    assert [kind for kind, *_ in facts()] == kinds


def test_who_handed_a_result_over_does_not_sign_for_it():
    made = DeliverableFactory()

    with refused("another_person_decides"):
        accept_delivery(deliverable=made, by=made.document.uploaded_by, at=ACCEPTED)


def test_a_result_is_not_decided_before_it_was_handed_over():
    made, by = DeliverableFactory(), UserFactory()
    earlier = DELIVERED - MICROSECOND

    with refused("deliverable_is_handed_over"):
        accept_delivery(deliverable=made, by=by, at=earlier)
    with refused("deliverable_is_handed_over"):
        return_delivery(deliverable=made, reasons="缺附图。", by=by, at=earlier)


def test_a_result_is_decided_from_the_moment_it_was_handed_over():
    made = DeliverableFactory()

    accept_delivery(deliverable=made, by=UserFactory(), at=DELIVERED)

    assert facts() == [("on_time", 1, DELIVERED, DELIVERED)]


def test_a_result_goes_back_and_the_clock_runs_on_without_the_days_of_the_check():
    made = DeliverableFactory()
    with_readers(made.contract.award)
    returned = DELIVERED + timedelta(days=2)

    return_delivery(deliverable=made, reasons=" 缺附图。 ", by=UserFactory(), at=returned)

    made.refresh_from_db()
    contract = Contract.objects.get()
    assert (made.status, made.return_reasons) == (Deliverable.Status.RETURNED, "缺附图。")
    assert (contract.status, contract.delivered_at) == (Status.ACTIVE, None)
    assert contract.accept_due_at is None
    service = contract.deadline(OrderDeadline.SERVICE)
    assert service.remind_at == datetime(2026, 12, 24, tzinfo=CHINA)
    assert contract.service_due_at == datetime(2026, 12, 26, tzinfo=CHINA)
    assert contract.late_from == datetime(2027, 1, 9, tzinfo=CHINA)
    assert told() == [("bidding/delivery_returned", "agency")]


def test_a_result_that_went_back_is_handed_over_again():
    made = DeliverableFactory()
    return_delivery(deliverable=made, reasons="缺附图。", by=UserFactory(), at=ACCEPTED)

    again = deliver(contract=made.contract, files=[paper()], note="", by=UserFactory(), at=ACCEPTED)
    accept_delivery(deliverable=again, by=UserFactory(), at=ACCEPTED)

    assert list(Deliverable.objects.order_by("pk").values_list("status", flat=True)) == [
        "returned",
        "accepted",
    ]


def test_a_result_is_not_returned_without_reasons():
    made, by = DeliverableFactory(), UserFactory()

    with refused("reasons_are_given"):
        return_delivery(deliverable=made, reasons=" ", by=by, at=ACCEPTED)


def test_a_decided_result_is_not_decided_again():
    made, by = DeliverableFactory(), UserFactory()
    accept_delivery(deliverable=made, by=by, at=ACCEPTED)

    with refused("contract_awaits_a_decision", "deliverable_is_undecided"):
        accept_delivery(deliverable=made, by=by, at=ACCEPTED)
    with refused("contract_awaits_a_decision", "deliverable_is_undecided"):
        return_delivery(deliverable=made, reasons="缺附图。", by=by, at=ACCEPTED)


def test_late_service_is_recorded_once_at_the_end_of_the_tolerance():
    contract = ContractFactory(active=True)
    with_readers(contract.award)

    record_late(contract=contract, at=LATE_FROM)

    contract.refresh_from_db()
    assert (contract.status, contract.late_recorded_at) == (Status.ACTIVE, LATE_FROM)
    assert facts() == [("late_service", -5, LATE_FROM, LATE_FROM)]
    assert told() == [("bidding/service_late", "agency"), ("bidding/service_late", "buyer")]
    with refused("lateness_is_not_recorded"):
        record_late(contract=contract, at=LATE_FROM)


def test_within_the_tolerance_nothing_is_recorded():
    contract = ContractFactory(active=True)

    with refused("lateness_is_beyond_tolerance"):
        record_late(contract=contract, at=LATE_FROM - MICROSECOND)


@pytest.mark.parametrize("state", ["delivered", "accepted", "rated", "archived"])
def test_a_delivered_result_is_not_late_any_more(state):
    contract = ContractFactory(**{state: True})

    with refused("contract_is_in_service"):
        record_late(contract=contract, at=LATE_FROM)


def test_delivering_late_is_recorded_even_if_the_schedule_is_off():
    contract = ContractFactory(active=True)

    deliver(
        contract=contract,
        files=[paper()],
        note="",
        by=UserFactory(),
        at=LATE_FROM + timedelta(hours=1),
    )

    contract.refresh_from_db()
    assert (contract.status, contract.late_recorded_at) == (Status.DELIVERED, LATE_FROM)
    assert facts() == [("late_service", -5, LATE_FROM, LATE_FROM)]
