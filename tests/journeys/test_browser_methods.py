"""
The methods that no other story goes through: one accepts, others sign up, an expert scores.

In Chromium, on orders of the demo that wait for it; a selection of the method is repeated after it.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]


def repeats(visitor: Visitor) -> None:
    """Repeat the selection of the order on the page in the browser."""
    visitor.follows("任何人都可以重算")
    visitor.page.get_by_role("button", name="重算这次选取").click()
    expect(visitor.page.locator("#recomputed")).to_contain_text("重算一致")


def test_a_named_agency_accepts_and_the_selection_is_repeated_at_once(browse, problems):
    agency = Visitor(browse(login="zhice"))
    agency.opens("/tenders/?method=direct&phase=open")
    agency.follows("德兴市海口镇加压泵站项目建议书编制")
    agency.follows("答复")
    said = agency.sends("接受并提交金额", amount="45000")

    assert "接受后选取立即完成" in said or "已接受" in said
    agency.opens("/tenders/?method=direct&phase=selecting")
    agency.follows("德兴市海口镇加压泵站项目建议书编制")
    repeats(agency)
    assert problems == []


def signs_up(agency: Visitor, method: str, title: str, offer: tuple[str, str], **fields) -> None:
    """Find an open order by its method, and answer it as that method asks."""
    link, button = offer
    agency.opens(f"/tenders/?method={method}&phase=open")
    agency.follows(title)
    agency.follows(link)
    assert "已密封" in agency.sends(button, **fields)


def test_an_agency_signs_up_and_earlier_selections_of_the_methods_are_repeated(browse, problems):
    agency = Visitor(browse(login="yuchuan", width=390))
    sealed, taken = ("提交密封报价",) * 2, ("按公布的价格报名", "接受价格并报名")
    signs_up(
        agency, "best_price", "瑞昌港区通用码头二期初步设计及概算编制", sealed, amount="210000"
    )
    signs_up(agency, "random", "婺源县青禾里茶亭修缮保护工程方案编制", taken)

    for method, phase in (("best_price", "done"), ("random", "in_service")):
        agency.opens(f"/tenders/?method={method}&phase={phase}")
        agency.page.locator("main a[href^='/tenders/JX']").first.click()
        repeats(agency)
    assert problems == []


def test_the_last_expert_scores_and_everybody_reads_the_totals(browse, problems):
    expert = Visitor(browse(login="zhuanjia4"))
    expert.opens("/panels/")
    expert.follows("靖安县宝峰镇塔林修缮保护工程方案编制")
    fields = expert.page.locator("input[name^=points_]")
    for place in range(fields.count()):
        fields.nth(place).fill(str(60 + 5 * (place % 7)))
    expert.page.fill("[name=comment]", "各方案按现状勘察的深度和保护措施比较。")
    expert.page.get_by_role("button", name="提交评分").click()
    expert.page.wait_for_load_state()

    expert.opens("/tenders/?method=experts&phase=selecting")
    expert.follows("靖安县宝峰镇塔林修缮保护工程方案编制")
    assert "下载评分文件" in expert.text
    repeats(expert)
    assert problems == []
