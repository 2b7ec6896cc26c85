"""How much there is to do, in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.pages.load import load_of
from marketplace.web.workbench import Todo
from tests.clock import NOON

SECOND = timedelta(seconds=1)
MIDNIGHT = datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ([], "现在没有待办"),
        ([None], "待办 1 项，今天没有到期的"),
        ([MIDNIGHT + SECOND], "待办 1 项，今天没有到期的"),
        ([MIDNIGHT, None], "待办 2 项，今天 1 项到期"),
        ([NOON + SECOND, NOON], "待办 2 项，1 项已逾期"),
        ([NOON] * 20, "待办 20 项，20 项已逾期"),
        ([NOON, *[None] * 20], "待办 20 项以上，先列的 20 项中 1 项已逾期"),
    ],
)
def test_a_workbench_is_headed_by_what_is_most_pressing(
    due: list[datetime | None], words: str
) -> None:
    todos = [Todo("办理", "项目", "/x/", "办理", due_at) for due_at in due]

    assert load_of(todos, NOON).words == words
