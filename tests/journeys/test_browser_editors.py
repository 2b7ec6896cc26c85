"""An editor writes, another person agrees, everybody reads it, and it is withdrawn. In Chromium."""

from __future__ import annotations

import re

import pytest

from tests.journeys.demo import ANONYMOUS
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]
TITLE, TEXT = "年末的服务安排", "元旦期间照常受理报名。"


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
    page.get_by_role("button", name="更多动作").click()
    with page.expect_navigation():
        page.get_by_role("button", name="提交给他人审核").click()
    assert "已创建并提交审核" in editor.text


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


def test_an_editor_writes_another_agrees_and_it_is_withdrawn(browse):
    public, editor, reviewer = (
        Visitor(browse(login=login)) for login in (ANONYMOUS, "bianji", "shenhe")
    )

    submits(editor)
    assert TITLE not in public.opens("/notices/")
    address = agrees(reviewer)
    public.opens("/notices/")
    assert TEXT in public.follows(TITLE)

    reviewer.opens(address.replace("/edit/", "/unpublish/"))
    with reviewer.page.expect_navigation():
        reviewer.page.get_by_role("button", name="是，取消发布").click()
    assert TITLE not in public.opens("/notices/")
