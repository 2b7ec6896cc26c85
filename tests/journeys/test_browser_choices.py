"""
Owners choose from a shortlist and score plans, and everybody reads and repeats what came of it.

In Chromium, on the two orders of the demo that wait for it.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.acts]
WHY = "同类业绩多，项目负责人常驻本市。"


def to_be_chosen(page: Page, todo: str) -> None:
    """Go from the workbench to what waits for the owner."""
    page.goto("/workbench/")
    page.get_by_role("link", name=todo).first.click()


def repeated(page: Page) -> None:
    """Repeat the selection of the order on the page in the browser."""
    page.get_by_role("link", name="任何人都可以重算").click()
    page.get_by_role("button", name="重算这次选取").click()
    expect(page.locator("#recomputed")).to_contain_text("重算一致")


def test_an_owner_chooses_of_the_shortlist_and_the_draw_is_repeated(browse, problems):
    owner = browse(login="hesuili")
    to_be_chosen(owner, "去选定")
    owner.locator("[name=candidate]").nth(1).check()
    owner.fill("[name=reasons]", WHY)
    owner.get_by_role("button", name="选定这家机构").click()
    expect(owner.get_by_text("已选定，理由已在公告页公开")).to_be_visible()

    owner.get_by_role("link", name="看公开页面").click()
    assert WHY in owner.locator("#main").inner_text()
    repeated(owner)
    assert problems == []


def test_an_owner_scores_the_plans_and_everybody_reads_the_totals(browse, problems):
    owner = browse(login="qinghe", width=390)
    to_be_chosen(owner, "去评分")
    fields = owner.locator("input[name^=points_]")
    for place in range(fields.count()):
        fields.nth(place).fill(str(70 + place))
    owner.fill("[name=reasons]", WHY)
    owner.get_by_role("button", name="提交评分").click()
    expect(owner.get_by_text("理由已在公告页公开")).to_be_visible()

    owner.get_by_role("link", name="看公开页面").click()
    assert "下载评分文件" in owner.locator("#main").inner_text()
    repeated(owner)
    assert problems == []
