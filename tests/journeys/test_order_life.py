"""One order's whole life over HTTP, as each reader, from the sign-up to the public's search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache

from bidding.models import Award, Bid, Contract, Tender
from credit.models import Case, Restriction, StandingCheck
from marketplace.guards.papers import needed_papers
from marketplace.kernel.due import run_due
from marketplace.models import Agency, Buyer, Organization, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.factories.marketplace import (
    CITY,
    COUNTY,
    PASSWORD,
    PROVINCE,
    AuthorityFactory,
    Role,
    ServiceItemFactory,
    division,
    valid_uscc,
)
from tests.journeys.reader import Clock, Reader, letters, reader
from tests.uploads import PDF_BYTES, upload

pytestmark = pytest.mark.django_db

TITLE = "沙河片区雨污分流改造工程环境影响报告表编制"
OF_A_BID = "您有一条关于报名、报价的消息"  # before the opening no mail names an order
FACTS = {
    "nature": "company",
    "division": COUNTY,
    "founded_on": "2015-03-02",
    "business_scope": "工程咨询。",
    "address": "测试路1号",
    "office_address": "测试路2号",
    "contact_name": "李测试",
    "contact_phone": "0797-8123456",
}
CERTIFICATE = {
    "name": "测试资质证书",
    "level": "none",
    "issuer": "江西省测试主管部门",
    "valid_from": "2025-01-01",
    "valid_until": "2028-01-01",
}
NEED = {
    "content": "编制环境影响报告表，并按评审意见修改。",
    "service_time": "20",
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}
METHOD = {"method": "lowest", "ceiling": "86000.00", "price_basis": "同类成交价"}
STARS = dict.fromkeys(("quality", "attitude", "timeliness", "charges", "conduct"), "5")
NOTICE = {
    "kind": "collusion",
    "facts": "两家机构的报价文件由同一台设备制作。",
    "legal_basis": "《测试条例》",
    "severity": "serious",
    "restriction_kind": "freeze",
    "months": "12",
}
NAMES = ["江西甲咨询有限公司", "江西乙咨询有限公司"]
PUBLIC = Reader()


@pytest.fixture
def time() -> Iterator[Clock]:
    """Noon in a province with its rules, its calendar and its places."""
    cache.clear()
    load_reference()
    for code in (PROVINCE, CITY, COUNTY):
        division(code)
    with time_machine.travel(NOON, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def item(time: Clock) -> ServiceItem:
    made: ServiceItem = ServiceItemFactory(published=True, name="环境影响报告表编制")
    return made


@pytest.fixture
def officers(time: Clock) -> list[Reader]:
    """Three officers of the place's operator."""
    center = AuthorityFactory(division=division(COUNTY), name="章贡区公共资源交易中心")
    return [reader(center, Role.OPERATOR) for _officer in range(3)]


@pytest.fixture
def regulators(time: Clock) -> list[Reader]:
    bureau = AuthorityFactory(division=division(COUNTY), name="章贡区行政审批局")
    return [reader(bureau, Role.REGULATOR) for _officer in range(2)]


# --- Who takes part -------------------------------------------------------------------------------
def sign_up(username: str) -> Reader:
    """Fill in the sign-up form; the new person is signed in at once."""
    new = Reader()
    email = f"{username}@example.test"
    new.sends(
        "/accounts/signup/",
        username=username,
        email=email,
        password1=PASSWORD,
        password2=PASSWORD,
    )
    new.username = username
    new.confirms_address()
    return new


def apply(number: int, name: str, item: ServiceItem) -> Reader:
    """Take an agency from the sign-up to its submitted application, page by page."""
    manager, uscc = sign_up(f"agency-{number}"), valid_uscc(number)

    page = manager.sends("/register/agency/", name=name, uscc=uscc, division=COUNTY)
    assert f"“{name}”已登记，您是它的管理员。" in page
    manager.sends(
        "/admission/facts/", **FACTS, name=name, uscc=uscc, legal_representative=f"法人{number}"
    )
    page = manager.sends(
        "/admission/qualifications/",
        **CERTIFICATE,
        service_class=item.service_class.code,
        certificate_number=f"赣测{number:04d}",
    )
    assert f"赣测{number:04d}" in page
    for one in needed_papers(Agency.objects.get(organization__uscc=uscc)):
        manager.sends("/admission/papers/", paper=one.key, scans=upload())
    page = manager.sends("/admission/commitment/", agreed="on")
    assert "待形式审核" in page
    return manager


