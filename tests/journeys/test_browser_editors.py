"""An editor writes, another agrees; it is compared, restored, withdrawn, scheduled. In Chromium."""

from __future__ import annotations

import re
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import complaints
from tests.journeys.demo import ANONYMOUS
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]
TITLE, TEXT = "年末的服务安排", "元旦期间照常受理报名。"
NEWER = "元旦当天暂停受理报名。"
LATER = "2099-01-01 08:00"


def submits(editor: Visitor) -> None:
    """Write a notice of one block and ask another person to agree."""
    page = editor.page
    editor.opens("/workbench/")
    editor.follows("写一篇通知公告")
    page.fill("[name=title]", TITLE)
    page.fill("[name=published_on]", "2026-11-30")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("插入|Insert")).first.click()
    page.get_by_role("option", name="提示框").click()
    page.fill("[name='body-0-value-text']", TEXT)
    hands_in(editor)
    assert "已创建并提交审核" in editor.text


def hands_in(editor: Visitor) -> None:
    """Ask another person to agree to what stands in the form."""
    page = editor.page
    page.get_by_role("button", name="更多动作").click()
    with page.expect_navigation():
        page.get_by_role("button", name="提交给他人审核").click()


def agrees(reviewer: Visitor) -> str:
    """Open what waits for one's review, and publish it; return where it is edited."""
    page = reviewer.page
    reviewer.opens("/cms/")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("待我审核")).click()
    with page.expect_navigation():
        page.get_by_role("link", name=TITLE).first.click()
    address = reviewer.path
    page.get_by_role("button", name="更多动作").click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^批准")).first.click()
    return address


def changes(editor: Visitor, address: str) -> None:
    """Write another text into the same block, and hand it in."""
    editor.opens(address)
    editor.page.fill("[name='body-0-value-text']", NEWER)
    hands_in(editor)


def compares(reviewer: Visitor, address: str) -> str:
    """Return what differs between the first text and what is live."""
    return reviewer.opens(address.replace("/edit/", "/revisions/compare/earliest...live/"))


def restores(editor: Visitor, address: str) -> None:
    """Put the first text back into the form from the history, and hand it in."""
    page = editor.page
    editor.opens(address.replace("/edit/", "/history/"))
    page.locator("table").get_by_role("button", name="动作").last.click()
    with page.expect_navigation():
        page.locator("a[href$='/revert/']:visible").click()
    assert page.input_value("[name='body-0-value-text']") == TEXT
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("替换")).click()
    editor.opens(address)
    hands_in(editor)


def schedules(editor: Visitor, address: str) -> None:
    """Say when the page goes live again, and hand it in."""
    page = editor.page
    editor.opens(address)
    page.get_by_role("button", name="状态开关").click()
    page.get_by_role("button", name="设置计划").click()
    page.fill("[name=go_live_at]", LATER)
    with page.expect_navigation():  # the calendar that opens lies over the button
        page.get_by_role("button", name="保存计划").dispatch_event("click")
    editor.opens(address)
    hands_in(editor)


def goes(address: str | None, page: Page) -> None:
    page.goto(address or "")


def faults(editor: Visitor) -> list[str]:
    """Return what axe finds in our report, beside the menu, and in the form of a notice."""
    editor.opens("/workbench/")
    form = editor.page.locator("main a[href^='/cms/pages/'][href$='/edit/']").last
    rooms = ("/cms/reports/links/", form.get_attribute("href"))
    return complaints([(editor.page, [partial(goes, room) for room in rooms])])


def test_an_editor_writes_another_agrees_and_it_is_withdrawn(browse, problems):
    public, editor, reviewer = (
        Visitor(browse(login=login)) for login in (ANONYMOUS, "bianji", "shenhe")
    )

    submits(editor)
    assert TITLE not in public.opens("/notices/")
    address = agrees(reviewer)
    public.opens("/notices/")
    assert TEXT in public.follows(TITLE)

    changes(editor, address)
    assert TEXT in public.opens(public.path)
    agrees(reviewer)
    assert NEWER in public.opens(public.path)
    differs = compares(reviewer, address)
    assert all(text in differs for text in (TEXT, NEWER))
    restores(editor, address)
    agrees(reviewer)
    assert TEXT in public.opens(public.path)

    reviewer.opens(address.replace("/edit/", "/unpublish/"))
    with reviewer.page.expect_navigation():
        reviewer.page.get_by_role("button", name="是，取消发布").click()
    assert TITLE not in public.opens("/notices/")

    schedules(editor, address)
    agrees(reviewer)
    assert TITLE not in public.opens("/notices/")
    reviewer.opens(address)
    assert "2099" in reviewer.text

    assert faults(editor) == []
    assert problems == []
