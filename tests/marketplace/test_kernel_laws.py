"""A ground is read as it is printed, and the library says whether it can be opened."""

from datetime import date

import pytest

from marketplace.kernel.laws import (
    FORM,
    PLATFORM_DEFAULT,
    Held,
    Kind,
    Library,
    NotASource,
    Source,
    article_named,
    article_number,
    cite,
    parse,
)

LIBRARY = Library(
    {
        "优化营商环境条例": Held(False, True, frozenset({"第四十三条"}), ((None, None),)),
        "节能审查办法": Held(False, False, frozenset(), ((None, date(2025, 9, 1)),)),
        "海州区规定": Held(True, False, frozenset(), ((None, None),)),
        "新办法": Held(False, False, frozenset(), ((date(2026, 4, 1), None),)),
    }
)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", []),
        ("平台默认", [Source(Kind.DEFAULT)]),
        (
            "平台默认（参考：海州区规定、余姚市规定）",
            [
                Source(Kind.DEFAULT),
                Source(Kind.REFERENCE, "海州区规定"),
                Source(Kind.REFERENCE, "余姚市规定"),
            ],
        ),
        ("参考：海州区规定", [Source(Kind.REFERENCE, "海州区规定")]),
        (
            "《优化营商环境条例》第四十三条第三款",
            [Source(Kind.LAW, "优化营商环境条例", "第四十三条", "第三款")],
        ),
        (
            "《行政处罚法》第四十四条、第四十五条；国办发〔2020〕49号",
            [
                Source(Kind.LAW, "行政处罚法", "第四十四条"),
                Source(Kind.LAW, "行政处罚法", "第四十五条"),
                Source(Kind.LAW, "国办发〔2020〕49号"),
            ],
        ),
        ("《审查规则》第八条第（四）项", [Source(Kind.LAW, "审查规则", "第八条", "第（四）项")]),
        ("GB 32100", [Source(Kind.LAW, "GB 32100")]),
        ("生态环境部令第9号", [Source(Kind.LAW, "生态环境部令第9号")]),
    ],
)
def test_a_ground_is_read_as_it_is_printed(text, sources):
    basis = parse(text)

    assert (list(basis), str(basis), bool(basis)) == (sources, text, bool(sources))


@pytest.mark.parametrize(
    "text",
    [
        "优化营商环境条例第四十三条",
        "《优化营商环境条例》第43条",
        "《优化营商环境条例》第四十三",
        "平台默认，参考海州区",
        "《办法》（2026年4月1日起施行）",
        "；平台默认",
    ],
)
def test_what_is_written_otherwise_is_no_source(text):
    with pytest.raises(NotASource):
        parse(text)


def test_a_citation_in_code_reads_as_the_text_does():
    article = cite("优化营商环境条例", "第四十三条第二款", "第四十三条第三款")

    assert str(article) == "《优化营商环境条例》第四十三条第二款、第四十三条第三款"
    assert article == parse(str(article))
    assert cite("GB 32100") == parse("GB 32100")
    assert str(cite("国发〔2022〕5号") + PLATFORM_DEFAULT) == "国发〔2022〕5号；平台默认"
    assert not FORM
    with pytest.raises(NotASource):
        cite("优化营商环境条例", "43")


@pytest.mark.parametrize(
    ("article", "number"),
    [
        ("第九条", 9),
        ("第十条", 10),
        ("第十二条", 12),
        ("第四十三条", 43),
        ("第一百零一条", 101),
        ("第二百条", 200),
        ("第四百九十一条", 491),
        ("第一千二百六十条", 1260),
    ],
)
def test_an_article_has_its_number(article, number):
    assert article_number(article) == number


@pytest.mark.parametrize("number", [1, 9, 10, 13, 20, 43, 99, 100, 101, 110, 119, 1005, 1260, 9999])
def test_an_article_is_named_as_it_is_read(number):
    assert article_number(article_named(number)) == number


def test_articles_are_named_as_they_are_printed():
    named = [article_named(number) for number in (10, 13, 101, 110, 1005, 1260)]

    assert named == [
        *("第十条", "第十三条", "第一百零一条", "第一百一十条", "第一千零五条", "第一千二百六十条"),
    ]


@pytest.mark.parametrize("article", ["", "第43条", "四十三条", "第条"])
def test_what_is_no_article_has_no_number(article):
    with pytest.raises(NotASource):
        article_number(article)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("平台默认（参考：海州区规定）", ""),
        ("《优化营商环境条例》第四十三条第三款", ""),
        ("《节能审查办法》第三条", ""),
        ("《优化营商环境条例》第四十四条", "unknown_article"),
        ("《优化营商环境条例》", "article_not_named"),
        ("《没有这部法》第一条", "unknown_source"),
        ("平台默认；《没有这部法》", "unknown_source"),
        ("《海州区规定》", "reference_or_law"),
        ("参考：节能审查办法", "reference_or_law"),
        ("某人说的", "not_a_source"),
    ],
)
def test_the_library_says_what_is_wrong_with_a_ground(text, problem):
    assert LIBRARY.problem_in(text) == problem


def test_a_source_is_in_force_from_its_first_day_until_the_day_it_ends():
    [old], [new], [default] = (
        parse(text) for text in ("《节能审查办法》", "《新办法》", "平台默认")
    )

    assert LIBRARY.is_in_force(old, date(2025, 8, 31))
    assert not LIBRARY.is_in_force(old, date(2025, 9, 1))
    assert not LIBRARY.is_in_force(new, date(2026, 3, 31))
    assert LIBRARY.is_in_force(new, date(2026, 4, 1))
    assert LIBRARY.is_in_force(default, date(2026, 4, 1))


def test_a_rule_of_a_ministry_alone_grounds_no_item():
    assert LIBRARY.grounds_an_item(parse("《节能审查办法》；《优化营商环境条例》第四十三条"))
    assert not LIBRARY.grounds_an_item(parse("《节能审查办法》"))
    assert not LIBRARY.grounds_an_item(parse("平台默认"))
