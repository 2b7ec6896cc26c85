"""Who may do the work, as it is drawn."""

import pytest

from marketplace.pages.requirements import condition, condition_of, items_for_agency
from marketplace.requirements import (
    AllOf,
    AnyOf,
    Certificate,
    Commitment,
    Holdings,
    Paper,
    Practitioners,
    ask,
    written,
)
from tests.factories.marketplace import ServiceItemFactory
from tests.markup import on_one_line

LAW = "《建筑法》第十三条"
TREE = AllOf((AnyOf((Certificate("C25", LAW), Commitment("C23"))), Practitioners("监理师", 2)))


def name(code: str) -> str:
    return {"C25": "工程设计", "C23": "工程咨询"}[code]


def test_a_tree_is_drawn_as_a_list_that_says_how_its_parts_are_joined() -> None:
    drawn = condition(TREE, name)

    assert (drawn.text, [str(part.text) for part in drawn.parts]) == (
        "须同时具备",
        ["具备其一", "“监理师”2 人以上"],
    )
    [first, _second] = drawn.parts[0].parts
    assert (first.text, first.basis, first.word, first.why) == (
        "“工程设计”资质证书",
        LAW,
        "",
        "",
    )


def test_an_answer_says_at_each_leaf_whether_it_holds_and_why_not() -> None:
    held = Holdings(frozenset({Paper("commitment", "C23")}), {"监理师": 1})

    drawn = condition(TREE, name, ask(TREE, held))

    assert drawn.word == "不具备"
    either, people = drawn.parts
    assert (either.word, [part.word for part in either.parts]) == ("具备", ["不具备", "具备"])
    assert (people.word, people.why) == ("不具备", "人数不足，须有“监理师”2 人以上")


@pytest.mark.django_db
def test_a_condition_is_drawn_with_its_source_and_its_reason() -> None:
    answer = ask(TREE, Holdings())

    html = on_one_line(condition(TREE, name, answer).render_html())

    for words in ("须同时具备：", "具备其一：", LAW, "没有在有效期内的“工程设计”资质证书。"):
        assert words in html


@pytest.mark.django_db
def test_the_items_that_an_agency_may_do_go_first() -> None:
    far, near = ServiceItemFactory(published=True), ServiceItemFactory(published=True)
    far.requirement = written(Certificate(far.service_class.code, LAW))
    held = Holdings(frozenset({Paper("commitment", near.service_class.code)}))

    rows = items_for_agency([far, near], held)

    assert [(row.item, row.holds) for row in rows] == [(near, True), (far, False)]
    assert rows[1].condition.why == f"没有在有效期内的“{far.service_class}”资质证书"
    assert condition_of(near).text == f"在“{near.service_class}”类别登记并作出承诺"
