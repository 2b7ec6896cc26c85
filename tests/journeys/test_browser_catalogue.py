"""A manager publishes a new list, another confirms it, and the item's page follows. In Chromium."""

from __future__ import annotations

import re

import pytest

from tests.journeys.demo import ANONYMOUS
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]
ITEM, NUMBER, RESULT = "S34", "演示目录清单第3号", "地震安全性评价报告和附图"


def drafts(manager: Visitor) -> None:
    """Begin the next version of the item, with another result."""
    manager.opens(f"/manager/catalogue/items/{ITEM}/")
    manager.sends("起草新的版本")
    manager.sends("保存草稿", deliverable=RESULT)


def plans(manager: Visitor) -> str:
    """Plan a list that publishes the draft; return the page of the list."""
    page = manager.page
    manager.opens("/manager/catalogue/lists/new/")
    page.locator("label").filter(has_text=ITEM).click()
    manager.sends("提交确认", number=NUMBER, dated_on=manager.today, reason="补充成果要求。")
    return manager.path


def test_a_new_list_changes_the_page_of_the_item(browse):
    public, first, second = (
        Visitor(browse(login=login)) for login in (ANONYMOUS, "guanli1", "guanli2")
    )

    drafts(first)
    address = plans(first)
    assert RESULT not in public.opens(f"/items/{ITEM}/")
    second.opens(address)
    second.sends("确认并公布")

    assert RESULT in public.opens(f"/items/{ITEM}/")
    public.follows(NUMBER)
    assert "还没有报送记录" in public.text
    public.follows(re.compile("打印版"))
    assert "（修改成果文件）" in public.text
    assert RESULT in public.text

    second.sends(
        "登记报送",
        authority="江西省人民政府办公厅（演示）",
        document_number="演示报送第3号",
        submitted_on=second.today,
    )
    public.opens(f"/items/{ITEM}/")
    assert "演示报送第3号" in public.follows(NUMBER)
