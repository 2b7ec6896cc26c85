"""Parts of a page that are kept: one drawing for all, for as long as it is so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.safestring import SafeString

from marketplace.kernel import known
from marketplace.kernel.library import cited, note_cited, shelf_once
from marketplace.web.parts_kept import drawn_parts, kept_parts
from tests.clock import NOON

pytestmark = pytest.mark.django_db
TEMPLATE = "frame/lost_files.html"
MINUTE = timedelta(minutes=1)


class Page:
    """Draws one part, and counts how often it was asked what to draw."""

    def __init__(self) -> None:
        self.asked = 0

    def context(self) -> dict[str, Any]:
        self.asked += 1
        note_cited("law", 7)
        known.holds_until(NOON + MINUTE)
        return {}

    def part(self, *key: str, at: Any = NOON) -> SafeString:
        return drawn_parts(TEMPLATE, ("all",), at, *key, context=self.context)["all"]


def test_parts_are_drawn_once_for_a_version_a_key_and_as_long_as_they_are_so() -> None:
    page = Page()
    asked = []

    for version, key, at in (
        ("1", "a", NOON),
        ("1", "a", NOON + MINUTE - timedelta(seconds=1)),  # kept
        ("1", "b", NOON),
        ("2", "a", NOON),
        ("2", "a", NOON + MINUTE),  # it said: until then
    ):
        with known.at_version(version):
            assert "<p" in page.part(key, at=at)
        asked.append(page.asked)

    assert asked == [1, 1, 2, 3, 4]


def test_an_act_draws_them_each_time_and_keeps_nothing() -> None:
    page = Page()

    page.part("a"), page.part("a")

    assert page.asked == 2
    assert kept_parts.figures()["pages"] == 0


def test_a_page_of_kept_parts_cites_what_they_cite_and_ends_with_them() -> None:
    page, found = Page(), []

    for _time in range(2):
        with known.at_version("1"), shelf_once(), known.watching(NOON + 9 * MINUTE):
            page.part("a")
            found.append((cited(), known.until()))

    assert page.asked == 1
    assert found == [((("law", 7),), NOON + MINUTE)] * 2


def test_they_take_no_more_than_the_setting_allows(settings: Any) -> None:
    settings.KEPT_PARTS_BYTES = 0

    with known.at_version("1"):
        Page().part("a")

    assert kept_parts.figures() == {"hits": 0, "misses": 0, "pages": 0, "bytes": 0}
