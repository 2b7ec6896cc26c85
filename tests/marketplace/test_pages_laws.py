"""The law library as it is read: its list, one law, and what rests on law that has lapsed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import CITATIONS, Citation
from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.pages.laws import (
    lapsed_orders,
    lapsed_rows,
    law_orders,
    law_rows,
    law_sheet,
    law_to_read,
)

pytestmark = pytest.mark.django_db
TODAY, MADE = date(2026, 11, 24), date(2020, 1, 1)
OVER = {"status": "repealed", "in_force_until": TODAY, "ended_by": "《新法》"}


def law(name: str, level: str = "law", *articles: str, **version: Any) -> Law:
    made = Law.objects.create(slug=f"law-{Law.objects.count()}", name=name, level=level)
    row = LawVersion.objects.create(law=made, **{"dated_on": MADE, "checked_on": TODAY} | version)
    for position, text in enumerate(articles, start=1):
        number = f"第{'一二三'[position - 1]}条"
        Article.objects.create(version=row, number=number, position=position, text=text)
    return made


def test_laws_stand_first_references_last_and_each_says_what_we_hold_of_it() -> None:
    law("别处规定", "reference")
    law("乙法", "law", "条文", document_number="主席令第5号", note="节选")
    law("甲条例", "regulation", **OVER)
    law("甲法")

    rows = law_rows("")

    assert [(row.law.name, str(row.word)) for row in rows] == [
        ("乙法", "现行有效"),
        ("甲法", "未收录"),
        ("甲条例", "已废止"),
        ("别处规定", "未收录"),
    ]
    assert rows[0].about == ["主席令第5号", "2020年1月1日", "节选"]
    assert [row.law.name for row in law_rows("第5号")] == ["乙法"]


def test_laws_are_sorted_by_name_and_by_day_those_without_one_last() -> None:
    law("b", "reference", dated_on=date(2024, 1, 1))
    law("a", "law", dated_on=date(2020, 1, 1))
    law("c", "law", dated_on=None)

    found = {
        order.name: [row.law.name for row in law_rows("", order.name)] for order in law_orders()
    }

    assert found == {"level": ["a", "c", "b"], "name": ["a", "b", "c"], "newest": ["b", "a", "c"]}


def test_a_law_shows_under_each_article_what_rests_on_it(
    answering: Callable[..., None],
) -> None:
    law("某法", "law", "一款\n二款", "条文")
    cited = [
        Citation("规则", label, basis, TODAY)
        for label, basis in (
            ("甲", "《某法》第一条第二款"),
            ("乙", "《某法》第九条"),
            ("丙", "《某法》"),
            ("丁", "《别的法》第一条"),
        )
    ]
    answering(CITATIONS.answer(lambda **_asked: cited))

    sheet = law_sheet(Law.objects.prefetch_related(law_to_read()).get(), TODAY)

    [version] = sheet.versions
    first, second = version.articles
    assert first.paragraphs == ["一款", "二款"]
    assert [one.label for one in first.citations] == ["甲"]
    assert second.citations == []
    assert [one.label for one in sheet.citations] == ["乙", "丙"]
    assert version.title == "2020年1月1日版本"
    assert [fact.value for fact in version.facts] == ["2026年11月24日"]


def test_what_rests_on_lapsed_or_unknown_law_is_listed_with_what_took_its_place(
    answering: Callable[..., None],
) -> None:
    law("旧法", "law", "条文", **OVER)
    law("某法", "law", "条文")
    cited = [
        Citation("规则", label, basis, TODAY)
        for label, basis in (
            ("甲", "《旧法》第一条"),
            ("乙", "《某法》第一条"),
            ("丙", "《没有的法》第一条"),
        )
    ]
    answering(CITATIONS.answer(lambda **_asked: cited))

    rows = lapsed_rows(TODAY)

    assert [(row.citation.label, str(row.problem), row.ended_on, row.ended_by) for row in rows] == [
        ("甲", "使用之日不在有效期内", TODAY, "《新法》"),
        ("丙", "法规库没有这个文件", None, ""),
    ]
    assert rows[0].source == "《旧法》第一条"
    cited.reverse()
    found = {
        order.name: [row.citation.label for row in lapsed_rows(TODAY, order.name)]
        for order in lapsed_orders()
    }
    assert found == {"cited": ["丙", "甲"], "name": ["甲", "丙"], "newest": ["甲", "丙"]}


def test_a_law_says_when_a_version_comes_into_force_or_ends() -> None:
    made = law("新法", in_force_from=date(2026, 12, 1))
    LawVersion.objects.create(
        law=made,
        dated_on=date(2010, 1, 1),
        checked_on=TODAY,
        status="amended",
        in_force_until=date(2026, 12, 1),
    )
    read = Law.objects.prefetch_related(law_to_read()).get(pk=made.pk)

    steps = law_sheet(read, TODAY).steps

    assert [(str(step.label), day_of(step.at)) for step in steps if step.at] == [
        ("施行", date(2026, 12, 1)),
        ("失效", date(2026, 12, 1)),
    ]
    assert law_sheet(read, date(2026, 12, 1)).steps == []
