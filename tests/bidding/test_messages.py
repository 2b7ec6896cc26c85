"""Whoever is told of something can open it, and nobody else is told; for every kind of message."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from bidding import actions
from bidding.actions import awards, bids, contracts, disputes, payments, ratings, reminders, tenders
from bidding.actions.choices import choose_bid
from bidding.actions.explanations import explain_cost, judge_cost
from bidding.actions.panels import bar_seat, lapse_seat
from bidding.actions.questions import answer_question, ask_question
from bidding.actions.reports import file_report
from bidding.actions.tenders import entries
from bidding.effects import end_standing_bids
from bidding.models import (
    Award,
    Bid,
    Contract,
    Deliverable,
    Explanation,
    PanelSeat,
    Question,
    Tender,
)
from bidding.models.deadlines import DisputeDeadline, OrderDeadline, PanelDeadline
from marketplace.models import Message, Organization
from marketplace.parties import SESSION_KEY, Party
from tests.bidding.disputing import ANSWER_DUE, CHECKED, DECIDED, world
from tests.bidding.halls import announced
from tests.bidding.openings import opened
from tests.clock import NOON
from tests.deadlines import settle_one
from tests.factories.bidding import (
    DELIVERED,
    OPENING,
    PUBLICITY_END,
    RATED,
    RATING_DUE,
    REGISTERED,
    SIGN_DUE,
    SIGNED,
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.deadlines import move_deadline
from tests.factories.experts import scored, scored_order, seated_order
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    ServiceItemFactory,
    UserFactory,
    party,
)
from tests.uploads import upload as file

pytestmark = pytest.mark.django_db
KINDS = Path(actions.__file__).parents[1] / "templates" / "bidding" / "messages"
SCORES = ratings.Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)
WHY = "理由充分。"


def upload(award: Award) -> Contract:
    agency = award.bid.agency
    return contracts.upload_contract(
        award=award, organization=agency, files=[file()], by=UserFactory(), at=SIGNED
    )


def answered(act: Callable[..., Any], **more: Any) -> Callable[[Contract], Any]:
    def answer(contract: Contract) -> Any:
        unit = contract.award.tender.buyer
        return act(contract=contract, organization=unit, by=UserFactory(), at=SIGNED, **more)

    return answer


def deliver(contract: Contract) -> Deliverable:
    return contracts.deliver(
        contract=contract, files=[file()], note="", by=UserFactory(), at=DELIVERED
    )


def rate(contract: Contract, side: str) -> Any:
    return ratings.rate(
        contract=contract, side=side, scores=SCORES, comment="", by=UserFactory(), at=RATED
    )


def of_delivery(act: Callable[..., Any], **more: Any) -> Callable[[Contract], Any]:
    def decide(contract: Contract) -> Any:
        given = contract.deliverables.get()
        return act(deliverable=given, by=UserFactory(), at=DELIVERED + timedelta(days=1), **more)

    return decide


def with_bid(**state: Any) -> Tender:
    return BidFactory(tender=TenderFactory(**state)).tender


def with_text() -> Contract:
    return ContractUploadFactory().contract


def with_delivery() -> Contract:
    return DeliverableFactory().contract


def named_directly() -> Tender:
    tender = TenderFactory(reviewed=True)
    tender.method, tender.naming_reasons = "direct", WHY
    tender.named_agency = bidder(tender.item)
    tender.save()
    return tender


def asked_directly() -> Tender:
    item = ServiceItemFactory(published=True)
    return TenderFactory(active=True, item=item, direct=bidder(item))


def with_a_shared_representative() -> Tender:
    tender = with_bid(closed=True)
    for _place in range(2):
        BidFactory(tender=tender, agency=bidder(tender.item, legal_representative="同一人"))
    return tender


def auctioned() -> Tender:
    return with_bid(active=True, method="auction", selection_at=OPENING)


def announced_with_bidders() -> Tender:
    tender = announced()
    for _bidder in range(2):
        BidFactory(tender=tender, amount=tender.ceiling)
    return tender


def put_question(tender: Tender) -> Question:
    agency = tender.bids.get().agency
    return ask_question(
        tender=tender, agency=agency, text="踏勘由谁组织？", by=UserFactory(), at=NOON
    )


def register(tender: Tender) -> Any:
    tenders.evaluate_tender(tender=tender, at=OPENING)
    tender.refresh_from_db()
    return tenders.register_selection(tender=tender, by=UserFactory(), at=REGISTERED)


def bidding_low() -> Tender:
    """Return a closed order with a bid far below the others."""
    tender = TenderFactory(closed=True)
    for amount in (50000, 85000, 90000):
        BidFactory(tender=tender, amount=amount)
    return tender


def explained(tender: Tender) -> Explanation:
    return explain_cost(
        explanation=Explanation.objects.get(), text=WHY, by=UserFactory(), at=OPENING
    )


def judged(tender: Tender) -> Explanation:
    return judge_cost(
        explanation=explained(tender),
        is_accepted=True,
        reasons=WHY,
        by=UserFactory(),
        at=OPENING,
    )


def choose(tender: Tender) -> Any:
    tenders.evaluate_tender(tender=tender, at=OPENING)
    tender.refresh_from_db()
    candidate = tender.bids.earliest("pk").agency.uscc
    return choose_bid(tender=tender, candidate=candidate, reasons=WHY, by=UserFactory(), at=OPENING)


def settle(tender: Tender) -> Any:
    end = OPENING - timedelta(days=2)
    move_deadline(tender, OrderDeadline.SIGN_UP, is_provisional=True, ends_at=end)
    return settle_one(OrderDeadline.SIGN_UP, tender, NOON)


def settle_seat(seat: PanelSeat) -> Any:
    end = OPENING + timedelta(minutes=1)
    move_deadline(seat, PanelDeadline.ANSWER, is_provisional=True, ends_at=end)
    return settle_one(PanelDeadline.ANSWER, seat, OPENING)


def by_officer(act: Callable[..., Any], **more: Any) -> Callable[[Tender], Any]:
    return lambda tender: act(tender=tender, by=UserFactory(), at=NOON, **more)


def amended(**fields: str) -> Callable[[Tender], Any]:
    return lambda tender: tenders.amend_tender(
        tender=tender, reasons=WHY, by=UserFactory(), at=NOON, **fields
    )


def sole(tender: Tender) -> Bid:
    return Bid.objects.get(tender=tender)


OF_DISPUTES = {
    *("dispute_filed", "dispute_accepted", "dispute_to_answer", "dispute_refused"),
    *("dispute_answered", "dispute_unanswered", "dispute_decided", "dispute_closed"),
    *("dispute_withdrawn", "dispute_deadline_settled", "order_suspended", "order_resumed"),
    *("report_filed", "report_deadline_settled"),
}
"""Those that the walks below cause, each by several acts of several people."""
OF_INSPECTIONS = {
    *("inspection_drawn", "inspection_called", "inspection_reported"),
    "inspection_deadline_settled",
}
"""Of no order: `test_actions_inspections` reads who is told, and the page is everybody's."""
OF_PUSHES = {"project_pushed"}
"""Of a project that is no order yet: `test_views_pushes` reads who is told, and who is not."""


