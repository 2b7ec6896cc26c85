"""Controls that scripts make better: a file that was chosen, and the fields of one method."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.test_browser_forms import reach

pytestmark = pytest.mark.browser

FILES = [
    {"name": "需求书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + b"0" * 2044},
    {"name": "长.pdf", "mimeType": "application/pdf", "buffer": b"0" * 1258292},
]

CHOOSE = """one => {
  one.checked = true;
  one.dispatchEvent(new Event("change", { bubbles: true }));
}"""


# What the live text beside the bar says, one after the other.
WATCH = """() => {
  window.shown = [];
  const place = document.querySelector("[data-sending] [role=status]");
  const note = () => window.shown.push(place.textContent);
  new MutationObserver(note).observe(place, { childList: true });
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


def rows(page: Page) -> list[str]:
    """Return the chosen files as the list beside the control names them."""
    return page.locator("[data-files] li span").all_inner_texts()


def test_chosen_files_are_named_with_their_size_and_each_can_be_taken_back(browse, problems):
    page, plain = browse(width=390), browse(javascript=False)
    for visitor in (page, plain):
        visitor.goto("/styleguide/")
    control, said = page.locator(".z-file input"), page.locator(".z-file output")

    assert said.inner_text() == "还没有选择文件"
    for file in FILES:
        control.set_input_files(file)
    assert rows(page) == ["需求书.pdf · 2 KB", "长.pdf · 1.2 MB"]
    assert said.inner_text() == "已选 2 个文件，共 1.2 MB"
    page.get_by_role("button", name="移除 需求书.pdf").click()
    assert rows(page) == ["长.pdf · 1.2 MB"]
    assert control.evaluate("one => one.files.length") == 1
    control.set_input_files([{**FILES[0], "name": f"{number}.pdf"} for number in range(5)])
    assert said.inner_text() == "最多 5 份文件，请移除多余的"
    control.focus()
    assert control.evaluate("one => one.matches(':focus')")
    name = page.get_by_label("采购需求书").and_(page.get_by_label("选择文件"))
    assert name.get_attribute("type") == "file"
    with page.expect_file_chooser():
        control.click()
    assert plain.locator(".z-file output").is_hidden()
    plain.locator(".z-file input").click(trial=True)
    assert problems == []


def test_files_of_a_refused_form_are_still_chosen_and_a_long_upload_says_how_far_it_is(
    browse, problems
):
    page = browse(login="yuanpan")
    reach("/credit/record/", "/credit/record/cases/[^/]+/", page=page)
    page.locator("[name=statement]").fill("没有串通。")
    page.locator(".z-file input").set_input_files([FILES[0], {**FILES[1], "name": "程序.pdf"}])
    page.evaluate(WATCH)

    page.get_by_role("button", name="提交陈述申辩").click()
    page.locator(".z-errs").wait_for()

    assert "“程序.pdf”：只接收" in page.locator(".z-errs").inner_text()
    assert rows(page) == ["需求书.pdf · 2 KB", "程序.pdf · 1.2 MB"]
    assert page.locator(".z-file input").evaluate("one => one.files.length") == 2
    assert "选好的文件都还在" in page.locator("main").inner_text()
    assert page.locator("[name=statement]").input_value() == "没有串通。"
    shown = page.evaluate("window.shown")
    assert (shown[0][:3], shown[-1]) == ("已上传", "文件已上传，正在检查，请稍候…")
    assert [one for one in problems if "422" not in one] == []


def test_only_the_fields_of_the_chosen_method_are_there_and_all_without_scripts(browse, problems):
    page = method_step(browse(login="gucheng", width=390))
    plain = method_step(browse(login="gucheng", javascript=False))

    groups = [
        "lowest best_price auction shortlist plan_price experts",
        "lowest best_price auction shortlist plan_price experts random",
        "direct",
        "plan_price experts",
        "experts",
    ]
    for method in ("direct", "random", "lowest"):
        # The demo's draft is paid with fiscal money, which keeps a reader's click from some.
        page.locator(f"[name=method][value={method}]").evaluate(CHOOSE)
        assert shown(page) == [(group, True) for group in groups if method in group.split()]
    # how much there is of a unit is asked by another choice than that of the method
    first, *others = groups
    assert shown(plain) == [(group, True) for group in (first, "unit", *others)]
    assert problems == []
