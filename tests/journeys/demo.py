"""The demo province's readers, and how they log in, in a real browser."""

import tomllib
from pathlib import Path

from playwright.sync_api import Page

ACCOUNTS = Path(__file__).resolve().parents[2] / "cms" / "demo" / "data" / "accounts.toml"
PASSWORD: str = tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))["password"]
ANONYMOUS = ""
READERS = {
    "public": ANONYMOUS,
    "agency": "zhice",
    "agency agent": "zhice2",
    "restricted agency": "chuping",
    "buyer": "gucheng",
    "buyer agent": "gucheng2",
    "operator": "zhanggong1",
    "regulator": "jianguan1",
    "manager": "guanli1",
    "inspector": "jiancha1",
    "editor": "bianji",
}


def log_in(page: Page, login: str) -> None:
    """Log in by the form; nothing to do for the public."""
    if login == ANONYMOUS:
        return
    page.goto("/accounts/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    assert "/accounts/login/" not in page.url, f"{login} could not log in"


def log_out(page: Page) -> None:
    """Log out by the form."""
    page.goto("/accounts/logout/")
    page.locator("main button").first.click()
    page.wait_for_load_state()
