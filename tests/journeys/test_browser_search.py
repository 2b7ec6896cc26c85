"""From a few letters to a kept question with the keyboard alone, and without scripts as well."""

import pytest

from tests.journeys.axe import complaints
from tests.journeys.demo import READERS, log_in

pytestmark = pytest.mark.browser


def focused(page, name):
    """Return an attribute of what has the focus."""
    return page.evaluate("name => document.activeElement.getAttribute(name)", name)


def tab_to(page, text):
    """Press the tabulator until a link or button with this text has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(text)


def open_suggestions(page):
    """Type into the field of the search page until something is suggested, and mark the first."""
    page.goto("/search/")
    page.locator("#q").focus()
    page.keyboard.type("水土")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("ArrowDown")


def test_a_suggestion_is_chosen_and_a_search_is_kept_with_the_keyboard_alone(browse, problems):
    page = browse()
    log_in(page, READERS["agency"])

    open_suggestions(page)
    options = page.get_by_role("option")
    opened = focused(page, "aria-expanded")
    active = focused(page, "aria-activedescendant")
    first = options.first.get_attribute("id")
    selected = options.first.get_attribute("aria-selected")
    page.keyboard.press("Escape")
    closed = focused(page, "aria-expanded")
    page.keyboard.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/*/")

    assert (opened, closed) == ("true", "false")
    assert (active, selected) == (first, "true")
    page.goto("/search/?q=水土保持")
    tab_to(page, "订阅")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved/new/**")
    tab_to(page, "订阅")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved/*/")
    assert page.get_by_role("heading", level=1).inner_text() == "水土保持"
    tab_to(page, "删去这个订阅")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved/")
    assert problems == []


def test_the_open_list_and_the_results_have_no_fault_that_axe_knows(browse):
    page = browse()

    assert complaints([(page, [open_suggestions, lambda tab: tab.goto("/search/?q=环评")])]) == []