def seats_of(tender: Tender) -> list[PanelSeat]:
    return list(PanelSeat.objects.of_round(tender))


def one_seat() -> PanelSeat:
    return seats_of(seated_order())[0]


CAUSES: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "tender_returned": (
        lambda: TenderFactory(submitted=True),
        by_officer(tenders.return_tender, reasons=WHY),
    ),
    "tender_published": (lambda: TenderFactory(reviewed=True), by_officer(tenders.publish_tender)),
    "agency_named": (
        named_directly,
        by_officer(tenders.publish_tender),
    ),
    "tender_cancelled": (
        lambda: with_bid(active=True),
        by_officer(tenders.cancel_tender, reasons=WHY),
    ),
    "tender_failed": (
        lambda: TenderFactory(closed=True),
        lambda tender: tenders.evaluate_tender(tender=tender, at=OPENING),
    ),
    "deadline_settled": (lambda: with_bid(active=True), settle),
    "bid_sealed": (
        lambda: with_bid(active=True),
        lambda tender: bids.submit_bid(
            tender=tender,
            agency=sole(tender).agency,
            amount=Decimal(80000),
            by=UserFactory(),
            at=NOON,
        ),
    ),
    "order_accepted": (
        asked_directly,
        lambda tender: bids.submit_bid(
            tender=tender,
            agency=tender.named_agency,
            amount=Decimal(80000),
            by=UserFactory(),
            at=NOON,
        ),
    ),
    "bid_withdrawn": (
        lambda: with_bid(active=True),
        lambda tender: bids.withdraw_bid(bid=sole(tender), by=UserFactory(), at=NOON),
    ),
    "bid_ended": (
        lambda: with_bid(active=True),
        lambda tender: entries.settle_fates(
            [entries.Fate(sole(tender), "赣信惩决〔2026〕1号", is_end=True)], NOON
        ),
    ),
    "bid_excluded": (
        with_a_shared_representative,
        lambda tender: tenders.evaluate_tender(tender=tender, at=OPENING),
    ),
    "bids_opened": (
        lambda: with_bid(closed=True),
        lambda tender: tenders.evaluate_tender(tender=tender, at=OPENING),
    ),
    "panel_invited": (
        scored_order,
        lambda tender: tenders.evaluate_tender(tender=tender, at=OPENING),
    ),
    "panel_lapsed": (one_seat, lambda seat: lapse_seat(seat=seat, at=seat.answer_due_at)),
    "panel_barred": (
        one_seat,
        lambda seat: bar_seat(seat=seat, reasons=WHY, by=UserFactory(), at=OPENING),
    ),
    "panel_released": (
        one_seat,
        lambda seat: tenders.cancel_tender(
            tender=seat.tender, reasons=WHY, by=UserFactory(), at=OPENING
        ),
    ),
    "panel_deadline_settled": (
        one_seat,
        settle_seat,
    ),
    "scores_published": (seated_order, lambda tender: [scored(one) for one in seats_of(tender)]),
    "choice_made": (
        lambda: BidFactory(tender=with_bid(closed=True, method="shortlist")).tender,
        choose,
    ),
    "hall_entered": (
        auctioned,
        lambda tender: bids.submit_bid(
            tender=tender,
            agency=sole(tender).agency,
            amount=tender.ceiling,
            by=UserFactory(),
            at=NOON,
        ),
    ),
    "hall_opened": (
        announced_with_bidders,
        lambda tender: tenders.open_hall(tender=tender, at=OPENING),
    ),
    "question_asked": (lambda: with_bid(active=True), put_question),
    "question_answered": (
        lambda: with_bid(active=True),
        lambda tender: answer_question(
            question=put_question(tender), answer="由业主组织。", by=UserFactory(), at=NOON
        ),
    ),
    "cost_asked": (
        bidding_low,
        lambda tender: tenders.evaluate_tender(tender=tender, at=OPENING),
    ),
    "cost_explained": (lambda: opened(bidding_low()), explained),
    "cost_judged": (lambda: opened(bidding_low()), judged),
    "tender_amended": (lambda: TenderFactory(active=True), amended(content="编制两份。")),
    "bid_lapsed": (lambda: with_bid(active=True), amended(content="编制两份。")),
    "bid_stands": (lambda: with_bid(active=True), amended(contact_name="王测试")),
    "award_registered": (lambda: with_bid(closed=True), register),
    "award_won": (lambda: with_bid(closed=True), register),
    "award_lost": (lambda: BidFactory(tender=with_bid(closed=True)).tender, register),
    "registration_overdue": (
        lambda: TenderFactory(evaluated=True, register_due_at=OPENING),
        lambda tender: reminders.remind_of_registration(tender=tender, at=OPENING),
    ),
    "award_issued": (
        AwardFactory,
        lambda award: awards.issue_award(award=award, at=PUBLICITY_END),
    ),
    "award_cancelled": (
        lambda: AwardFactory(active=True),
        lambda award: awards.abandon_award(
            award=award, reasons=WHY, by=UserFactory(), at=PUBLICITY_END
        ),
    ),
    "winner_in_doubt": (
        lambda: AwardFactory(active=True),
        lambda award: end_standing_bids(
            organization=award.bid.agency,
            branches=[],
            service_class=None,
            reference="赣信惩决〔2026〕1号",
            at=NOON,
        ),
    ),
    "award_unsigned": (
        lambda: AwardFactory(active=True),
        lambda award: awards.record_unsigned(award=award, at=SIGN_DUE),
    ),
    "signature_due_soon": (
        lambda: AwardFactory(active=True, remind_at=SIGNED),
        lambda award: reminders.remind_of_signature(award=award, at=SIGNED),
    ),
    "contract_uploaded": (lambda: AwardFactory(active=True), upload),
    "contract_rejected": (with_text, answered(contracts.reject_upload, reasons=WHY)),
    "contract_signed": (with_text, answered(contracts.confirm_contract)),
    "delivery_due_soon": (
        lambda: ContractFactory(active=True, remind_at=DELIVERED),
        lambda contract: reminders.remind_of_delivery(contract=contract, at=DELIVERED),
    ),
    "service_late": (
        lambda: ContractFactory(active=True),
        lambda contract: contracts.record_late(contract=contract, at=contract.late_from),
    ),
    "delivered": (lambda: ContractFactory(active=True), deliver),
    "acceptance_overdue": (
        lambda: ContractFactory(delivered=True, accept_due_at=RATED),
        lambda contract: reminders.remind_of_acceptance(contract=contract, at=RATED),
    ),
    "delivery_returned": (with_delivery, of_delivery(contracts.return_delivery, reasons=WHY)),
    "delivery_accepted": (with_delivery, of_delivery(contracts.accept_delivery)),
    "payment_due": (
        lambda: ContractFactory(accepted=True, pay_due_at=RATED),
        lambda contract: payments.ask_about_payment(contract=contract, at=RATED),
    ),
    "rating_due_soon": (
        lambda: ContractFactory(accepted=True, remind_at=RATED),
        lambda contract: reminders.remind_of_rating(contract=contract, at=RATED),
    ),
    "rated": (lambda: ContractFactory(accepted=True), lambda contract: rate(contract, "agency")),
    "not_rated": (
        lambda: ContractFactory(accepted=True),
        lambda contract: ratings.close_rating(contract=contract, at=RATING_DUE),
    ),
}


