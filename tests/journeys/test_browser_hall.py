"""
Two bidders and a watcher in the hall of the demo, which is open while the platform is young.

Its own bidders quote as well, so the price may have moved when somebody confirms: then they are
asked again, and confirm anew.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from marketplace.web.capitals import in_capitals

# first of all: the hall is over some minutes after the platform has come up
pytestmark = [pytest.mark.browser, pytest.mark.long]
TITLE, ATTEMPTS = "章水沿岸古城墙", 5
PATIENCE = 60_000


def enter(page: Page) -> None:
    """Find the hall by its order, and wait until it is open."""
    page.goto("/tenders/?method=auction")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="进入竞价大厅").click()
    page.wait_for_selector("#hall-left", timeout=PATIENCE)


def quote(page: Page, *, typed: bool = False) -> Decimal:
    """Quote the highest amount that is allowed, by its button or written down; return it."""
    for _attempt in range(ATTEMPTS):
        amount = Decimal(page.locator("#hall-amounts button").first.get_attribute("value"))
        if typed:
            page.fill("#hall-own-amount input[name=amount]", f"{amount:,.2f}")
            page.get_by_role("button", name="报这个价").click()
        else:
            page.locator("#hall-amounts button").first.click()
        dialog = page.locator("#hall-confirm")
        assert dialog.locator("[data-capitals]").inner_text() == in_capitals(amount)
        dialog.get_by_role("button", name="确认报价").click()
        page.wait_for_load_state()
        if page.get_by_text("次报价已记录").count():
            return amount
        page.get_by_role("link", name="回竞价大厅").first.click()
    raise AssertionError("the price was never as it had been seen")


def test_two_bidders_and_a_watcher_in_one_hall(browse, problems):
    watcher, one, two = browse(), browse(login="zhice"), browse(login="jiangan", width=390)
    for page in (watcher, one, two):
        enter(page)
    assert watcher.locator("#hall-amounts").count() == 0
    loaded = watcher.evaluate("performance.timeOrigin")

    first = quote(one)
    row = watcher.locator("#hall-rows tr", has_text=f"¥{first:,.2f}")
    expect(row).to_have_count(1, timeout=PATIENCE)
    assert "工程咨询" not in watcher.locator("#hall-rows").inner_text()
    expect(two.locator("#hall-own")).to_contain_text("当前最低", timeout=PATIENCE)

    second = quote(two, typed=True)
    assert second < first
    expect(one.locator("#hall-own")).to_contain_text("您已被超过，当前最低", timeout=PATIENCE)
    expect(watcher.locator("#hall-rows tr", has_text=f"¥{second:,.2f}")).to_have_count(1)
    assert watcher.evaluate("performance.timeOrigin") == loaded
    assert [problem for problem in problems if "409" not in problem and "422" not in problem] == []


def test_without_scripts_the_page_is_loaded_again_by_a_link(browse):
    page = browse(login="zhice", javascript=False)
    enter(page)

    page.get_by_role("link", name="刷新看最新报价").click()

    expect(page.locator("#hall-left")).to_have_count(1)
    page.goto(f"{page.url}quote/?amount=1")
    expect(page.get_by_text("壹元整")).to_have_count(1)
