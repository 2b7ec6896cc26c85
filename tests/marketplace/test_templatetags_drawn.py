"""A component that hangs on its arguments alone is drawn once for them."""

from datetime import UTC

from django.template import Context
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from marketplace.kernel import known
from marketplace.templatetags.drawn import drawn_at_version, drawn_once, once_for
from marketplace.templatetags.ui import Chip


def test_it_is_drawn_once_for_its_arguments_the_language_and_the_time_zone() -> None:
    drawn: list[object] = []

    @once_for
    def mark(text: str, *, tone: str = "") -> SafeString:
        drawn.append((text, tone))
        return SafeString(f"<b>{text}{tone}</b>")

    assert [mark("a"), mark("a"), mark("a", tone="ok")] == ["<b>a</b>", "<b>a</b>", "<b>aok</b>"]
    assert drawn == [("a", ""), ("a", "ok")]
    with translation.override("en"):
        mark("a")
    with timezone.override(UTC):
        mark("a")
    assert len(drawn) == 4
    assert mark.__name__ == "mark"


def test_a_safe_text_and_another_are_two() -> None:
    drawn: list[str] = []

    @once_for
    def mark(text: str) -> SafeString:
        drawn.append(text)
        return SafeString(text if isinstance(text, SafeString) else "other")

    assert [mark(SafeString("<b>")), mark("<b>")] == ["<b>", "other"]


def test_the_component_that_a_function_returns_is_drawn_once() -> None:
    asked: list[str] = []

    @drawn_once
    def chip_of(word: str) -> Chip:
        asked.append(word)
        return Chip(word, "wait", "ok", is_filled=False)

    first, second = chip_of("<待审核>"), chip_of("<待审核>")

    assert first == second
    assert isinstance(first, SafeString)
    assert "&lt;待审核&gt;" in first
    assert asked == ["<待审核>"]


def test_a_template_for_everybody_is_drawn_once_at_a_version_and_each_time_without_a_key() -> None:
    def draw(name: str, *key: str) -> str:
        return drawn_at_version(
            "marketplace/said/switched.txt", Context({"organization": {"name": name}}), key
        )

    with known.at_version("1"):
        assert ("甲" in draw("甲", "list"), "甲" in draw("乙", "list")) == (True, True)
        assert "乙" in draw("乙")
    with known.at_version("2"):
        assert "乙" in draw("乙", "list")