def admit(names: list[str], item: ServiceItem, operator: Reader, time: Clock) -> list[Reader]:
    """Register agencies, let an officer check them, and wait for the end of the publicity."""
    managers = [apply(number, name, item) for number, name in enumerate(names, start=1)]

    queue = operator.opens("/operator/admissions/")
    for agency in Agency.objects.select_related("organization"):
        assert agency.organization.name in queue
        path = f"/operator/admissions/{agency.organization.slug}/"
        read = re.search(r'name="seen" value="([^"]+)"', operator.opens(path))
        assert read is not None
        operator.sends(f"{path}approve/", seen=read[1])
    assert "入驻公示" in managers[0].opens("/admission/")
    assert names[0] not in PUBLIC.opens("/agencies/")
    assert names[0] in PUBLIC.opens("/agencies/publicity/")
    ends = max(filter(None, (one.publicity_ends_at for one in Agency.objects.all())))
    time.move_to(ends + timedelta(hours=58))

    assert "全省有效" in managers[0].opens("/admission/")
    listed = PUBLIC.opens("/agencies/")
    assert [name for name in names if name not in listed] == []
    return managers


def register_buyer(officer: Reader) -> Reader:
    manager = sign_up("buyer")
    page = manager.sends(
        "/register/buyer/",
        name="章贡区测试业主",
        uscc=valid_uscc(99),
        nature="government",
        division=COUNTY,
    )
    assert "章贡区测试业主" in page
    slug = Buyer.objects.get().organization.slug
    assert "核验通过" in officer.sends(
        f"/operator/owners/{slug}/confirm/", authority_confirmed="on"
    )
    return manager


# --- The order ------------------------------------------------------------------------------------
def order(buyer: Reader, item: ServiceItem, title: str, signup_days: str = "") -> Tender:
    """Go through the buyer's wizard and send the order in."""
    buyer.sends("/buyer/tenders/new/", item=item.code, division=COUNTY)
    tender: Tender = Tender.objects.latest("pk")
    edit = f"/buyer/tenders/{tender.slug}/edit"
    buyer.sends(f"{edit}/need/", **NEED, title=title)
    check = buyer.sends(f"{edit}/method/", **METHOD, signup_days=signup_days)
    assert title in check
    page = buyer.sends(f"/buyer/tenders/{tender.slug}/submit/")
    assert "待审核" in page
    tender.refresh_from_db()
    return tender


def correct(tender: Tender, officer: Reader, buyer: Reader) -> None:
    """The officer returns the order; the buyer learns why and sends it in again."""
    officer.sends(f"/operator/tenders/{tender.slug}/return/", reasons="请写明服务地点。")
    assert f"采购“{tender.title}”被退回修改" in buyer.opens("/inbox/")
    assert "请写明服务地点。" in buyer.opens(f"/buyer/tenders/{tender.slug}/")
    assert "待审核" in buyer.sends(f"/buyer/tenders/{tender.slug}/submit/")
    tender.refresh_from_db()


def publish(tender: Tender, officers: list[Reader]) -> Tender:
    """One officer reviews, another publishes; before that the public finds nothing."""
    assert tender.title not in PUBLIC.opens("/tenders/")
    page = f"/operator/tenders/{tender.slug}/"
    assert tender.title in officers[0].opens(page)

    officers[0].sends(f"{page}approve/")
    officers[1].sends(f"{page}publish/")

    tender.refresh_from_db()
    assert tender.title in PUBLIC.opens("/tenders/")
    return tender


def bid(agency: Reader, tender: Tender, amount: str) -> None:
    assert tender.title in agency.opens("/agency/matches/")
    page = agency.sends(f"/tenders/{tender.code}/bid/", amount=amount)
    assert "报价已密封" in page


def select(
    tender: Tender, agencies: list[Reader], amounts: list[str], officers: list[Reader], time: Clock
) -> Award:
    """Bid, wait for the deadline and the opening, and let the third officer register."""
    for agency, amount in zip(agencies, amounts, strict=True):
        bid(agency, tender, amount)
    url = f"/tenders/{tender.code}/"
    sealed = PUBLIC.opens(url)
    assert [amount for amount in ("80,000", "79,000") if amount in sealed] == []

    assert tender.opening_at is not None
    time.move_to(tender.opening_at)
    opened = PUBLIC.opens(url)
    assert [amount for amount in ("¥80,000.00", "¥79,000.00") if amount not in opened] == []
    time.wait(hours=10)
    officers[2].sends(f"/operator/tenders/{tender.slug}/register/")
    assert "结果公示" in PUBLIC.opens(url)
    return Award.objects.get(tender=tender)


