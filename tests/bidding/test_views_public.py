"""What everybody may read, with a fixed number of queries per list."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from bidding.actions.awards import abandon_award
from bidding.actions.tenders import evaluate_tender
from bidding.effects import end_standing_bids
from bidding.models import Selection
from bidding.pages.agencies import agencies, eligible_agencies
from credit.actions import correct_entry
from credit.pages.cases import effects_of_signing
from credit.standing import is_restricted
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    SIGNED,
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    QualificationFactory,
    Role,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
    division,
    party,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def page(client: Client, name: str, *args: str, **parameters: object) -> str:
    response = client.get(reverse(f"bidding:{name}", args=args), parameters)
    assert response.status_code == 200
    return on_one_line(response)


def test_the_order_list_shows_published_orders_and_no_draft(client: Client) -> None:
    TenderFactory(active=True, title="沙河片区环境影响报告表编制")
    TenderFactory(title="还没有发布的项目")

    html = page(client, "tender_list")

    assert "沙河片区环境影响报告表编制" in html
    assert "还没有发布的项目" not in html
    assert "共 <strong>1</strong> 项采购" in html


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"phase": "open"}, ["甲项目"]),
        ({"phase": ["open", "selecting"]}, ["甲项目", "乙项目"]),
        ({"city": "360100"}, ["乙项目"]),
        ({"city": "360700", "phase": "selecting"}, []),
        ({"q": "甲"}, ["甲项目"]),
        ({"q": "没有这样的"}, []),
        ({"phase": "no-such-phase", "page": "99"}, ["甲项目", "乙项目"]),
    ],
)
def test_the_order_list_narrows(
    client: Client, parameters: dict[str, object], expected: list[str]
) -> None:
    TenderFactory(active=True, title="甲项目")
    TenderFactory(closed=True, title="乙项目", division=division("360102"))

    html = page(client, "tender_list", **parameters)

    assert [title for title in ("甲项目", "乙项目") if title in html] == expected


def test_the_order_list_begins_with_what_closes_next_then_the_newest(client: Client) -> None:
    for title, days in (("后截止", 3), ("先截止", 1), ("刚截止", 0)):
        TenderFactory(active=True, title=title, tender_period_end=NOON + timedelta(days=days))
    TenderFactory(closed=True, title="旧公告", published_at=NOON - timedelta(days=9))
    TenderFactory(closed=True, title="新公告", published_at=NOON - timedelta(hours=1))

    response = client.get(reverse("bidding:tender_list"))

    shown = [tender.title for tender in response.context["tenders"]]
    assert shown == ["先截止", "后截止", "新公告", "刚截止", "旧公告"]
    assert 'aria-sort="ascending"' in response.content.decode()


def test_the_order_list_says_what_to_give_up_when_it_finds_nothing(client: Client) -> None:
    TenderFactory(active=True)

    html = page(client, "tender_list", city="360700", phase="cancelled")

    assert "“已取消 · 赣州市”目前没有。" in html
    assert "去掉“已取消”后有 1 项。" in html
    assert 'href="?city=360700"' in html
    assert "CSV" not in html


def test_the_order_list_can_be_downloaded_as_it_is_filtered(
    client: Client, django_assert_num_queries
) -> None:
    TenderFactory(active=True, title="=1+1")
    TenderFactory(closed=True, title="已截止的项目")
    address = reverse("bidding:tender_csv")

    with django_assert_num_queries(6):
        response = client.get(address, {"phase": "open"})
        rows = b"".join(response.streaming_content).decode().splitlines()

    assert response.headers["Content-Disposition"] == 'attachment; filename="tenders-20261124.csv"'
    assert len(rows) == 2
    assert ",'=1+1," in rows[1]
    assert f'href="{address}?phase=open"' in page(client, "tender_list", phase="open")


def test_the_download_needs_the_same_queries_for_one_order_and_for_ten(
    client: Client, django_assert_num_queries
) -> None:
    TenderFactory.create_batch(10, active=True)
    AwardFactory(active=True)

    with django_assert_num_queries(6):
        b"".join(client.get(reverse("bidding:tender_csv")).streaming_content)


def test_the_order_list_counts_what_a_choice_would_show(client: Client) -> None:
    TenderFactory.create_batch(2, active=True)
    TenderFactory(closed=True)

    response = client.get(reverse("bidding:tender_list"), {"phase": "open"})

    phases = next(facet for facet in response.context["facets"] if facet.name == "phase")
    assert [(option.value, option.count, option.on) for option in phases.options] == [
        ("open", 2, True),
        ("selecting", 1, False),
    ]


@pytest.mark.parametrize("name", ["tender_list", "award_list", "agency_list", "item_list"])
def test_a_list_sends_the_same_number_of_queries_however_long_it_is(
    client: Client, name: str, django_assert_num_queries
) -> None:
    def fill() -> None:
        award = AwardFactory(active=True)
        bidder(award.tender.item)
        TenderFactory(active=True)

    fill()
    page(client, name)
    with CaptureQueriesContext(connection) as few:
        page(client, name)
    fill()
    fill()

    with django_assert_num_queries(len(few)):
        page(client, name)


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


def test_the_list_of_awards_says_how_many_of_each_kind_it_holds(client: Client) -> None:
    for state in ("active", "complete", "complete", "cancelled"):
        AwardFactory(**{state: True})
    AwardFactory()

    text = " ".join(strip_tags(page(client, "award_list")).split())

    assert "全省已中选 3 项，结果公示 1 项，已取消 1 项" in text
    assert "共 5 项选取结果" in text


def test_the_letter_is_public_once_it_is_issued(client: Client) -> None:
    issued, pending = AwardFactory(active=True), AwardFactory()

    html = page(client, "award_letter", issued.tender.code)

    assert issued.letter_number in html
    response = client.get(reverse("bidding:award_letter", args=[pending.tender.code]))
    assert response.status_code == 404


def test_an_item_page_states_its_legal_basis_and_a_draft_has_none(client: Client) -> None:
    item, draft = ServiceItemFactory(published=True), ServiceItemFactory()

    assert item.legal_basis in page(client, "item", item.code)
    assert client.get(reverse("bidding:item", args=[draft.code])).status_code == 404


def test_the_pages_of_item_and_order_say_who_may_do_the_work_and_by_what_law(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    other = ServiceClassFactory(name="安全评价")
    item.requirement = {
        "any_of": [
            {"kind": "filing", "service_class": item.service_class.code, "basis": "平台默认"},
            {"kind": "certificate", "service_class": other.code, "basis": "《建筑法》第十三条"},
        ]
    }
    item.save()
    tender = TenderFactory(active=True, item=item)

    for html in (page(client, "item", item.code), page(client, "tender", tender.code)):
        for words in ("具备其一", f"“{item.service_class}”备案", "“安全评价”资质证书", "第十三条"):
            assert words in html


def test_an_agency_page_shows_class_standing_and_awards(client: Client) -> None:
    award = AwardFactory(active=True)
    agency = award.bid.agency

    html = page(client, "agency", agency.slug)

    assert agency.uscc in html
    assert award.tender.title in html
    assert "没有公示的限制" in html


def test_an_agency_page_marks_what_was_corrected_and_tells_nothing_of_the_unpublished(
    client: Client,
) -> None:
    entry = EntryFactory(kind="collusion", points=-40, recorded_by=UserFactory())
    agency, by = entry.organization, UserFactory()
    correct_entry(entry=entry, points=Decimal(0), note="事实有误。", by=by, at=NOON)
    hidden = EntryFactory(organization=agency, kind="bribery", points=-40, recorded_by=by)
    CaseFactory(organization=agency, severity="minor", entry=hidden, decided=True)

    text = " ".join(strip_tags(page(client, "agency", agency.slug)).split())

    assert "已更正，本条不再计分" in text
    assert text.count("串通报价") == 1
    assert "−40" not in text
    assert "+0" not in text
    assert "行贿" not in text
    assert "100 分" in text


def test_an_agency_page_shows_no_points_when_their_correction_is_not_public(
    client: Client,
) -> None:
    entry = EntryFactory(kind="collusion", points=-40, recorded_by=UserFactory())
    agency, by = entry.organization, UserFactory()
    heir = correct_entry(entry=entry, points=Decimal(-40), note="D2", by=by, at=NOON)
    CaseFactory(organization=agency, severity="general", entry=entry, revoked=True)
    CaseFactory(organization=agency, severity="minor", entry=heir, decided=True)

    text = " ".join(strip_tags(page(client, "agency", agency.slug)).split())

    assert "已更正，本条不再计分" in text
    assert text.count("串通报价") == 1
    assert "−40" not in text
    assert "100 分" in text


def test_an_agency_that_only_registered_has_no_public_page(client: Client) -> None:
    draft = bidder()
    draft.agency.delete()

    assert client.get(reverse("bidding:agency", args=[draft.slug])).status_code == 404


def test_the_publicity_list_names_who_may_be_objected_to_until_when_and_how(
    client: Client,
) -> None:
    later = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=2))
    sooner = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=1))
    known = QualificationFactory(agency=sooner)
    others = [AgencyFactory(**{state: True}) for state in ("submitted", "returned", "active")]

    html = page(client, "agency_publicity")

    assert html.index(sooner.organization.name) < html.index(later.organization.name)
    assert known.service_class.name in html
    assert "2026年11月25日" in html
    assert "怎样提出异议" in html
    assert reverse("bidding:agency", args=[sooner.organization.slug]) in html
    assert [one for one in others if one.organization.name in html] == []


def test_the_publicity_list_is_one_step_from_the_register(client: Client) -> None:
    html = page(client, "agency_list")

    head = html[html.index("<main") : html.index("</main>")]
    assert f'href="{reverse("bidding:agency_publicity")}"' in head


def test_an_empty_publicity_list_says_so(client: Client) -> None:
    assert "现在没有公示中的机构" in page(client, "agency_publicity")


def test_the_publicity_list_needs_the_same_queries_for_one_row_and_for_ten(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    QualificationFactory(agency=AgencyFactory(publicity=True))
    with CaptureQueriesContext(connection) as one:
        page(client, "agency_publicity")
    for _row in range(9):
        QualificationFactory(agency=AgencyFactory(publicity=True))

    with django_assert_num_queries(len(one)):
        page(client, "agency_publicity")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({}, 404),
        ({"submitted": True}, 404),
        ({"returned": True}, 404),
        ({"publicity": True}, 200),
        ({"active": True}, 200),
        ({"withdrawn": True}, 200),
        ({"status": "withdrawn", "withdrawn_at": NOON}, 404),
        ({"activated_at": NOON}, 200),
    ],
    ids=[
        *("draft", "submitted", "returned", "publicity", "active", "withdrawn"),
        *("withdrawn as a draft", "once active, applying again"),
    ],
)
def test_an_agency_has_a_public_page_from_its_publicity_on(
    client: Client, state: dict[str, object], status: int
) -> None:
    agency = AgencyFactory(**state).organization

    assert client.get(reverse("bidding:agency", args=[agency.slug])).status_code == status


def test_what_an_agency_that_left_fills_in_anew_is_not_public_before_its_check(
    client: Client,
) -> None:
    agency = AgencyFactory(complete=True, activated_at=NOON, office_address="没有审核过的地址")
    QualificationFactory(agency=agency, certificate_number="没有审核过的证书")

    html = page(client, "agency", agency.organization.slug)

    assert "没有审核过" not in html
    assert "已退出" in html
    assert "中选记录" in html


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


def test_a_removed_agency_stays_listed_with_its_state_and_is_eligible_again_after_the_term(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    agency, other = bidder(item), bidder(item)
    tender = TenderFactory(item=item)
    removal = RestrictionFactory(
        organization=agency, kind="removal", case__restriction_kind="removal"
    )
    said = effects_of_signing(removal.case, NOON)

    assert any("标明“清退”" in sentence for sentence in said)
    for at, listed in (
        (NOON - timedelta(microseconds=1), {agency, other}),
        (NOON, {other}),
        (removal.effective_to - timedelta(microseconds=1), {other}),
        (removal.effective_to, {agency, other}),
    ):
        assert {*eligible_agencies(tender, at)} == listed
        assert is_restricted(agency, at) == (agency not in listed)
    assert {*agencies()} == {agency, other}
    html = page(client, "agency_list")
    assert agency.name in html
    assert html.count("清退") == 1
    own = page(client, "agency", agency.slug)
    assert removal.slug in own
    assert "全省有效" not in own.split("<h1>")[0]


def test_a_frozen_agency_stays_on_the_register_and_is_called_so_alone(client: Client) -> None:
    agency, partly = bidder(), bidder(item := ServiceItemFactory(published=True))
    RestrictionFactory(organization=agency)
    RestrictionFactory(organization=partly, service_class=item.service_class)

    assert agency.name in page(client, "agency_list")
    heads = [page(client, "agency", one.slug).split("<h1>")[0] for one in (agency, partly)]
    assert [("暂停报名" in head, "全省有效" in head) for head in heads] == [
        (True, False),
        (True, True),
    ]


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
    assert f"结果：{winner.agency.name}以 ¥51,234.00 中选。" in text
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


# --- the letter of award ---
def test_the_letter_names_the_winner_and_until_when_to_sign(client: Client) -> None:
    award = AwardFactory(active=True)

    text = page(client, "award_letter", award.tender.code)

    assert "结果公示期满，贵单位中选。" in text
    assert "2026年12月17日 24:00" in text
    assert "取消" not in text
    assert "暂定" not in text


def test_a_letter_says_that_its_time_for_the_signature_is_provisional(client: Client) -> None:
    award = AwardFactory(active=True, is_end_provisional=True)

    assert "暂定" in page(client, "award_letter", award.tender.code)


def test_the_letter_of_a_cancelled_award_says_so_with_day_and_reasons(client: Client) -> None:
    award = AwardFactory(active=True)
    abandon_award(award=award, reasons="人员不足。", by=UserFactory(), at=SIGNED)

    text = strip_tags(page(client, "award_letter", award.tender.code))

    assert "中选通知书（已取消）" in text
    assert (
        "已取消：中选结果已于 2026年12月8日 10:00 取消，这份通知书不再有效。理由：人员不足。"
        in text
    )
    assert "贵单位中选" not in text
    assert "请在签约期限内" not in text


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


@pytest.mark.parametrize(("name", "order"), [("item_list", "open"), ("agency_publicity", "latest")])
def test_a_list_says_its_order_and_another_one_asks_no_more(
    client: Client, name: str, order: str
) -> None:
    first, last = ServiceItemFactory(published=True), ServiceItemFactory(published=True)
    TenderFactory(active=True, item=last)
    ends = AgencyFactory(publicity=True), AgencyFactory(publicity=True)
    with CaptureQueriesContext(connection) as usual:
        plain = client.get(reverse(f"bidding:{name}"))

    with CaptureQueriesContext(connection) as other:
        turned = client.get(reverse(f"bidding:{name}"), {"sort": order})

    assert len(usual) == len(other)
    assert [link.is_on for link in plain.context["sorting"].links] == [True, False]
    assert [link.is_on for link in turned.context["sorting"].links] == [False, True]
    if name == "item_list":
        [group] = turned.context["groups"]
        assert [row.code for row in group.items] == [last.code, first.code]
    else:
        found = [[row.agency.slug for row in page.context["agencies"]] for page in (plain, turned)]
        assert found[0] == found[1][::-1]
        assert {*found[0]} == {agency.organization.slug for agency in ends}


def test_the_page_of_an_item_shows_its_open_orders_by_pages(client: Client) -> None:
    first = TenderFactory(active=True)
    TenderFactory.create_batch(20, active=True, item=first.item)

    pages = [page(client, "item", first.item.code, page=number) for number in (1, 2)]

    assert [text.count('class="q ttl"') for text in pages] == [20, 1]
