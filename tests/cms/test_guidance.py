"""What the editors say of an item, as the item's page draws it."""

from types import SimpleNamespace

from wagtail.rich_text import RichText

from cms.guidance import Answer, ItemGuidance, written_on
from tests.clock import NOON

EMPTY = {"guidance": [], "questions": [], "samples": []}


def test_a_page_that_says_nothing_draws_nothing() -> None:
    assert written_on(SimpleNamespace(**EMPTY), NOON) == []


def test_a_question_is_drawn_with_its_answer() -> None:
    asked = {"question": "收费吗", "answer": RichText("<p>不收。</p>")}
    page = SimpleNamespace(**{**EMPTY, "questions": [SimpleNamespace(value=asked)]})

    assert written_on(page, NOON) == [ItemGuidance([], [Answer("收费吗", "<p>不收。</p>")], [])]
