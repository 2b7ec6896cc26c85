"""
An agency objects, the owner answers, the agency complains, an officer decides, the order runs on.

And a citizen reports. In Chromium, on an order of the demo that nobody else acts on.
"""

from __future__ import annotations

import re

import pytest

from tests.journeys.demo import ANONYMOUS
from tests.journeys.visitor import Visitor
from tests.uploads import PDF_BYTES

pytestmark = [pytest.mark.browser, pytest.mark.acts]
FACTS = {"facts": "公告写明的服务期限与服务事项目录不一致。", "request": "请更正服务期限。"}
EVIDENCE = {"name": "目录.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES}
STANDS_STILL = re.compile("起中止：收到关于采购公告的(?:异议|投诉)")


@pytest.fixture
def person(browse):
    known: dict[str, Visitor] = {}

    def seated(login: str = ANONYMOUS) -> Visitor:
        if login not in known:
            known[login] = Visitor(browse(login=login))
        return known[login]

    return seated


def objects(agency: Visitor, order: str) -> str:
    """File an objection from the page of the order; return the address of its page."""
    agency.opens(order)
    agency.follows("对这项采购提出异议")
    agency.sends("下一步", matter="notice")
    said = agency.sends("提交", **FACTS, evidence=EVIDENCE, is_true=True)
    assert "已经提出，编号 " in said
    return agency.path


def takes_up(officer: Visitor, number: str) -> None:
    officer.opens("/operator/disputes/")
    officer.page.locator("tr").filter(has_text=number).get_by_role("link").first.click()
    officer.follows(re.compile("^受理$"))
    assert "已经受理，转对方答复。" in officer.sends("受理")


def answers(owner: Visitor, path: str) -> None:
    owner.opens(path)
    owner.follows(re.compile("^答复$"))
    assert "答复已经提交" in owner.sends("提交答复", answer="已经核对，期限以公告为准。")


def number_of(visitor: Visitor) -> str:
    found = re.search(r"JX\d{6}-\d{4}-Y\d{5}", visitor.text)
    assert found
    return found[0]


def test_an_agency_objects_and_complains_and_the_order_runs_on(person, problems):
    public, agency, owner = person(), person("zhice"), person("qinghe")
    public.opens("/tenders/?q=婺源")
    link = public.page.locator("main a[href*='/tenders/JX']").first
    order = link.get_attribute("href") or ""

    own = objects(agency, order)
    assert STANDS_STILL.search(public.opens(order))
    assert "已中止" in public.text
    takes_up(person("shangrao1"), number_of(agency))
    answers(owner, own)
    agency.opens(own)
    agency.follows(re.compile("^投诉$"))
    said = agency.sends("提交", is_true=True)
    assert "已经提出，编号 " in said
    own, number = agency.path, number_of(agency)
    takes_up(person("jianguan1"), number)
    answers(owner, own)
    assert STANDS_STILL.search(public.opens(order))

    decider = person("jianguan2")
    decider.opens("/operator/disputes/?queue=decide")
    decider.page.locator("tr").filter(has_text=number).get_by_role("link").first.click()
    decider.follows("作出处理决定")
    reasons = "期限在目录规定的范围以内，联系人电话 13812345678。"
    said = decider.sends("签署处理决定", verdict="rejected", remedy="none", decision=reasons)
    assert "处理决定已经作出并公开" in said

    assert not STANDS_STILL.search(public.opens(order))
    assert "已中止" not in public.text
    public.follows("关于采购公告的投诉")
    assert "138****" in public.text
    assert "13812345678" not in public.text
    assert problems == []


def test_a_citizen_reports_without_a_picture_to_read(person, problems):
    citizen = person()
    citizen.opens("/")
    citizen.page.get_by_role("contentinfo").get_by_role("link", name="举报").click()
    citizen.page.get_by_text("已经完成自动验证").wait_for()

    told = {"topic": "agency", "division": "360702", "text": "有人在大厅门口拉客。"}
    said = citizen.sends("提交举报", **told)

    found = re.search(r"(?:[2-9A-Z]{4}-){4}[2-9A-Z]{4}", said)
    assert found
    citizen.opens("/reports/")
    assert "待处理" in citizen.sends("查询", receipt=found[0].lower())
    officer = person("zhanggong1")
    officer.opens("/operator/reports/")
    officer.follows("最近收到的在前")
    assert "有人在大厅门口拉客。" in officer.follows("一家中介服务机构")
    said = officer.sends("提交答复", outcome="answered", answer="已经清理。")
    assert "举报人凭回执号可以查到" in said
    citizen.opens("/reports/")
    assert "已经清理。" in citizen.sends("查询", receipt=found[0])
    assert problems == []