def order_of(subject: Tender | Award | Contract | PanelSeat) -> Tender:
    if isinstance(subject, Contract):
        subject = subject.award
    return subject.tender if isinstance(subject, Award | PanelSeat) else subject


def staff(tender: Tender) -> list[Party]:
    """Give every unit its people; return those who must not be told of this order."""
    party(tender.buyer, Role.BUYER_MANAGER)
    party(tender.buyer, Role.BUYER_AGENT, user=tender.created_by)
    named = Organization.objects.filter(pk=tender.named_agency_id)
    for agency in Organization.objects.filter(bids__tender=tender) | named:
        party(agency, Role.AGENCY_MANAGER)
        party(agency, Role.AGENCY_AGENT)
    office = AuthorityFactory(division=tender.division)
    party(office, Role.OPERATOR)
    return [party(tender.buyer, Role.BUYER_AGENT), party(office, Role.REGULATOR)]


def status_of(message: Message) -> int:
    """Open what the message is about as its reader, in the unit whose inbox it is in."""
    client = Client()
    client.force_login(message.user)
    session = client.session
    session[SESSION_KEY] = message.organization.slug
    session.save()
    return client.get(message.url).status_code


def test_every_kind_of_message_has_a_cause_here() -> None:
    kinds = {path.stem for path in KINDS.glob("*.txt")}
    assert CAUSES.keys() == kinds - OF_DISPUTES - OF_PUSHES - OF_INSPECTIONS
    assert OF_DISPUTES < kinds


