"""
One order's whole life in Chromium, as each reader, with and without scripts.

The clock only moves forward, for all who use the demo, so this file comes last by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.factories.marketplace import valid_uscc
from tests.journeys.demo import ANONYMOUS
from tests.journeys.visitor import Visitor
from tests.servers import wait_until
from tests.uploads import PDF_BYTES

pytestmark = [pytest.mark.browser, pytest.mark.acts]

COUNTY = "360702"
ITEM = "S10"
FACTS = {
    "nature": "company",
    "founded_on": "2015-03-02",
    "business_scope": "工程咨询。",
    "address": "章贡区测试路1号",
    "office_address": "章贡区测试路2号",
    "contact_name": "李测试",
    "contact_phone": "0797-8123456",
}
CERTIFICATE = {
    "service_class": "C23",
    "kind": "filing",
    "name": "工程咨询单位备案",
    "issuer": "发展改革部门",
    "valid_from": "2025-01-01",
    "valid_until": "2030-01-01",
}
NEED = {
    "content": "编制可行性研究报告，并按评审意见修改。",
    "service_time": "20",
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}
METHOD = {"method": "lowest", "ceiling": "86000.00", "price_basis": "同类成交价"}
STARS = dict.fromkeys(("quality", "attitude", "timeliness", "charges", "conduct"), "5")
BASIS = {"legal_basis": "《江西省网上中介服务超市管理办法》", "restriction_kind": "freeze"}
SERIOUS = {
    **BASIS,
    "kind": "collusion",
    "facts": "两家机构的报价文件由同一台设备制作。",
    "severity": "serious",
    "months": "12",
}
GENERAL = {
    **BASIS,
    "kind": "not_served_as_contracted",
    "facts": "没有按合同约定组织两名以上专业人员踏勘现场。",
    "severity": "general",
    "months": "6",
}
NAMES = {"collusion": "串通", "not_served_as_contracted": "未按合同"}
LEAST_DAYS = 93
"""How long a general restriction runs before its repair is asked for: three months, and a day."""


def pdf(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF_BYTES}


@pytest.fixture
def people(browse, width, javascript):
    """Return a function that seats the person of an account, or a stranger, at a browser."""

    known: dict[str, Visitor] = {}

    def person(login: str = ANONYMOUS) -> Visitor:
        if login not in known or login == ANONYMOUS:
            known[login] = Visitor(browse(login=login, width=width, javascript=javascript))
        return known[login]

    return person


PASSWORD = "Cobalt-on-white-7"  # noqa: S105 - of people who exist in tests only


def sign_up(visitor: Visitor, username: str) -> None:
    visitor.opens("/accounts/login/")
    visitor.follows("还没有账号，去注册")
    visitor.sends(
        "注册账号",
        username=username,
        email=f"{username}@example.test",
        password1=PASSWORD,
        password2=PASSWORD,
    )


# --- Who takes part -------------------------------------------------------------------------------
def admit(agency: Visitor, officer: Visitor, name: str, number: int) -> None:
    """Take an agency from the sign-up through the formal check and the publicity."""
    sign_up(agency, f"agency-{number}")
    agency.opens("/")
    agency.follows("申请入驻")
    uscc = valid_uscc(number)
    said = agency.sends("登记机构", name=name, uscc=uscc, division=COUNTY)
    assert f"“{name}”已登记，您是它的管理员。" in said
    agency.opens("/admission/facts/")
    # a person of its own: a namesake of a sanctioned one is looked at twice
    facts = {**FACTS, "legal_representative": f"陈{name[2:4]}"}
    assert "基本情况已保存。" in agency.sends("保存，下一步填资质", **facts)
    said = agency.sends("登记资质", **CERTIFICATE, certificate_number=f"赣测{number}")
    assert f"已登记资质“工程咨询单位备案”（赣测{number}）。" in said
    agency.opens("/admission/papers/")
    for _paper in ("licence", "certificate"):  # the first that is missing is chosen beforehand
        assert "已上传 1 份文件。" in agency.sends("上传材料", scans=pdf("证照.pdf"))
    agency.opens("/admission/commitment/")
    assert "入驻申请已提交。" in agency.sends("提交入驻申请", agreed=True)

    officer.opens("/operator/admissions/")
    officer.follows(name)
    assert f"“{name}”形式审核通过，公示至 20" in officer.sends("通过审核")
    agency.waits_for("起全省有效", at="/admission/")


def register_buyer(buyer: Visitor, officer: Visitor, number: int) -> None:
    sign_up(buyer, f"buyer-{number}")
    buyer.opens("/register/buyer/")
    said = buyer.sends(
        "登记业主",
        name=f"章贡区测试业主{number}",
        uscc=valid_uscc(number),
        nature="government",
        division=COUNTY,
    )
    assert f"“章贡区测试业主{number}”已登记，您是它的管理员。" in said

    officer.opens("/operator/owners/")
    officer.follows(f"章贡区测试业主{number}")
    assert "核验通过" in officer.sends("通过核验", authority_confirmed=True)


# --- The order ------------------------------------------------------------------------------------
def draft(buyer: Visitor, title: str, signup_days: str = "") -> None:
    """Go through the wizard and send the order in."""
    buyer.opens("/buyer/tenders/")
    buyer.follows("发布采购")
    buyer.sends("保存并填写需求", item=ITEM, division=COUNTY)
    buyer.sends("保存并选择方式", **NEED, title=title)
    assert title in buyer.sends("保存并核对", **METHOD, signup_days=signup_days)
    buyer.follows("下一步，提交")
    assert "已提交审核。章贡区的运营机构审核后发布" in buyer.sends("提交审核")


def publish(first: Visitor, second: Visitor, title: str) -> str:
    """One officer reviews, who may not publish, and another publishes; return the code."""
    first.opens("/operator/tenders/")
    first.follows(re.compile(title))
    assert "审核通过。发布须由另一位运营人员办理。" in first.sends("审核通过")
    refused = first.page.get_by_role("button", name="发布公告")
    assert refused.get_attribute("aria-disabled") == "true"
    second.opens(first.path)
    published = re.search(
        "公告已发布，采购编号 (JX360702-20[0-9]{2}-[0-9]{5})，报名至 20", second.sends("发布公告")
    )
    assert published
    return published[1]


def bid(agency: Visitor, title: str, amount: str) -> None:
    agency.opens("/agency/matches/")
    agency.follows(title)
    agency.follows("提交密封报价")
    assert "报价已密封。截止（" in agency.sends("提交密封报价", amount=amount)


def select(officer: Visitor, public: Visitor, title: str, order: str) -> None:
    """Wait for the opening and let the third officer register its result."""
    sealed = public.opens(order)
    assert "开启报价后公开" in sealed
    assert [amount for amount in ("79,000", "80,000") if amount in sealed] == []

    opened = public.waits_for("已经开启报价并选取", at=order)
    assert [amount for amount in ("¥79,000.00", "¥80,000.00") if amount not in opened] == []
    officer.opens("/operator/tenders/?queue=register")
    officer.follows(title)
    assert "选取结果已登记，开始公示。" in officer.sends("登记并公示结果")
    assert "结果公示" in public.opens(order)


def sign(winner: Visitor, buyer: Visitor, title: str) -> None:
    """Wait for the letter, put up the contract, and have the other side confirm it."""
    winner.opens("/contracts/")
    winner.follows(title)
    winner.waits_for("签约期限", at=winner.path)
    assert "合同文本已上传，等待对方确认。" in winner.sends("上传合同", file=pdf("合同.pdf"))

    buyer.opens("/contracts/")
    assert "合同.pdf" in buyer.follows(title)
    assert "确认这份合同？" in buyer.follows("确认合同")
    assert "合同已签订并备案，服务期限从现在起算。" in buyer.sends("确认合同")


def serve(winner: Visitor, buyer: Visitor) -> None:
    """Deliver, accept and rate, and wait until the contract is archived."""
    contract = buyer.path
    winner.opens(contract)
    said = winner.sends("交付成果", file=pdf("报告.pdf"), note="报批稿")
    assert "成果已交付，等待业主验收。" in said

    assert "报告.pdf" in buyer.opens(contract)
    assert "验收这份成果？" in buyer.follows("验收成果")
    assert "成果已验收。请在期限内评价这次服务。" in buyer.sends("验收成果")
    said = buyer.sends("提交评价", **STARS, comment="按期完成，质量好。")
    assert "评价已公开，期限内可以修改，每一版都保留。" in said
    buyer.waits_for("已办结", at=contract)


# --- Conduct --------------------------------------------------------------------------------------
def sanction(
    first: Visitor, second: Visitor, agency: Visitor, name: str, code: str, notice: dict[str, str]
) -> None:
    """One officer gives notice, the agency states its view, the second officer decides."""
    first.opens("/regulator/cases/new/")
    assert name in first.sends("查找", q=name)
    first.follows(f"选这家 {name}")
    said = first.sends(
        "保存，下一步核对",
        **notice,
        reference=code,
        occurred_on=first.today,
        evidence=pdf("证据.pdf"),
    )
    assert "告知书还没有送达" in said
    said = first.sends("送达告知书")
    assert f"告知书已送达{name}。" in said

    agency.opens("/credit/record/")
    agency.follows(re.compile(NAMES[notice["kind"]]))
    said = agency.sends("提交陈述申辩", statement="情况与告知书不同，附有记录。")
    assert "陈述申辩已提交。由承办人以外的人员审核，以办理机关名义作出决定" in said

    assert "情况与告知书不同，附有记录。" in second.opens(first.path)
    second.follows("签署决定")
    said = second.sends("签署“暂停报名”决定", reasons="陈述与证据不符，不予采信。")
    assert "的决定已签署，自现在起在全省生效，机构已收到通知。" in said


def see_it_everywhere(readers: list[Visitor], name: str) -> None:
    """Read of a sanction in three cities; nobody moves the clock, so it is one moment."""
    for one in readers:
        one.opens(f"/agencies/?q={name}")
        assert "暂停报名" in one.follows(name)


def is_kept_out(agency: Visitor, order: str) -> None:
    """The sealed bid has ended, and no other can be sent."""
    ended = agency.opens(f"{order}bid/")
    assert "这份报名已经失效，不能恢复。原因：因信用限制终止 · " in ended
    assert "机构处于信用限制期" in ended
    refused = agency.page.get_by_role("button", name="提交密封报价")
    assert refused.get_attribute("aria-disabled") == "true"


def appeal(agency: Visitor, third: Visitor, case: str, kind: str) -> None:
    """The agency asks for a review, and an officer who took no part before upholds the decision."""
    agency.opens("/credit/record/")
    agency.follows(re.compile(NAMES[kind]))
    agency.follows("申请复核")
    said = agency.sends("申请复核", grounds="记录没有经过核对。")
    assert "复核申请已提交" in said

    assert "记录没有经过核对。" in third.opens(case)
    third.follows("作出复核决定")
    said = third.sends("作出复核决定", outcome="upheld", reasons="记录足以认定。")
    assert "的复核决定已作出，机构已收到通知。" in said


def ends_in_a_sanction(
    people: Callable[..., Visitor],
    winner: Visitor,
    name: str,
    code: str,
    still_open: str,
    notice: dict[str, str],
) -> str:
    """Decide, see a grave one in three cities, be kept out, appeal; return where it stands."""
    sanction(people("jianguan1"), people("jianguan2"), winner, name, code, notice)
    if notice is SERIOUS:
        see_it_everywhere([people(city) for city in ("ganzhou1", "binhu", "muchuan")], name)
    is_kept_out(winner, still_open)
    appeal(winner, people("jianguan3"), people("jianguan1").path, notice["kind"])
    public = people()
    assert name in public.opens("/credit/")
    assert notice["facts"] in public.follows(re.compile(name))
    decision = public.path
    assert name not in public.opens(still_open)
    return decision


def repair(agency: Visitor, officer: Visitor, case: str, kind: str) -> None:
    """When the least period has passed the agency says what it corrected, and is free again."""
    agency.lets_pass(days=LEAST_DAYS)
    agency.opens("/credit/record/")
    agency.follows(re.compile(NAMES[kind]))
    agency.follows("申请信用修复")
    said = agency.sends("申请信用修复", correction="建立双人踏勘制度。")
    assert "信用修复申请已提交" in said

    assert "建立双人踏勘制度。" in officer.opens(case)
    officer.follows("审核信用修复")
    said = officer.sends("作出审核决定", is_granted="yes", reasons="已经纠正。")
    assert "的信用修复已审核，机构已收到通知。" in said


def find(public: Visitor, words: str) -> str:
    """Use the search box of the home page."""
    public.opens("/")
    return public.sends("查找", q=words)


# --- The story ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "place", "notice", "width", "javascript"),
    [(9101, "沙河片区", SERIOUS, 1440, True), (9201, "峰山片区", GENERAL, 390, False)],
    ids=["at a desk", "on a phone without scripts"],
)
def test_one_order_lives_its_life_and_ends_in_a_sanction_of_its_winner(
    people, problems, number, place, notice
):
    title, other = f"{place}雨污分流可行性研究报告编制", f"{place}泵站可行性研究报告编制"
    name = f"江西{place}测试咨询有限公司"
    public, winner, buyer = people(), people(), people()
    first, second, third = (people(f"zhanggong{officer}") for officer in (1, 2, 3))

    admit(winner, first, name, number)
    register_buyer(buyer, first, number + 1)
    draft(buyer, title)
    code = publish(first, second, title)
    bid(winner, title, "79000")
    bid(people("zhice"), title, "8万")
    select(third, public, title, f"/tenders/{code}/")
    sign(winner, buyer, title)
    serve(winner, buyer)
    public.opens(f"/agencies/?q={name}")
    assert "按期完成，质量好。" in public.follows(name)

    draft(buyer, other, signup_days="10")
    still_open = f"/tenders/{publish(first, second, other)}/"
    bid(winner, other, "70000")
    decision = ends_in_a_sanction(people, winner, name, code, still_open, notice)
    if notice is GENERAL:
        repair(winner, people("jianguan3"), people("jianguan1").path, notice["kind"])
        assert public.page.request.get(decision).status == 410
        public.opens(f"/agencies/?q={name}")
        assert "暂停报名" not in public.follows(name)
    else:
        wait_until(lambda: title in find(public, title))
        assert f"/tenders/{code}/" in public.page.content()
    assert problems == []