def sign(award: Award, buyer: Reader, winner: Reader, time: Clock) -> Contract:
    """Wait for the letter, then put up the contract and have the other side confirm it."""
    code, slug = award.tender.code, award.tender.slug
    PUBLIC.opens(f"/tenders/{code}/letter/", 404)
    time.move_to(award.publicity_ends_at)
    assert "中选通知书" in PUBLIC.opens(f"/tenders/{code}/letter/")

    time.wait(days=2, hours=10)
    page = winner.sends(f"/contracts/{slug}/upload/", file=upload())
    assert "合同.pdf" in page
    page = buyer.sends(f"/contracts/{slug}/confirm/")
    assert "合同已签订并备案，服务期限从现在起算。" in page
    return Contract.objects.get(award=award)


def serve(contract: Contract, buyer: Reader, winner: Reader, time: Clock) -> None:
    """Deliver, accept and rate, and wait until the contract is archived."""
    url = f"/contracts/{contract.award.tender.slug}"
    time.wait(days=2)
    winner.sends(f"{url}/deliver/", file=upload(PDF_BYTES, "报告表.pdf"), note="报批稿")
    time.wait(days=1)
    assert "报告表.pdf" in buyer.opens(f"{url}/")
    buyer.sends(f"{url}/accept/")
    time.wait(days=1)
    page = buyer.sends(f"{url}/rate/", **STARS, comment="按期完成，质量好。")
    assert "评价已公开" in page
    contract.refresh_from_db()
    assert contract.status == Contract.Status.RATED

    assert contract.rating_due_at is not None
    time.move_to(contract.rating_due_at + timedelta(hours=10))
    contract.refresh_from_db()
    assert contract.status == Contract.Status.ARCHIVED


# --- Conduct --------------------------------------------------------------------------------------
def sanction(
    organization: Organization, code: str, regulators: list[Reader], agency: Reader, time: Clock
) -> Restriction:
    """One officer gives notice, the agency states its view, the second officer decides."""
    first, second = regulators
    assert organization.name in first.opens(f"/regulator/cases/new/?q={organization.name}")
    first.sends(
        f"/regulator/cases/new/?agency={organization.slug}",
        **NOTICE,
        reference=code,
        occurred_on=f"{time.at:%Y-%m-%d}",
        evidence=upload(PDF_BYTES, "证据.pdf"),
    )
    case = Case.objects.get()
    assert case.number not in agency.opens("/credit/record/")
    first.sends(f"/regulator/cases/{case.slug}/notify/")
    assert case.number in agency.opens("/credit/record/")
    assert organization.name not in PUBLIC.opens("/credit/")

    time.wait(days=1)
    page = agency.sends(
        f"/credit/record/cases/{case.slug}/", statement="设备为共用打印室所有，并非串通。"
    )
    assert "设备为共用打印室所有" in page
    time.wait(hours=2)
    assert "设备为共用打印室所有" in second.opens(f"/regulator/cases/{case.slug}/")
    second.sends(f"/regulator/cases/{case.slug}/decide/", reasons="陈述与证据不符，不予采信。")
    return Restriction.objects.get(case=case)


def assert_it_ended_well(award: Award, contract: Contract, officers: list[Reader]) -> None:
    """Look at the rows: all at their end, the cheaper bid won, three officers took part."""
    tender = Tender.objects.get(pk=award.tender_id)
    award.refresh_from_db()
    assert (tender.status, award.status, contract.status) == ("complete", "complete", "archived")
    assert (award.amount, award.bid.agency.name) == (Decimal(79000), "江西甲咨询有限公司")
    four_eyes = {tender.reviewed_by, tender.published_by, tender.registered_by}
    assert four_eyes == {officer.user for officer in officers}


