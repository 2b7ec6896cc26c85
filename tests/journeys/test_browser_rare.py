"""Pages that a reader meets seldom, and that no link shows before something has gone wrong."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import Arrival, complaints
from tests.journeys.demo import PASSWORD
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]
FACTORS = "/accounts/2fa"
OPEN_ORDER = "SELECT id, code, commitment FROM bidding_tender WHERE status = 'active' LIMIT 1"
PROMISE = "UPDATE bidding_tender SET commitment = ? WHERE id = ?"
BROKEN = "抽取承诺与发布公告时公布的不一致，查明以前不开启报价"


def at(path: str) -> Arrival:
    return lambda page: page.goto(path)


def password_given(page: Page) -> None:
    """Arrive at the page of giving up an app by that which asks for the password again."""
    page.goto(f"{FACTORS}/totp/deactivate/")
    Visitor(page).sends("继续", password=PASSWORD)
    assert "解除" in Visitor(page).text


def asks_for_a_reset(page: Page) -> None:
    """Arrive where a manager says why the factors of a colleague are to be unbound."""
    page.goto("/members/")
    page.get_by_role("link", name="重置二次验证").last.click()


@contextmanager
def another_promise() -> Iterator[str]:
    """Change in the database what an open order has promised; yield the address of its page."""
    path = Path(os.environ["DATA_DIR"]) / "db.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as database:
        order, code, promise = database.execute(OPEN_ORDER).fetchone()
        database.execute(PROMISE, ("0" * 64, order))
        try:
            yield f"/tenders/{code}/"
        finally:
            database.execute(PROMISE, (promise, order))


def test_pages_of_lost_devices_and_of_a_broken_promise_are_accessible(browse, problems):
    manager, colleague, public = browse(login="guanli1"), browse(login="guanli2"), browse()
    again, inspector = f"/accounts/reauthenticate/?next={FACTORS}/", browse(login="jiancha1")
    unbinding = [password_given, at(f"{FACTORS}/recovery-codes/generate/"), at(f"{FACTORS}/")]

    found = complaints([(manager, [asks_for_a_reset]), (inspector, [at(again), *unbinding])])
    Visitor(manager).sends("申请重置", reasons="手机丢失，本人已到场核对身份。")
    reset = manager.locator("main a[href^='/factor-resets/']").get_attribute("href")
    pages = [(manager, [at("/members/"), at(reset)]), (colleague, [at(reset)])]
    with another_promise() as order:
        found += complaints([*pages, (public, [at(order)])])
        assert BROKEN in Visitor(public).text
    Visitor(manager).sends("撤回申请")

    assert found == []
    assert problems == []