@pytest.mark.parametrize("kind", CAUSES)
def test_everybody_who_is_told_can_open_what_it_is_about_and_no_colleague_is_told(
    kind: str,
) -> None:
    load_reference()
    make, act = CAUSES[kind]
    subject = make()
    tender = order_of(subject)
    others = staff(tender)

    act(subject)

    told = Message.objects.filter(kind=f"bidding/{kind}").select_related("user", "organization")
    assert told
    assert {message.user for message in told}.isdisjoint(other.user for other in others)
    buyers = {message.user for message in told if message.organization == tender.buyer}
    assert not buyers or tender.created_by in buyers
    with time_machine.travel(RATING_DUE, tick=False):
        assert {status_of(message) for message in told} == {200}


def test_everybody_who_is_told_of_a_dispute_or_a_report_can_open_it() -> None:
    it = world()
    office = it.operators

    decided = disputes.decide_dispute(
        dispute=it.complaint_answered(), is_upheld=True, decision=WHY, by=it.other_clerk, at=DECIDED
    )
    disputes.close_dispute(dispute=decided, note=WHY, by=it.clerk, at=DECIDED)
    it.filer = it.award.bid.agency
    refused = disputes.refuse_dispute(dispute=it.filed(), reasons=WHY, by=it.clerk, at=CHECKED)
    taken = it.accepted()
    end = CHECKED + timedelta(days=1)
    move_deadline(taken, DisputeDeadline.ANSWER, is_provisional=True, ends_at=end)
    settle_one(DisputeDeadline.ANSWER, taken, CHECKED)
    late = disputes.go_unanswered(dispute=taken, at=ANSWER_DUE)
    disputes.withdraw_dispute(dispute=late, by=it.by, at=ANSWER_DUE)
    report = file_report(
        topic="platform", reference="", division=office.division, text=WHY, contact="", at=NOON
    )
    end = NOON + timedelta(days=1)
    move_deadline(report, DisputeDeadline.REPORT, is_provisional=True, ends_at=end)
    settle_one(DisputeDeadline.REPORT, report, NOON)

    assert refused.closed_at == CHECKED
    told = Message.objects.select_related("user", "organization")
    caused = {message.kind.removeprefix("bidding/") for message in told}
    assert caused - CAUSES.keys() == OF_DISPUTES
    assert {status_of(message) for message in told} == {200}
