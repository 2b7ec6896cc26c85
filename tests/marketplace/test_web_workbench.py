"""What a person finds on the workbench."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from marketplace.web.workbench import ASKED, SHOWN, NavItem, Todo
from tests.clock import NOON
from tests.markup import draw, words

CHINA = ZoneInfo("Asia/Shanghai")


def test_todo_list_groups_by_when_it_is_due() -> None:
    def todo(title: str, due_at: datetime | None) -> Todo:
        return Todo(title, "项目", "/x/", "办理", due_at)

    todos = [
        todo("甲", NOON),
        todo("乙", datetime(2026, 11, 25, tzinfo=CHINA)),
        todo("丙", datetime(2026, 11, 30, tzinfo=CHINA)),
        todo("丁", datetime(2026, 11, 30, 0, 0, 1, tzinfo=CHINA)),
        todo("戊", None),
    ]

    drawn = draw("{% todo_list todos now %}", todos=todos, now=NOON)

    assert re.findall(r"<h2[^>]*>(.+?)</h2>|<h3>(.+?)</h3>", drawn) == [
        ("已逾期", ""),
        ("", "甲"),
        ("今天", ""),
        ("", "乙"),
        ("本周", ""),
        ("", "丙"),
        ("以后", ""),
        ("", "丁"),
        ("", "戊"),
    ]


def test_a_todo_leads_to_the_rule_that_sets_its_deadline() -> None:
    todo = Todo(
        "登记", "项目", "/x/", "办理", NOON, source="三人分别办理", rule="selection.register"
    )

    drawn = draw("{% todo_list todos now %}", todos=[todo], now=NOON)

    assert 'href="/rules/#selection.register"' in drawn
    assert "三人分别办理" not in drawn


def test_a_todo_without_a_rule_says_why_it_is_there() -> None:
    todo = Todo("审核", "项目", "/x/", "办理", source="三人分别办理")

    assert "三人分别办理 办理" in words("{% todo_list todos now %}", todos=[todo], now=NOON)


def test_what_waits_is_counted_as_far_as_it_is_listed() -> None:
    entry = NavItem("/x/", "审核", "i-check", 1)

    counted = [entry.counting(range(found)) for found in (0, SHOWN, ASKED)]

    assert [(one.count, one.is_more) for one in counted] == [
        (0, False),
        (20, False),
        (20, True),
    ]