# --- Letters --------------------------------------------------------------------------------------
def letters_about(award: Award, contract: Contract) -> list[tuple[str, str]]:
    """Return who must have been written to about the order, and about what, from its draft on."""
    code, number = award.tender.code, contract.number
    return [
        ("buyer", "请确认您的邮箱"),
        ("buyer", "业主核验通过：章贡区测试业主"),
        ("buyer", f"采购“{TITLE}”被退回修改"),
        ("buyer", f"采购 {code} 已发布"),
        *[(who, OF_A_BID) for who in ("agency-1", "agency-2")],
        *[(who, f"采购 {code} 已开启报价并选取") for who in ("buyer", "agency-1", "agency-2")],
        ("agency-1", f"贵单位在 {code} 拟中选"),
        *[(who, f"采购 {code} 的结果开始公示") for who in ("agency-2", "buyer")],
        *[(who, f"中选通知书 {award.letter_number} 已发出") for who in ("buyer", "agency-1")],
        ("buyer", f"有一份合同文本等待确认：{code}"),
        *[(who, f"合同 {number} 已签订") for who in ("buyer", "agency-1")],
        ("buyer", f"成果已交付：{number}"),
        *[("agency-1", f"{what}：{number}") for what in ("成果已验收", "收到一份评价")],
    ]


# --- The story ------------------------------------------------------------------------------------
def test_one_order_lives_its_life_and_ends_in_a_sanction_of_its_winner(
    time: Clock, item: ServiceItem, officers: list[Reader], regulators: list[Reader]
) -> None:
    winner, loser = admit(NAMES, item, officers[0], time)
    assert letters() == [
        *[(f"agency-{number}", "请确认您的邮箱") for number in (1, 2)],
        *[(f"agency-{n}", f"形式审核通过：{name}") for n, name in enumerate(NAMES, start=1)],
        *[(f"agency-{n}", f"入驻生效，全省通行：{name}") for n, name in enumerate(NAMES, start=1)],
    ]
    buyer = register_buyer(officers[0])

    tender = order(buyer, item, TITLE)
    correct(tender, officers[0], buyer)
    publish(tender, officers)
    award = select(tender, [winner, loser], ["79000", "8万"], officers, time)
    contract = sign(award, buyer, winner, time)
    serve(contract, buyer, winner, time)

    assert_it_ended_well(award, contract, officers)
    assert "按期完成，质量好。" in PUBLIC.opens(f"/agencies/{award.bid.agency.slug}/")
    assert f"贵单位在 {tender.code} 拟中选" in winner.opens("/inbox/")
    assert letters() == letters_about(award, contract)

    other = publish(order(buyer, item, "另一项还在报名的采购", signup_days="10"), officers)
    bid(winner, other, "70000")
    bid(loser, other, "71000")
    restriction = sanction(award.bid.agency, tender.code or "", regulators, winner, time)

    ended, stands = Bid.objects.filter(tender=other).order_by("pk")
    assert (ended.status, ended.ended_at) == ("ended", time.at)
    assert (restriction.effective_from, stands.status) == (time.at, "active")
    assert "机构处于信用限制期" in winner.sends(f"/tenders/{other.code}/bid/", 422, amount="60000")
    assert list(StandingCheck.objects.order_by("pk").values_list("moment", "is_clear")) == [
        *[("sign_up", True)] * 2,  # for the first order
        *[("selection", True)] * 2,  # both, at its opening
        *[("selection", True)] * 2,  # the winner, at the registration and before the letter
        *[("contract", True)] * 2,  # at the upload and at the confirmation
        *[("sign_up", True)] * 2,  # for the other order
        ("sign_up", False),
    ]
    assert "收到失信行为处理决定" in winner.opens("/inbox/")
    assert "江西甲咨询有限公司" in PUBLIC.opens("/credit/")
    assert "两家机构的报价文件" in PUBLIC.opens(f"/credit/decisions/{restriction.slug}/")
    assert "江西甲咨询有限公司" not in PUBLIC.opens(f"/tenders/{other.code}/")

    run_due(time.at)
    case = restriction.case
    assert letters() == [
        ("buyer", f"采购 {other.code} 已发布"),
        *[(f"agency-{number}", OF_A_BID) for number in (1, 2)],
        ("agency-1", f"收到失信行为告知 {case.number}，可以陈述、申辩"),
        *[(one.username, f"案件 {case.number} 收到{NAMES[0]}的陈述申辩") for one in regulators],
        ("agency-1", OF_A_BID),
        ("agency-1", f"收到失信行为处理决定 {case.decision_number}"),
    ]
    for words in ("雨污分流", tender.code):
        assert f"/tenders/{tender.code}/" in PUBLIC.opens(f"/search/?q={words}")
