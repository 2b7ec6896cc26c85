"""The demo province as its readers use it, in Chromium, with the clock moved by the bar."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.demo import log_in, log_out

pytestmark = pytest.mark.browser

OPEN_ORDER = "章贡区南市街老旧管网更新可行性研究报告编制"
TIED_ORDER = "章贡区八境台周边管线入地"


def open_order(page: Page, title: str) -> str:
    """Find an order by the search box and open it; return its address."""
    page.goto("/search/")
    page.fill("main input[name=q]", title)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.locator("main a[href^='/tenders/']").first.click()
    page.wait_for_load_state()
    assert title in page.locator("h1").inner_text()
    return page.url


def seal(page: Page, amount: str) -> None:
    """Fill in and post the form of the bid page."""
    page.fill("main input[name=amount]", amount)
    page.locator("main form:has(input[name=amount]) button").first.click()
    page.wait_for_load_state()


def test_an_order_is_bid_for_closed_registered_and_recomputed(browse, problems):
    page = browse()

    log_in(page, "zhice")
    order = open_order(page, OPEN_ORDER)
    page.goto(f"{order}bid/")
    seal(page, "9.9万")
    assert "报价已密封" in page.locator("main").inner_text()
    assert "¥99,000.00" in page.locator("main").inner_text()
    log_out(page)
    page.goto(order)
    assert "99,000.00" not in page.content()
    assert "揭封后公开" in page.locator("main").inner_text()

    log_in(page, "zhanggong3")
    page.goto("/operator/tenders/?queue=register")
    page.get_by_role("link", name=re.compile(TIED_ORDER)).first.click()
    page.get_by_role("button", name="登记并公示结果").click()
    page.wait_for_load_state()
    assert "选取结果已登记" in page.locator("main").inner_text()
    log_out(page)

    order = open_order(page, TIED_ORDER)
    assert "结果公示" in page.locator("main").inner_text()
    page.goto(f"{order}verify/")
    page.click("#recompute")
    page.wait_for_function("document.getElementById('recomputed').dataset.failed !== undefined")
    assert page.locator("#recomputed").get_attribute("data-failed") == ""
    assert problems == []


def test_a_second_officer_decides_and_the_province_knows_in_the_same_moment(browse, problems):
    page = browse()

    log_in(page, "jianguan1")
    page.goto("/regulator/cases/")
    page.locator("main a[href^='/regulator/cases/']").filter(has_text="九江江岸港航").first.click()
    page.wait_for_load_state()
    case = page.url
    assert page.locator("main [aria-disabled=true]").count() >= 1
    log_out(page)

    log_in(page, "jianguan2")
    page.goto(case)
    page.locator("main textarea[name=reasons]").first.fill(
        "事实清楚，证据充分，依据规则手册作出决定。"
    )
    page.locator("main form:has(textarea[name=reasons]) button").first.click()
    page.wait_for_load_state()
    log_out(page)

    page.goto("/credit/")
    assert "九江江岸港航" in page.locator("main").inner_text()
    assert problems == []


def test_the_bar_moves_the_clock_and_runs_what_is_due(browse, problems):
    page = browse()
    page.goto("/")
    before = page.locator("time").first.get_attribute("datetime")

    page.get_by_role("button", name=re.compile("推进一天")).click()
    page.wait_for_load_state()

    assert page.locator("time").first.get_attribute("datetime") > before
    assert problems == []


def test_everything_works_without_scripts(browse, problems):
    page = browse(width=390, height=844, javascript=False)

    page.goto("/tenders/?phase=open")
    assert page.locator("main a[href^='/tenders/JX']").count() >= 1
    log_in(page, "zhice")
    page.goto("/agency/matches/")
    page.locator("main a[href^='/tenders/JX']").first.click()
    order = page.url
    page.goto(f"{order}bid/")
    seal(page, "1000")
    assert "报价已密封" in page.locator("main").inner_text()
    page.goto(f"{order}bid/withdraw/")
    page.get_by_role("button", name="撤回报价").click()
    page.wait_for_load_state()
    assert "报价已撤回" in page.locator("main").inner_text()
    assert problems == []
    page.goto(f"{order}bid/")
    seal(page, "abc")
    assert "请填写金额" in page.locator("main").inner_text()
