"""The page of an order as everybody reads it."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from bidding.actions.tenders import evaluate_tender
from bidding.effects import end_standing_bids
from bidding.models import Selection
from tests.bidding.public_pages import page
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import Role, ServiceItemFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_an_order_page_of_an_open_order_shows_terms_and_no_bid(client: Client) -> None:
    tender = TenderFactory(active=True)
    bid = BidFactory(tender=tender)
    OfferFactory(bid=bid, version=2, amount=Decimal("81234.56"))

    html = page(client, "tender", tender.code)

    assert tender.seal.commitment in html
    assert "开启报价后公开" in html
    assert bid.agency.name not in html
    assert "81,234.56" not in html


def test_the_dock_of_an_order_page_is_there_while_the_reader_can_act(client: Client) -> None:
    tender, closed = TenderFactory(active=True), TenderFactory(closed=True)

    assert 'class="z-dock no-print"' in page(client, "tender", tender.code)
    assert "z-dock" not in page(client, "tender", closed.code)

    agency = party(bidder(tender.item), Role.AGENCY_MANAGER)
    client.force_login(agency.user)
    assert "提交密封报价</a></div></div>" in page(client, "tender", tender.code)
    client.force_login(party(bidder(), Role.AGENCY_MANAGER).user)
    assert "z-dock" not in page(client, "tender", tender.code)


@pytest.mark.parametrize("state", ["submitted", "returned", "reviewed"])
def test_an_order_that_is_not_published_has_no_public_page(client: Client, state: str) -> None:
    tender = TenderFactory(**{state: True})

    for address in (tender.slug, tender.code or "JX360702-2026-99999"):
        response = client.get(reverse("bidding:tender", args=[address]))
        assert response.status_code == 404


def test_an_awarded_order_shows_the_winner_and_every_quote(client: Client) -> None:
    award = AwardFactory(active=True)

    html = page(client, "tender", award.tender.code)

    assert award.bid.agency.name in html
    assert f"{award.amount:,.2f}" in html


def test_an_agencys_person_learns_on_the_order_page_whether_it_may_bid(client: Client) -> None:
    tender = TenderFactory(active=True)
    able, unable = bidder(tender.item), bidder()

    client.force_login(party(able, Role.AGENCY_MANAGER).user)
    assert "贵单位可以报名" in page(client, "tender", tender.code)

    client.force_login(party(unable, Role.AGENCY_MANAGER).user)
    html = page(client, "tender", tender.code)
    assert "贵单位目前不能报名" in html
    assert 'aria-disabled="true"' in html


def test_the_deadline_itself_is_too_late(client: Client) -> None:
    tender = TenderFactory(active=True)

    with time_machine.travel(tender.tender_period_end - timedelta(seconds=1), tick=False):
        assert "报名中" in page(client, "tender", tender.code)
    with time_machine.travel(tender.tender_period_end, tick=False):
        assert "等待选取" in page(client, "tender", tender.code)


@pytest.mark.parametrize("state", ["active", "closed"])
def test_an_order_past_its_deadline_offers_no_sign_up(client: Client, state: str) -> None:
    tender = TenderFactory(**{state: True})

    with time_machine.travel(tender.tender_period_end, tick=False):
        html = page(client, "tender", tender.code)

    assert ("报名已经截止" in html, "等待开启报价" in html) == (True, True)
    offered = ("登录后报名", "截止前可以修改或撤回", "距报名截止", "z-dock")
    assert [word for word in offered if word in html] == []


def test_before_the_registration_the_order_page_names_who_is_to_win_and_no_loser(
    client: Client,
) -> None:
    tender = TenderFactory(closed=True)
    for amount in (90000, 80000, 85000):
        BidFactory(tender=tender, amount=amount)
    BidFactory(tender=tender, excluded=True)
    evaluate_tender(tender=tender, at=OPENING)

    html = page(client, "tender", tender.code)

    assert (html.count("拟中选，等待登记"), html.count("已开启</span>")) == (1, 2)
    assert html.count('class="win"') == 1
    assert "80,000.00" in html.split('class="win"', 1)[1].split("</tr>", 1)[0]
    assert ("未中选" in html, "t-sealed" in html) == (False, False)


@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.parametrize("when", ["decision", "opening"])
def test_only_a_published_decision_is_named_by_the_order_its_evidence_and_its_check(
    client: Client, tmp_path: Path, is_public: bool, when: str
) -> None:
    tender = TenderFactory(closed=True)
    winner, fallen = BidFactory(tender=tender), BidFactory(tender=tender, amount=50000)
    restriction = RestrictionFactory(organization=fallen.agency, is_public=is_public)
    number = restriction.case.decision_number
    if when == "decision":
        end_standing_bids(
            organization=fallen.agency, branches=[], service_class=None, reference=number, at=NOON
        )

    evaluate_tender(tender=tender, at=OPENING)

    order, check = page(client, "tender", tender.code), page(client, "tender_verify", tender.code)
    response = client.get(reverse("bidding:tender_evidence", args=[tender.code]))
    for text in (order, check, response.content.decode()):
        assert fallen.agency.name in text
        assert (number in text) == is_public
    assert ("因信用限制终止" in order) == is_public
    for text in (order, check):
        assert ("原因不公开" in text) != is_public
    evidence = json.loads(response.content)
    states = {one["uscc"]: (one["status"], one["reference"]) for one in evidence["entrants"]}
    assert states[fallen.agency.uscc] == (
        ("ended", number) if is_public else ("excluded", "unpublished")
    )
    assert evidence["winner"] == winner.agency.uscc
    file, out = tmp_path / "evidence.json", StringIO()
    file.write_bytes(response.content)
    call_command("verify_draw", str(file), digest=Selection.objects.get().sha256, stdout=out)
    assert out.getvalue().splitlines()[-1].startswith(f"结论　验证通过：{tender.code}")


def test_the_check_of_a_selection_says_its_verdict_and_names_the_winner(client: Client) -> None:
    tender = TenderFactory(closed=True)
    winner = BidFactory(tender=tender, amount=51234)
    evaluate_tender(tender=tender, at=OPENING)

    html = client.get(reverse("bidding:tender_verify", args=[tender.code])).content.decode()

    text = " ".join(strip_tags(html).split())
    assert "承诺与种子一致 平台核对" in text
    assert f"选取的结果是{winner.agency.name}，金额 ¥51,234.00。" in text
    assert f"--commitment {tender.seal.commitment}" in html
    assert "<noscript>" in html


def test_a_public_order_page_shows_the_contract_but_not_its_file(client: Client) -> None:
    contract = ContractFactory(delivered=True)
    upload = ContractUploadFactory(contract=contract)

    html = page(client, "tender", contract.award.tender.code)

    assert contract.number in html
    assert f"¥{contract.amount:,}" in html
    assert "2026年12月15日 10:00" in html
    assert upload.document.slug not in html
    assert upload.document.name not in html


@pytest.mark.parametrize("is_revoked", [True, False])
def test_a_decision_that_fell_is_shown_as_fallen_beside_the_bid_that_it_ended(
    client: Client, is_revoked: bool
) -> None:
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender)
    fallen = BidFactory(tender=tender)
    restriction = RestrictionFactory(
        organization=fallen.agency, lifted_at=NOON if is_revoked else None
    )
    number = restriction.case.decision_number
    end_standing_bids(
        organization=fallen.agency, branches=[], service_class=None, reference=number, at=NOON
    )
    evaluate_tender(tender=tender, at=OPENING)

    order = page(client, "tender", tender.code)
    client.force_login(party(fallen.agency, Role.AGENCY_MANAGER).user)
    own = page(client, "bid", tender.code)

    for html, day in ((order, "2026年11月24日"), (own, "2026年11月24日 12:00")):
        text = strip_tags(html)
        assert number in text
        assert (f"该决定已于 {day} 撤销，报价仍为终止" in text) == is_revoked


@pytest.mark.parametrize(
    ("state", "word", "reason"),
    [
        ("unsuccessful", "流标", "有效报名 0 家，少于规则要求的 1 家"),
        ("cancelled", "已取消", "项目不再进行。"),
    ],
)
def test_k10_04_an_order_that_came_to_nothing_stays_public_with_its_reason(
    client: Client, state: str, word: str, reason: str
) -> None:
    tender = TenderFactory(**{state: True})

    page = client.get(f"/tenders/{tender.code}/")

    assert page.status_code == 200
    html = page.content.decode()
    assert (word in html, reason in html) == (True, True)
    assert tender.title in client.get("/tenders/").content.decode()


def test_the_notice_of_a_direct_order_says_whom_the_buyer_names_and_why(client: Client) -> None:
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    tender = TenderFactory(active=True, item=item, direct=agency)

    html = client.get(f"/tenders/{tender.code}/").content.decode()

    assert agency.name in html
    assert tender.naming_reasons in html
    other = TenderFactory(active=True)
    assert "直接选取的机构" not in client.get(f"/tenders/{other.code}/").content.decode()


def test_only_an_order_whose_amounts_wait_for_the_opening_is_called_sealed(client: Client) -> None:
    item = ServiceItemFactory(published=True)
    open_to_all = TenderFactory(active=True, item=item)
    direct = TenderFactory(active=True, item=item, direct=bidder(item))

    assert "密封报价</span>" in page(client, "tender", open_to_all.code)
    assert "密封报价" not in page(client, "tender", direct.code)
