from hypothesis import given
from hypothesis import strategies as st

from search.highlight import BEFORE_HIT, ELLIPSIS, SNIPPET_LENGTH, Part, parts_of, snippet_of
from search.query import parse


def marked(text: str, query: str) -> list[str]:
    return [part.text for part in parts_of(text, parse(query)) if part.is_hit]


def test_the_place_of_a_term_is_a_part_of_its_own() -> None:
    assert parts_of("青山湖片区污水管网环评", parse("污水 环评")) == [
        Part("青山湖片区"),
        Part("污水", is_hit=True),
        Part("管网"),
        Part("环评", is_hit=True),
    ]


def test_terms_that_overlap_are_marked_once() -> None:
    assert marked("环境影响评价", "环境影响 影响评价") == ["环境影响评价"]


def test_what_is_marked_keeps_its_own_width_and_case() -> None:
    assert marked("含ＢＩＭ模型", "bim模型") == ["ＢＩＭ模型"]


def test_a_code_is_marked_over_its_separators() -> None:
    assert marked("编号 JX360702-2026-00012", "jx360702-2026-000") == ["JX360702-2026-000"]


def test_a_word_is_marked_only_from_its_beginning() -> None:
    assert marked("12标段和2标段", "2标段") == ["2标段"]


def test_markup_in_a_text_stays_text() -> None:
    parts = parts_of("<script>测绘</script>", parse("测绘"))

    assert parts == [Part("<script>"), Part("测绘", is_hit=True), Part("</script>")]


def test_a_snippet_stands_around_the_first_hit() -> None:
    text = "甲" * 100 + "测绘" + "乙" * 100

    parts = snippet_of(text, parse("测绘"))

    assert parts == [
        Part(ELLIPSIS),
        Part("甲" * BEFORE_HIT),
        Part("测绘", is_hit=True),
        Part("乙" * (SNIPPET_LENGTH - BEFORE_HIT - 2)),
        Part(ELLIPSIS),
    ]


def test_a_text_without_a_hit_has_no_snippet() -> None:
    assert snippet_of("青山湖片区污水管网环评", parse("测绘")) == []


@given(text=st.text(max_size=300), query=st.text(max_size=40))
def test_the_parts_make_up_the_text(text: str, query: str) -> None:
    assert "".join(part.text for part in parts_of(text, parse(query))) == text
