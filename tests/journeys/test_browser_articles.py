"""A cited article opens where it is cited, and the page stays; elsewhere its link leads to it."""

import pytest

pytestmark = pytest.mark.browser

CITED = "main a[data-article='law-business-environment-a43']"
OPENED = "#law-business-environment-a43"
WORDS = "并自行承担服务费用"


def test_an_article_opens_in_place_and_gives_the_focus_back(browse, problems):
    page = browse()
    page.goto("/rules/")

    page.locator(CITED).first.press("Enter")

    assert WORDS in page.locator(OPENED).inner_text()
    assert page.evaluate("document.activeElement.id") == OPENED[1:]
    page.keyboard.press("Escape")
    assert page.locator(OPENED).is_hidden()
    assert page.evaluate("document.activeElement.dataset.article") == OPENED[1:]
    assert page.url.endswith("/rules/")
    assert problems == []


def test_without_scripts_the_link_leads_to_the_law(browse, problems):
    page = browse(javascript=False)
    page.goto("/rules/")

    assert page.locator(OPENED).is_hidden()
    with page.expect_navigation():
        page.locator(CITED).first.click()

    assert page.url.endswith("/laws/business-environment/#a43")
    assert problems == []
