"""Controls that scripts make better: a file that was chosen, and the fields of one method."""

import re

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FILES = [
    {"name": "需求书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + b"0" * 2044},
    {"name": "长.pdf", "mimeType": "application/pdf", "buffer": b"0" * 1258292},
]

CHOOSE = """one => {
  one.checked = true;
  one.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def method_step(page: Page) -> Page:
    """Open the step that asks for the method, of a draft of the demo."""
    page.goto("/buyer/tenders/")
    order = page.locator("main a", has_text="夜游").first.get_attribute("href")
    page.goto(f"{re.sub('edit/.*', '', str(order))}edit/method/")
    return page


def shown(page: Page) -> list[tuple[str, bool]]:
    """Return the methods whose fields can be seen, each with whether they are sent."""
    groups = page.locator("fieldset[data-when]:visible")
    found = groups.evaluate_all("all => all.map(one => [one.dataset.is, !one.disabled])")
    return [(name, sent) for name, sent in found]


def test_a_chosen_file_is_named_with_its_size_and_the_control_stays_in_reach(browse, problems):
    page, plain = browse(width=390), browse(javascript=False)
    for visitor in (page, plain):
        visitor.goto("/styleguide/")
    control, said = page.locator(".z-file input"), page.locator(".z-file output")

    assert said.inner_text() == "还没有选择文件"
    for file, words in zip(FILES, ("需求书.pdf · 2 KB", "长.pdf · 1.2 MB"), strict=True):
        control.set_input_files(file)
        assert said.inner_text() == words
    control.focus()
    assert control.evaluate("one => one.matches(':focus')")
    name = page.get_by_label("采购需求书").and_(page.get_by_label("选择文件"))
    assert name.get_attribute("type") == "file"
    with page.expect_file_chooser():
        page.locator(".z-file .btn").click()
    assert plain.locator(".z-file output").is_hidden()
    plain.locator(".z-file input").click(trial=True)
    assert problems == []


def test_only_the_fields_of_the_chosen_method_are_there_and_all_without_scripts(browse, problems):
    page = method_step(browse(login="gucheng", width=390))
    plain = method_step(browse(login="gucheng", javascript=False))

    for method in ("direct", "lowest"):
        # The demo's draft is paid with fiscal money, which keeps a reader's click from the second.
        page.locator(f"[name=method][value={method}]").evaluate(CHOOSE)
        assert shown(page) == [(method, True)]
    assert shown(plain) == [("lowest", True), ("direct", True)]
    assert problems == []
