"""Somebody who needs a permit, somebody who listens, somebody who keeps the site on a phone."""

from __future__ import annotations

import re

import pytest

from tests.journeys.axe import SIDEWAYS
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

APPROVAL, ITEM = "节能审查", "固定资产投资项目节能报告编制"
# What is said is noted, and over at once.
VOICE = """Object.defineProperty(window, "speechSynthesis", {value: {
  heard: [],
  speak(text) { this.heard.push([text.lang, text.text]); text.onend(); },
  cancel() {},
}});"""
HEARD = "() => window.speechSynthesis.heard"


def test_a_citizen_finds_what_an_approval_may_demand_and_what_it_costs(browse, problems):
    public = Visitor(browse(width=390))

    public.opens("/")
    public.follows("查审批要什么")
    public.page.fill("main input[name=q]", APPROVAL)
    with public.page.expect_navigation():
        public.page.press("main input[name=q]", "Enter")
    asked = public.follows(APPROVAL)
    told = re.search(r"近一年成交 (\d+) 项，中位数 (¥[\d.,]+)", asked)
    assert told is not None
    assert ITEM in asked
    public.follows(told[0])
    prices = public.page.get_by_role("row", name=re.compile("^全部 "))

    assert prices.get_by_role("cell").first.inner_text() == told[1]
    assert told[2] in prices.inner_text()
    assert public.page.locator("#price").is_visible()
    assert problems == []


def test_a_page_is_read_aloud_from_its_name_on_and_as_long_as_it_goes(browse, base_url, problems):
    page = browse()
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": base_url}])
    page.add_init_script(VOICE)
    page.goto("/about/")
    button = page.locator("[data-aloud]")

    button.click()

    heard = page.evaluate(HEARD)
    assert heard[0] == ["zh-CN", page.locator("h1").inner_text()]
    assert heard[1][1].startswith(page.locator(".z-read > .strong").inner_text())
    assert {lang for lang, _text in heard} == {"zh-CN"}
    assert button.get_attribute("aria-pressed") == "false"  # it has come to the end
    assert problems == []


def test_the_site_can_be_installed(browse, problems):
    page = browse()
    page.goto("/")
    browser = page.context.new_cdp_session(page)

    manifest = browser.send("Page.getAppManifest")
    lacks = browser.send("Page.getInstallabilityErrors")

    assert manifest["errors"] == []
    assert [one["errorId"] for one in lacks["installabilityErrors"]] == []
    assert problems == []


@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_english_which_is_longer_fits_a_desk_at_400_percent(browse, base_url, mode, problems):
    page = browse()
    chosen = {"lang": "en", "mode": mode}
    page.context.add_cookies(
        [{"name": name, "value": text, "url": base_url} for name, text in chosen.items()]
    )
    page.set_viewport_size({"width": 320, "height": 800})
    wide = []

    for path in ("/", "/tenders/", "/statistics/", "/about/"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "en"
        wide += [path] if page.evaluate(SIDEWAYS) else []

    assert wide == []
    assert problems == []
