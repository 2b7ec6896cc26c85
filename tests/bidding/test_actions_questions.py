"""Ask without being named, answer for all to read: what changes, who is told, what is refused."""

from datetime import timedelta

import pytest

from bidding.actions.questions import answer_question, ask_question
from bidding.models import Question, Tender
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message, Organization
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, BidFactory, TenderFactory, bidder, load_reference
from tests.factories.marketplace import AgencyFactory, Role, UserFactory, party

pytestmark = pytest.mark.django_db
QUESTIONS_END = DEADLINE - timedelta(hours=24)
ANSWERS_END = DEADLINE - timedelta(hours=12)
INSTANT = timedelta(microseconds=1)
TEXT, REPLY = "现场踏勘由谁组织？", "由业主组织，时间另行通知。"


@pytest.fixture
def tender() -> Tender:
    load_reference()
    made: Tender = TenderFactory(active=True)
    party(made.buyer, Role.BUYER_MANAGER)
    return made


def agency_of(tender: Tender) -> Organization:
    agency = bidder(tender.item)
    party(agency, Role.AGENCY_MANAGER)
    return agency


def asked(tender: Tender, agency: Organization | None = None) -> Question:
    return ask_question(
        tender=tender, agency=agency or agency_of(tender), text=TEXT, by=UserFactory(), at=NOON
    )


def test_the_buyer_alone_is_told_what_is_asked_and_not_by_whom(tender: Tender) -> None:
    agency, by = agency_of(tender), UserFactory()

    question = ask_question(tender=tender, agency=agency, text=TEXT, by=by, at=NOON)

    assert (question.asker, question.text, question.answered_at) == (agency, TEXT, None)
    message = Message.objects.get()
    assert (message.organization, message.kind) == (tender.buyer, "bidding/question_asked")
    assert TEXT in message.body
    assert message.url == f"/buyer/tenders/{tender.slug}/questions/{question.slug}/"
    assert agency.name not in message.subject + message.body
    assert AuditEntry.objects.get().verb == "question.asked"


def test_an_answer_is_told_to_all_that_have_signed_up_and_to_who_asked(tender: Tender) -> None:
    standing, withdrawn = (
        BidFactory(tender=tender, agency=agency_of(tender), **state)
        for state in ({}, {"withdrawn": True})
    )
    asker = agency_of(tender)
    question = asked(tender, asker)
    Message.objects.all().delete()

    answer_question(question=question, answer=REPLY, by=UserFactory(), at=NOON)

    question.refresh_from_db()
    assert (question.answer, question.answered_at) == (REPLY, NOON)
    told = {message.organization for message in Message.objects.all()}
    assert told == {standing.agency, asker}
    assert withdrawn.agency not in told
    assert all(REPLY in message.body for message in Message.objects.all())


def test_a_bidder_that_asked_is_told_once(tender: Tender) -> None:
    bid = BidFactory(tender=tender, agency=agency_of(tender))
    question = asked(tender, bid.agency)
    Message.objects.all().delete()

    answer_question(question=question, answer=REPLY, by=UserFactory(), at=NOON)

    assert Message.objects.count() == 1


def test_questions_end_a_day_and_answers_half_a_day_before_the_sign_up(tender: Tender) -> None:
    agency, by = agency_of(tender), UserFactory()
    last = ask_question(tender=tender, agency=agency, text=TEXT, by=by, at=QUESTIONS_END - INSTANT)
    other = asked(tender, agency)

    with refused("questions_are_taken"):
        ask_question(tender=tender, agency=agency, text=TEXT, by=by, at=QUESTIONS_END)
    answer_question(question=last, answer=REPLY, by=by, at=ANSWERS_END - INSTANT)
    with refused("answers_are_taken"):
        answer_question(question=other, answer=REPLY, by=by, at=ANSWERS_END)


def test_an_agency_asks_five_times_and_only_about_an_open_order_of_others(tender: Tender) -> None:
    agency, by = agency_of(tender), UserFactory()
    closed, fresh = TenderFactory(closed=True), AgencyFactory().organization
    other = agency_of(tender)
    own_name = f"我们{other.name[:2]} {other.name[2:]}能不能参加？"
    for _time in range(5):
        asked(tender, agency)

    for about, who, said, guard in (
        (tender, agency, TEXT, "agency_may_ask_once_more"),
        (closed, agency, TEXT, "tender_takes_bids"),
        (tender, fresh, TEXT, "agency_is_admitted"),
        (tender, other, own_name, "question_hides_its_asker"),
    ):
        with refused(guard):
            ask_question(tender=about, agency=who, text=said, by=by, at=NOON)


def test_a_question_is_answered_once_and_as_it_was_seen(tender: Tender) -> None:
    question, by = asked(tender), UserFactory()

    with refused("page_says_what_was_seen"):
        answer_question(question=question, answer=REPLY, by=by, at=NOON, seen="old")
    answer_question(question=question, answer=REPLY, by=by, at=NOON)
    with refused("question_is_open"):
        answer_question(question=question, answer="改口。", by=by, at=NOON)
