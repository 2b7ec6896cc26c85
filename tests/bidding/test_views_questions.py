"""The pages of questions: an agency asks, the buyer answers, everybody reads, nobody is named."""

import pytest
from django.test import Client

from bidding.models import Question, Tender
from bidding.pages.workbench import todos
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import BuyerFactory, Role, party
from tests.markup import on_one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("reference"),
]
TEXT, REPLY = "现场踏勘由谁组织？", "由业主组织。"


@pytest.fixture
def tender() -> Tender:
    made: Tender = TenderFactory(active=True)
    return made


@pytest.fixture
def buyer(tender: Tender) -> Party:
    return party(tender.buyer, Role.BUYER_MANAGER)


@pytest.fixture
def agency(tender: Tender) -> Party:
    return party(bidder(tender.item), Role.AGENCY_MANAGER)


def test_a_question_and_its_answer_are_read_by_all_and_its_asker_by_nobody(
    client: Client, tender: Tender, buyer: Party, agency: Party
) -> None:
    order, ask = f"/tenders/{tender.code}/", f"/tenders/{tender.code}/ask/"
    assert "还没有答复过的提问" in client.get(order).content.decode()
    client.force_login(agency.user)
    assert client.post(ask, {"text": TEXT}).url == ask
    assert "等待业主答复" in client.get(ask).content.decode()
    question = Question.objects.get()
    assert TEXT not in Client().get(order).content.decode()

    client.force_login(buyer.user)
    [todo] = [one for one in todos(buyer, NOON) if str(one.title) == "答复提问"]
    page = client.get(f"/buyer/tenders/{tender.slug}/").content.decode()
    assert TEXT in page
    assert todo.url in page
    assert agency.organization.name not in page + client.get(todo.url).content.decode()
    client.post(todo.url, {"answer": REPLY})

    shown = Client().get(order).content.decode()
    assert TEXT in shown
    assert REPLY in shown
    assert agency.organization.name not in shown
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == (REPLY, buyer.user)
    assert [one for one in todos(buyer, NOON) if str(one.title) == "答复提问"] == []


def test_what_is_refused_stays_typed_and_nothing_is_kept(
    client: Client, tender: Tender, agency: Party
) -> None:
    client.force_login(agency.user)
    said = f"{agency.organization.name}能不能参加？"

    response = client.post(f"/tenders/{tender.code}/ask/", {"text": said})

    html = on_one_line(response.content.decode())
    assert response.status_code == 422
    assert "请不要写出本单位的名称" in html
    assert said in html
    assert not Question.objects.exists()


def test_others_find_neither_page(client: Client, tender: Tender, agency: Party) -> None:
    question = Question.objects.create(
        tender=tender, asker=agency.organization, asked_by=agency.user, asked_at=NOON, text=TEXT
    )
    answer = f"/buyer/tenders/{tender.slug}/questions/{question.slug}/"
    stranger = party(BuyerFactory().organization, Role.BUYER_MANAGER)

    for reader in (stranger, agency):
        client.force_login(reader.user)
        assert client.get(answer).status_code == 404
        assert client.post(answer, {"answer": REPLY}).status_code == 404
    client.force_login(stranger.user)
    assert client.get(f"/tenders/{tender.code}/ask/").status_code == 403
    question.refresh_from_db()
    assert question.answer == ""


def test_what_nobody_answered_is_shown_when_the_sign_up_is_over(
    client: Client, agency: Party
) -> None:
    tender = TenderFactory(closed=True)
    Question.objects.create(
        tender=tender, asker=agency.organization, asked_by=agency.user, asked_at=NOON, text=TEXT
    )

    html = client.get(f"/tenders/{tender.code}/").content.decode()

    assert TEXT in html
    assert "业主没有在期限内答复" in html
