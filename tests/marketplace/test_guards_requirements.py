"""A requirement and its answer in words, and what may be published of it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from marketplace.guards.requirements import (
    bases,
    described,
    in_words,
    item_requirement_is_lawful,
    names_of,
    reasons,
)
from marketplace.kernel.library import library
from marketplace.models import ServiceClass, ServiceItem
from marketplace.requirements import (
    AllOf,
    AnyOf,
    Certificate,
    Commitment,
    Filing,
    Holdings,
    Leaf,
    Nothing,
    Paper,
    Practitioners,
    ask,
    written,
)
from tests.factories.marketplace import ServiceClassFactory, ServiceItemFactory, load_laws

LAW = "《建筑法》第十三条"
DESIGN = Certificate("C25", LAW, discipline="建筑工程", level="first")


def name(code: str) -> str:
    return {"C25": "工程设计", "C23": "工程咨询"}[code]


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (Certificate("C25", LAW), "“工程设计”资质证书"),
        (DESIGN, "“工程设计”资质证书（专业为建筑工程，甲级以上）"),
        (Certificate("C25", LAW, level="second", higher_too=False), "“工程设计”资质证书（限乙级）"),
        (Certificate("C25", LAW, level="comprehensive"), "“工程设计”资质证书（综合资质）"),
        (Filing("C23"), "“工程咨询”备案"),
        (Filing("C23", head_office_too=True), "“工程咨询”备案（总机构的计入）"),
        (
            Certificate("C25", LAW, level="second", head_office_too=True),
            "“工程设计”资质证书（乙级以上，总机构的计入）",
        ),
        (Commitment("C23"), "在“工程咨询”类别登记并作出承诺"),
        (Practitioners("一级造价工程师", 2), "“一级造价工程师”2 人以上"),
        (Nothing(), "不要求资质、备案和人员"),
    ],
)
def test_a_leaf_is_said_in_words(leaf: Leaf, words: str) -> None:
    assert described(leaf, name) == words


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ((), "没有在有效期内的%s"),
        ((("风景园林", "fourth"),), "等级、专业都不符，须有%s"),
        ((("建筑工程", "second"),), "等级不够，须有%s"),
        ((("市政", "first"),), "专业不符，须有%s"),
        (
            (("市政", "first"), ("建筑工程", "second")),
            "没有一份证书同时符合专业和等级，须有%s",
        ),
    ],
)
def test_k2_01_a_reason_names_level_and_discipline(
    papers: tuple[tuple[str, str], ...], words: str
) -> None:
    held = Holdings(frozenset(Paper("certificate", "C25", *one) for one in papers))

    answer = ask(DESIGN, held)

    assert reasons(answer, name) == words % "“工程设计”资质证书（专业为建筑工程，甲级以上）"
    assert str(bases(answer)) == LAW


def test_all_that_would_do_is_named_with_what_it_rests_on() -> None:
    tree = AnyOf((Certificate("C25", LAW), Commitment("C23"), Practitioners("监理工程师", 3)))

    answer = ask(tree, Holdings(people={"监理工程师": 1}))

    assert reasons(answer, name) == (
        "没有在有效期内的“工程设计”资质证书；没有在“工程咨询”类别登记并作出承诺；"
        "人数不足，须有“监理工程师”3 人以上"
    )
    assert str(bases(answer)) == LAW
    assert str(bases(ask(Commitment("C23"), Holdings()))) == "平台默认"


def test_a_whole_requirement_fits_in_a_cell() -> None:
    tree = AllOf((AnyOf((Certificate("C25", LAW), Filing("C23"))), Practitioners("监理师", 2)))

    assert in_words(tree, name) == (
        "须同时具备（具备其一（“工程设计”资质证书；“工程咨询”备案）；“监理师”2 人以上）"
    )


@pytest.mark.django_db
def test_the_names_of_classes_are_read_for_those_of_others_alone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = ServiceItemFactory(service_class=ServiceClassFactory(code="C25", name="设计"))
    ServiceClassFactory(code="C21", name="评价")

    with django_assert_num_queries(0):
        assert names_of(item)("C25") == "设计"
    item.requirement = {"any_of": [written(Certificate("C25", LAW)), written(Filing("C21"))]}
    with django_assert_num_queries(1):
        assert names_of(item)("C21") == "评价"


@pytest.mark.django_db
def test_an_item_that_asks_for_a_certificate_without_a_law_is_not_published() -> None:
    load_laws()
    ServiceClassFactory(code="C25", name="设计")
    item = ServiceItem(service_class=ServiceClass(code="C25", name="设计"))

    told = {}
    for basis in (LAW, "", "平台默认"):
        item.requirement = written(Certificate("C25", basis))
        verdict = item_requirement_is_lawful(item, {"C25"}, library())
        told[basis] = "" if verdict.holds else verdict.refusal
    item.requirement = {"kind": "licence"}
    wrong = item_requirement_is_lawful(item, {"C25"}, library())

    without = (
        "承接条件不能公布：“设计”资质证书，要求资质证书，却没有法律、行政法规或者国务院决定依据"
    )
    assert told == {LAW: "", "": without, "平台默认": without}
    assert wrong.refusal == "承接条件不能公布：写法无法识别（unknown_kind）"
