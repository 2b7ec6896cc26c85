"""The stages of a record: side by side where there is room, one under the other on a phone."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BOXES = "steps => steps.map(step => step.getBoundingClientRect()).map(box => [box.left, box.top])"


def corners(page: Page) -> list[tuple[float, float]]:
    """Return where the steps of an order's timeline begin, from left and top."""
    page.goto("/tenders/")
    with page.expect_navigation():
        page.locator("main a[href^='/tenders/JX']").first.click()
    found = page.locator(".z-line.h > li").evaluate_all(BOXES)
    return [(left, top) for left, top in found]


def test_a_timeline_stands_upright_on_a_phone_and_lies_on_a_desk(browse, problems):
    phone, desk = corners(browse(width=390)), corners(browse())

    assert len(phone) == len(desk) > 1
    assert len({left for left, _top in phone}) == 1
    assert [top for _left, top in phone] == sorted({top for _left, top in phone})
    assert len({top for _left, top in desk}) == 1
    assert [left for left, _top in desk] == sorted({left for left, _top in desk})
    assert problems == []
