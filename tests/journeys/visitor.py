"""A person at a browser: opens pages, follows links, fills in forms, moves the demo's clock."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page

PATIENCE_IN_DAYS = 60


class Visitor:
    """One person with a browser of their own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    @property
    def today(self) -> str:
        """The platform's day, as the bar of the demo's clock says; the page stays where it is."""
        text = self._asks("/demo/clock/")
        moment = re.search(r'class="z-demo.*?<time[^>]* datetime="([\d-]{10})', text, re.DOTALL)
        assert moment
        return moment[1]

    def opens(self, path: str) -> str:
        self.page.goto(path)
        return self.text

    def follows(self, words: str | re.Pattern[str]) -> str:
        """Follow the first link of the main part that says so; return what is there."""
        link = self.page.locator("main").get_by_role("link", name=words).first
        with self.page.expect_navigation():
            link.click()
        return self.text

    def sends(self, button: str | re.Pattern[str], **fields: Any) -> str:
        """Fill in the form that has this button, press it, and return what the answer says."""
        pressed = self.page.get_by_role("button", name=button, exact=True)
        form = self.page.locator("main form").filter(has=pressed)
        for name, value in fields.items():
            fill(form.locator(f"[name={name}]"), value)
        with self.page.expect_navigation():
            pressed.click()
        return self.text

    def waits_for(self, words: str, *, at: str) -> str:
        """Move the clock day by day until the page at `at` says `words`."""
        for _try in range(PATIENCE_IN_DAYS):
            self.opens(at)
            # The bar itself names the next deadline, so only what the page says counts.
            if words in self.page.locator("main").inner_text():
                return self.text
            self.moves_on()
            self._moves_on_unseen(words, at)
        pytest.fail(f"{at} does not say {words} after {PATIENCE_IN_DAYS} days: {self.text}")

    def _moves_on_unseen(self, words: str, at: str) -> None:
        """
        Send the bar's form day by day until the answer holds `words`.

        A browser draws three pages a day, which takes ten times as long.
        """
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', self._asks("/demo/clock/"))
        assert token
        form = {"csrfmiddlewaretoken": token[1], "next": at, "to": "day"}
        page = self._asks(at)
        for _day in range(PATIENCE_IN_DAYS):
            if squeezed(words) in squeezed(main_of(page)):
                return
            page = self.page.request.post("/demo/clock/", form=form).text()

    def lets_pass(self, days: int) -> None:
        """Move the clock by many days, unseen; no page is drawn between them."""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', self._asks("/demo/clock/"))
        assert token
        form = {"csrfmiddlewaretoken": token[1], "to": "day"}
        for _day in range(days):
            self.page.request.post("/demo/clock/", form=form, max_redirects=0)

    def _asks(self, path: str) -> str:
        return self.page.request.get(path).text()

    def moves_on(self) -> None:
        """Move the clock by a day, on the page that the bar leads to without scripts."""
        self.opens(f"/demo/clock/?next={quote(self.path)}")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="推进一天").click()


def main_of(page: str) -> str:
    """Return the words of a page's main part, shown or not."""
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[0]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def fill(control: Locator, value: Any) -> None:
    """Fill in one control, whatever its kind."""
    kind = control.first.evaluate("control => control.type")
    if kind == "radio":
        control.and_(control.page.locator(f"[value='{value}']")).check()
    elif kind == "checkbox":
        control.check()
    elif kind == "file":
        control.set_input_files(value)
    elif kind.startswith("select"):
        control.select_option(value)
    else:
        control.fill(str(value))
