"""The workbench pages of bidding: for each one success, one refusal, and who may not."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from bidding.actions.tenders import evaluate_tender
from bidding.models import Award, Bid, Contract, ContractUpload, Evaluation, Offer, Tender
from bidding.pages.workbench import todos
from marketplace.kernel.due import sweep_effects
from marketplace.kernel.models import Effect
from marketplace.models import Document, Message
from marketplace.parties import Party
from marketplace.project.celery import app
from tests.clock import NOON
from tests.factories.bidding import (
    ACCEPT_DUE,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
    unsealed,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    ServiceItemFactory,
    division,
    party,
)
from tests.markup import on_one_line
from tests.senders import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64
STARS = {
    "quality": 5,
    "attitude": 4,
    "timeliness": 5,
    "charges": 5,
    "conduct": 5,
    "comment": "按期",
}


@pytest.fixture
def buyer(client: Client) -> Party:
    acting = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    client.force_login(acting.user)
    return acting


def operator(client: Client) -> Party:
    acting = party(AuthorityFactory(division=division()), Role.OPERATOR)
    client.force_login(acting.user)
    return acting


def agency(client: Client, tender: Tender) -> Party:
    acting = party(bidder(tender.item), Role.AGENCY_MANAGER)
    client.force_login(acting.user)
    return acting


def url(name: str, *args: object) -> str:
    return reverse(f"bidding:{name}", args=args)


def upload(content: bytes = PDF, name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- The buyer's wizard ---------------------------------------------------------------------------
NEED = {
    "title": "沙河片区雨污分流改造工程环境影响报告表编制",
    "content": "编制环境影响报告表，并按评审意见修改。",
    "service_time": 20,
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}
METHOD = {"method": "lowest", "ceiling": "86000.00", "price_basis": "同类成交价", "signup_days": ""}


def test_a_buyer_drafts_an_order_in_steps_and_submits_it(client: Client, buyer: Party) -> None:
    item = ServiceItemFactory(published=True)

    first = client.post(url("tender_new"), {"item": item.code, "division": division().code})
    tender = Tender.objects.get()
    assert first.url == url("tender_edit", tender.slug, "need")
    assert client.get(first.url).status_code == 200
    second = client.post(first.url, NEED)
    assert second.url == url("tender_edit", tender.slug, "method")
    assert "竞价（最低价中选）" in client.get(second.url).content.decode()
    third = client.post(second.url, METHOD)
    assert third.url == url("tender_edit", tender.slug, "check")
    assert url("tender_submit", tender.slug) in client.get(third.url).content.decode()
    assert "提交审核" in client.get(url("tender_submit", tender.slug)).content.decode()
    client.post(url("tender_submit", tender.slug))

    tender.refresh_from_db()
    assert (tender.status, tender.title) == ("submitted", NEED["title"])
    assert (tender.buyer, tender.created_by) == (buyer.organization, buyer.user)
    assert tender.ceiling == Decimal("86000.00")
    assert "待审核" in client.get(url("buyer_tender", tender.slug)).content.decode()


def test_a_title_of_two_lines_is_refused(client: Client, buyer: Party) -> None:
    tender = TenderFactory(buyer=buyer.organization, created_by=buyer.user, title="一行")

    response = client.post(
        url("tender_edit", tender.slug, "need"), {**NEED, "title": "一行\r密送：他人"}
    )

    assert response.status_code == 422
    assert "请写成一行，不要含有换行、制表等控制字符。" in response.content.decode()
    tender.refresh_from_db()
    assert tender.title == "一行"


def test_a_draft_item_cannot_be_ordered(client: Client, buyer: Party) -> None:
    response = client.post(
        url("tender_new"), {"item": ServiceItemFactory().code, "division": division().code}
    )

    assert response.status_code == 422
    assert not Tender.objects.exists()


def test_an_unfinished_order_is_not_submitted_and_says_what_is_missing(
    client: Client, buyer: Party
) -> None:
    tender = TenderFactory(buyer=buyer.organization, created_by=buyer.user, title="")

    response = client.post(url("tender_submit", tender.slug), follow=True)

    tender.refresh_from_db()
    assert tender.status == "draft"
    assert "还没有填写：项目名称" in response.content.decode()


def test_a_buyers_pages_are_not_there_for_another_buyer(client: Client, buyer: Party) -> None:
    other = TenderFactory(title="别人的草稿")

    for name, args in [
        ("buyer_tender", [other.slug]),
        ("tender_edit", [other.slug, "need"]),
        ("tender_cancel", [other.slug]),
    ]:
        assert client.get(url(name, *args)).status_code == 404
    assert client.post(url("tender_submit", other.slug)).status_code == 404
    assert "别人的草稿" not in client.get(url("buyer_tenders")).content.decode()


def test_a_buyers_agent_sees_own_orders_only(client: Client, buyer: Party) -> None:
    TenderFactory(buyer=buyer.organization, title="同事的项目")
    agent = party(buyer.organization, Role.BUYER_AGENT)
    client.force_login(agent.user)

    assert "同事的项目" not in client.get(url("buyer_tenders")).content.decode()


def test_a_buyers_orders_are_sorted_as_asked_and_the_page_says_how(
    client: Client, buyer: Party
) -> None:
    for title, ceiling in (("便宜", 1), ("贵", 3), ("中等", 2)):
        TenderFactory(buyer=buyer.organization, title=title, ceiling=Decimal(ceiling))

    def listed(**query: str) -> list[str]:
        html = client.get(url("buyer_tenders"), query).content.decode()
        return re.findall(r'<a class="q ttl" href="/buyer[^"]*">\s*([^<]*)</a>', html)

    assert listed() == ["中等", "贵", "便宜"]
    assert listed(sort="ceiling") == ["贵", "中等", "便宜"]
    html = client.get(url("buyer_tenders"), {"sort": "ceiling"}).content.decode()
    assert "<strong>限价高低</strong>" in html
    assert 'type="hidden" name="sort"' not in html


def test_an_order_is_cancelled_with_reasons_only(client: Client, buyer: Party) -> None:
    tender = TenderFactory(active=True, buyer=buyer.organization, created_by=buyer.user)

    assert client.post(url("tender_cancel", tender.slug), {"reasons": ""}).status_code == 422
    tender.refresh_from_db()
    assert tender.status == "active"

    client.post(url("tender_cancel", tender.slug), {"reasons": "项目停止建设。"})
    tender.refresh_from_db()
    assert (tender.status, tender.end_reasons) == ("cancelled", "项目停止建设。")


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [("unsuccessful", True), ("cancelled", True), ("reviewed", False), ("active", False)],
)
def test_an_order_that_came_to_nothing_is_run_again_from_its_page(
    client: Client, buyer: Party, state: str, *, is_offered: bool
) -> None:
    tender = TenderFactory(**{state: True}, buyer=buyer.organization, created_by=buyer.user)

    html = client.get(url("buyer_tender", tender.slug)).content.decode()

    assert (url("tender_rerun", tender.slug) in html) is is_offered


@pytest.mark.parametrize("is_provisional", [True, False])
def test_a_sign_up_that_may_still_move_is_marked_wherever_it_is_listed(
    client: Client, *, is_provisional: bool
) -> None:
    tender = TenderFactory(active=True, is_end_provisional=is_provisional)
    agency(client, tender)
    for_agency = [client.get(path) for path in (url("agency_matches"), "/workbench/")]
    client.force_login(party(tender.buyer, Role.BUYER_MANAGER).user)
    for_buyer = [
        client.get(path) for path in (url("buyer_tenders"), url("buyer_tender", tender.slug))
    ]

    for response in (*for_agency, *for_buyer):
        assert ("暂定" in response.content.decode()) is is_provisional


@pytest.mark.parametrize("is_provisional", [True, False])
@pytest.mark.parametrize(
    ("make", "flag", "count"),
    [
        (lambda **flag: AwardFactory(active=True, **flag), "is_end_provisional", 3),
        (lambda **flag: ContractFactory(active=True, **flag).award, "is_due_provisional", 3),
        (lambda **flag: ContractFactory(accepted=True, **flag).award, "is_due_provisional", 3),
    ],
    ids=["signature", "service", "rating"],
)
def test_a_deadline_that_may_still_move_is_marked_in_the_steps_and_beside_it(
    client: Client, make, flag: str, count: int, *, is_provisional: bool
) -> None:
    award = make(**{flag: is_provisional})
    client.force_login(party(award.tender.buyer, Role.BUYER_MANAGER).user)

    html = client.get(url("contract", award.tender.slug)).content.decode()

    assert html.count("暂定") == (count if is_provisional else 0)


@pytest.mark.parametrize(
    "name", ["operator_tenders", "agency_bids", "agency_matches", "agency_items"]
)
def test_a_page_of_another_role_is_forbidden(client: Client, buyer: Party, name: str) -> None:
    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("state", ["submitted", "reviewed"])
def test_an_order_goes_back_with_reasons(client: Client, state: str) -> None:
    tender = TenderFactory(**{state: True})
    operator(client)
    assert "退回并告知理由" in client.get(url("operator_tender", tender.slug)).content.decode()

    assert client.post(url("operator_return", tender.slug), {"reasons": ""}).status_code == 422
    client.post(url("operator_return", tender.slug), {"reasons": "请补充限价依据。"})

    tender.refresh_from_db()
    assert (tender.status, tender.return_reasons) == ("returned", "请补充限价依据。")


# --- The agency -----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_bid_gets_its_success_page_when_the_broker_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def down(*_args: object, **_options: object) -> None:
        asked.append(1)
        raise OperationalError

    tender = TenderFactory(active=True)
    agency(client, tender)
    monkeypatch.setattr(app, "send_task", down)

    response = client.post(url("bid", tender.code), {"amount": "81234.56"}, follow=True)

    assert response.status_code == 200
    assert "报价已密封" in response.content.decode()
    assert unsealed(Bid.objects.get().offers.get()) == Decimal("81234.56")
    assert asked
    assert Effect.objects.filter(kind="email", done_at__isnull=True).exists()
    monkeypatch.undo()
    sweep_effects(NOON)
    assert not Effect.objects.filter(done_at__isnull=True).exists()


def test_a_second_tab_seals_nothing_after_a_withdrawal_and_says_why(client: Client) -> None:
    tender = TenderFactory(active=True)
    agency(client, tender)
    client.post(url("bid", tender.code), {"amount": "81234.56"})
    seen = seen_on(client.get(url("bid", tender.code)))
    client.post(url("bid_withdraw", tender.code))

    stale = client.post(url("bid", tender.code), {"amount": "80000", "seen": seen})

    html = stale.content.decode()
    assert stale.status_code == 409
    assert "状态由“报价已密封”改为“已撤回”；撤回时间由“空”改为“" in html
    assert 'value="80000"' in html
    assert seen_on(stale) != seen
    assert Bid.objects.get().status == "withdrawn"


@pytest.mark.parametrize("written", ["81234.56", "81,234.56", "8.123456万", "¥81234.56"])
def test_an_agency_seals_an_amount_as_people_write_it(client: Client, written: str) -> None:
    tender = TenderFactory(active=True)
    acting = agency(client, tender)

    response = client.post(url("bid", tender.code), {"amount": written}, follow=True)

    bid = Bid.objects.get()
    assert (bid.agency, bid.tender) == (acting.organization, tender)
    assert unsealed(bid.offers.get()) == Decimal("81234.56")
    assert "报价已密封" in response.content.decode()


@pytest.mark.parametrize("written", ["", "abc", "-5", "1.234", "0", "99999999", "8,1,2.345"])
def test_an_amount_that_is_none_or_too_high_is_refused(client: Client, written: str) -> None:
    tender = TenderFactory(active=True, ceiling=Decimal(86000))
    agency(client, tender)

    response = client.post(url("bid", tender.code), {"amount": written})

    assert response.status_code == 422
    assert not Bid.objects.exists()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8.7万", "金额高于最高限价 ¥86,000.00。依据：平台默认。"),
        ("0", "金额须大于零；只有服务事项写明由后续项目的中标人付费的，才可以报零元。"),
        ("86,00", "逗号每三位一个，例如 348,000；请核对金额，或者不写逗号。"),
    ],
)
def test_an_amount_that_is_not_allowed_stands_there_with_what_is(
    client: Client, written: str, said: str
) -> None:
    tender = TenderFactory(active=True, ceiling=Decimal(86000))
    agency(client, tender)

    html = client.post(url("bid", tender.code), {"amount": written}).content.decode()

    assert f'<p class="z-err" id="id_amount_error">{said}</p>' in html
    assert f'<a href="#id_amount">{said}</a>' in html
    assert f'value="{written}"' in html


def test_an_amount_far_below_the_ceiling_is_sealed_only_after_a_second_word(
    client: Client,
) -> None:
    """Whoever writes 7.9 and means 万元 is asked; a tick is for the amount beside it alone."""
    tender = TenderFactory(active=True, ceiling=Decimal(100000))
    agency(client, tender)
    address = url("bid", tender.code)

    asked = client.post(address, {"amount": "7.9"})

    assert asked.status_code == 422
    html = on_one_line(asked)
    assert "报价 ¥7.90（柒元玖角）不到最高限价的 10%，确认没有写错单位的，请勾选确认。" in html
    assert 'name="confirmed" value="7.90"' in html
    assert not Offer.objects.exists()
    other = client.post(address, {"amount": "8.6", "confirmed": "7.90"})
    assert other.status_code == 422
    assert "checked" not in on_one_line(other)
    assert not Offer.objects.exists()

    assert client.post(address, {"amount": "7.9", "confirmed": "7.90"}).status_code == 302

    assert unsealed(Offer.objects.get()) == Decimal("7.90")


def test_an_amount_of_a_tenth_of_the_ceiling_is_usual(client: Client) -> None:
    tender = TenderFactory(active=True, ceiling=Decimal(100000))
    agency(client, tender)

    assert client.post(url("bid", tender.code), {"amount": "10000"}).status_code == 302

    assert unsealed(Offer.objects.get()) == Decimal(10000)


def test_a_bid_is_replaced_and_withdrawn_and_put_in_again(client: Client) -> None:
    tender = TenderFactory(active=True)
    agency(client, tender)

    client.post(url("bid", tender.code), {"amount": "90000"})
    client.post(url("bid", tender.code), {"amount": "80000"})
    assert client.get(url("bid_withdraw", tender.code)).status_code == 200
    client.post(url("bid_withdraw", tender.code))
    assert Bid.objects.get().status == "withdrawn"
    client.post(url("bid", tender.code), {"amount": "85000"})

    assert Bid.objects.get().status == "active"
    assert [unsealed(offer) for offer in Offer.objects.order_by("version")] == [
        Decimal(90000),
        Decimal(80000),
        Decimal(85000),
    ]


def test_a_bid_at_the_deadline_is_late(client: Client) -> None:
    tender = TenderFactory(active=True)
    acting = agency(client, tender)

    with time_machine.travel(tender.tender_period_end, tick=False):
        client.force_login(acting.user)
        late = client.post(url("bid", tender.code), {"amount": "80000"})
    assert late.status_code == 422
    assert "报名尚未开始或已经截止" in late.content.decode()
    assert not Bid.objects.exists()

    with time_machine.travel(tender.tender_period_end - timedelta(seconds=1), tick=False):
        client.force_login(acting.user)
        client.post(url("bid", tender.code), {"amount": "80000"})
    assert Bid.objects.count() == 1


def test_the_named_agency_accepts_or_declines_a_direct_order(client: Client) -> None:
    item = ServiceItemFactory(published=True)
    accepted = TenderFactory(active=True, item=item, direct=bidder(item))
    declined = TenderFactory(active=True, item=item, direct=bidder(item))

    client.force_login(party(accepted.named_agency, Role.AGENCY_MANAGER).user)
    said = client.post(url("bid", accepted.code), {"amount": "80000"}, follow=True)
    client.force_login(party(declined.named_agency, Role.AGENCY_MANAGER).user)
    client.post(url("bid_decline", declined.code))

    accepted.refresh_from_db()
    declined.refresh_from_db()
    assert (accepted.status, declined.status) == ("evaluated", "unsuccessful")
    assert "已接受这次直接选取并完成选取，不能再修改或撤回。" in said.content.decode()
    told = Message.objects.get(kind="bidding/order_accepted")
    assert told.body.endswith("接受后选取立即完成，金额随结果公开，不能再修改或撤回。")
    assert not Message.objects.filter(body__contains="可以修改或者撤回").exists()


def test_after_the_deadline_a_bid_says_why_it_is_not_withdrawn(client: Client) -> None:
    tender = TenderFactory(closed=True)
    acting = agency(client, tender)
    BidFactory(tender=tender, agency=acting.organization)

    html = on_one_line(client.get(url("bid", tender.code)))

    assert url("bid_withdraw", tender.code) not in html
    assert 'data-guard="tender_takes_bids"' in html.rsplit("撤回报价", 1)[1]


def test_after_the_answer_a_direct_order_can_neither_be_accepted_nor_declined(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(evaluated=True, item=item, direct=bidder(item))
    client.force_login(party(tender.named_agency, Role.AGENCY_MANAGER).user)

    html = client.get(url("bid", tender.code)).content.decode()

    assert url("bid_decline", tender.code) not in html
    assert "已经开启报价，全部报价都已公开，不能再报价、修改或者撤回。" in html
    assert ("谢绝这次选取" in html, "接受并提交金额" in html) == (False, False)


def test_after_the_opening_an_agency_sees_no_seal_and_nothing_to_change(client: Client) -> None:
    tender = TenderFactory(closed=True)
    acting = agency(client, tender)
    BidFactory(tender=tender, agency=acting.organization, amount=70000)
    rival = BidFactory(tender=tender, amount=80000)

    sealed = client.get(url("bid", tender.code)).content.decode()
    evaluate_tender(tender=tender, at=tender.opening_at)
    opened = client.get(url("bid", tender.code)).content.decode()
    client.force_login(party(rival.agency, Role.AGENCY_MANAGER).user)
    second = client.get(url("bid", tender.code)).content.decode()

    offered = ("报价已密封", "撤回报价", "修改报价", "距报名截止", "t-sealed")
    assert [word in sealed for word in offered] == [True] * len(offered)
    for html, word in ((opened, "拟中选，等待登记"), (second, "已开启")):
        assert [word for word in offered if word in html] == []
        assert word in html
        assert "已经开启报价，全部报价都已公开，不能再报价、修改或者撤回。" in html


def test_a_direct_order_tells_until_when_to_accept_and_no_time_of_an_opening(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(active=True, item=item, direct=bidder(item))
    client.force_login(party(tender.named_agency, Role.AGENCY_MANAGER).user)

    html = client.get(url("bid", tender.code)).content.decode()

    assert ("距接受期限" in html, "<dt>接受期限</dt>" in html) == (True, True)
    assert ("开启报价并选取" in html, "距报名截止" in html) == (False, False)


def test_withdrawing_somebody_elses_bid_finds_nothing(client: Client) -> None:
    bid = BidFactory()
    agency(client, bid.tender)

    assert client.post(url("bid_withdraw", bid.tender.code)).status_code == 404
    bid.refresh_from_db()
    assert bid.status == "active"


# --- The contract ---------------------------------------------------------------------------------
def side(client: Client, award: Award, *, of_buyer: bool) -> Party:
    organization = award.tender.buyer if of_buyer else award.bid.agency
    role = Role.BUYER_MANAGER if of_buyer else Role.AGENCY_MANAGER
    acting = party(organization, role)
    client.force_login(acting.user)
    return acting


def test_one_side_uploads_and_the_other_confirms(client: Client) -> None:
    award = AwardFactory(active=True)
    slug = award.tender.slug

    with time_machine.travel(award.awarded_at + timedelta(hours=1), tick=False):
        side(client, award, of_buyer=False)
        client.post(url("contract_upload", slug), {"file": upload()})
        own = client.post(url("contract_confirm", slug), follow=True)
        assert Contract.objects.get().status == "pending"
        assert own.status_code == 422
        assert "合同文本由对方确认，上传的一方不能自己确认" in own.content.decode()
        side(client, award, of_buyer=True)
        html = client.get(url("contract", slug)).content.decode()
        assert "合同.pdf" in html
        client.post(url("contract_confirm", slug))

    contract = Contract.objects.get()
    assert (contract.status, contract.amount) == ("active", award.amount)


def test_a_renamed_program_is_no_contract(client: Client) -> None:
    award = AwardFactory(active=True)

    with time_machine.travel(award.awarded_at + timedelta(hours=1), tick=False):
        side(client, award, of_buyer=False)
        response = client.post(
            url("contract_upload", award.tender.slug), {"file": upload(EXE, "合同.pdf")}
        )

    assert response.status_code == 422
    assert not Document.objects.exists()
    assert not ContractUpload.objects.exists()


def test_the_contract_is_not_there_for_strangers(client: Client) -> None:
    contract = ContractFactory(active=True)
    slug = contract.award.tender.slug
    stranger = party(bidder(), Role.AGENCY_MANAGER)
    client.force_login(stranger.user)

    assert client.get(url("contract", slug)).status_code == 404
    assert client.post(url("deliver", slug), {"file": upload()}).status_code == 404


def test_the_agency_delivers_and_the_buyer_returns_accepts_and_rates(client: Client) -> None:
    contract = ContractFactory(active=True)
    award = contract.award
    slug = award.tender.slug

    with time_machine.travel(contract.signed_at + timedelta(days=3), tick=False):
        side(client, award, of_buyer=False)
        client.post(url("deliver", slug), {"file": upload(), "note": "报批稿"})
        side(client, award, of_buyer=True)
        client.post(url("return_delivery", slug), {"reasons": "第三章数据有误。"})
        contract.refresh_from_db()
        assert contract.status == "active"
        side(client, award, of_buyer=False)
        client.post(url("deliver", slug), {"file": upload(), "note": "更正稿"})
        side(client, award, of_buyer=True)
        client.post(url("accept_delivery", slug))
        rated = client.post(url("rate", slug), STARS, follow=True)

    assert rated.status_code == 200
    contract.refresh_from_db()
    assert contract.accepted_at is not None
    evaluation = Evaluation.objects.get()
    assert (evaluation.side, evaluation.quality, evaluation.attitude) == ("buyer", 5, 4)
    assert list(contract.deliverables.order_by("pk").values_list("status", flat=True)) == [
        "returned",
        "accepted",
    ]


def test_only_the_agency_delivers_and_only_the_buyer_accepts(client: Client) -> None:
    contract = ContractFactory(delivered=True)
    slug = contract.award.tender.slug

    side(client, contract.award, of_buyer=True)
    assert client.post(url("deliver", slug), {"file": upload()}).status_code == 403
    side(client, contract.award, of_buyer=False)
    assert client.post(url("accept_delivery", slug)).status_code == 403

    contract.refresh_from_db()
    assert contract.status == "delivered"


def test_the_buyer_sees_until_when_the_result_is_to_be_accepted(client: Client) -> None:
    contract = ContractFactory(delivered=True)
    slug = contract.award.tender.slug

    with time_machine.travel(contract.delivered_at + timedelta(days=1), tick=False):
        acting = side(client, contract.award, of_buyer=True)
        [todo] = todos(acting, contract.delivered_at)
        html = client.get(url("contract", slug)).content.decode()

    assert (todo.title, todo.due_at, todo.rule) == ("验收成果", ACCEPT_DUE, "acceptance.window")
    assert "验收期限" in html
    assert ">2027年6月13日 24:00</time>" in html


def test_a_rating_needs_all_five_stars(client: Client) -> None:
    contract = ContractFactory(accepted=True)

    with time_machine.travel(contract.accepted_at + timedelta(days=1), tick=False):
        side(client, contract.award, of_buyer=True)
        response = client.post(url("rate", contract.award.tender.slug), {**STARS, "quality": ""})

    assert response.status_code == 422
    assert not Evaluation.objects.exists()


def test_an_agency_reads_which_items_it_may_do_and_what_it_lacks_for_the_others(
    client: Client,
) -> None:
    near, far = ServiceItemFactory(published=True), ServiceItemFactory(published=True)
    agency(client, TenderFactory(active=True, item=near))

    html = on_one_line(client.get(url("agency_items")))

    assert html.index(near.name) < html.index(far.name)
    assert f"没有在“{far.service_class}”类别登记并作出承诺。" in html
    assert f"没有在“{near.service_class}”" not in html
