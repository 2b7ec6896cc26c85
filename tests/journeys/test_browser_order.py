"""The order in which a page is read and walked through: as the tree of accessibility has it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANDMARKS = ["banner", "main", "contentinfo"]
MOVES = """() => [...document.querySelectorAll("*")].filter(one => {
  const { transitionDuration, animationDuration } = getComputedStyle(one);
  return /[1-9]/.test(transitionDuration) || /[1-9]/.test(animationDuration);
}).map(one => one.outerHTML.slice(0, 80))"""


def first_order(page: Page) -> str:
    """Return the address of the order that is first on the list."""
    page.goto("/tenders/")
    return page.locator("main tbody a").first.get_attribute("href") or ""


def test_a_record_is_read_from_its_name_to_the_ways_to_follow_it(browse, problems):
    page = browse()
    page.goto(first_order(page))

    tree = page.locator("body").aria_snapshot()

    landmarks = [one for one in re.findall(r"^- (\w+)", tree, re.MULTILINE) if one in LANDMARKS]
    levels = [int(one) for one in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert landmarks == LANDMARKS
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tree.index("复制地址") < tree.index("contentinfo")
    assert problems == []


def test_the_first_key_leads_past_the_frame_and_a_word_is_explained_on_focus(browse, problems):
    page = browse()
    page.goto(first_order(page))

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    term = page.locator(".z-term").first
    hidden = term.locator("span").bounding_box()
    term.focus()
    shown = term.locator("span").bounding_box()
    page.keyboard.press("Escape")

    assert skip == "跳到正文"
    assert page.evaluate("location.hash") == "#main"
    assert hidden is not None
    assert shown is not None
    assert hidden["width"] <= 1
    assert shown["width"] > 100
    assert term.locator("span").bounding_box() is None
    assert problems == []


def test_nothing_moves_for_who_asked_for_that(browse, problems):
    page = browse()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")

    assert page.evaluate(MOVES) == []
    assert problems == []
