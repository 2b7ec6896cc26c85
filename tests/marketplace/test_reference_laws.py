"""The library's files say what they should; a fault is named by line and column."""

from datetime import date
from pathlib import Path

import pytest

from marketplace.reference import BadReferenceData, parse_law_articles, parse_laws

DATA = Path(__file__).parents[2] / "marketplace" / "data"
LAW = {
    "slug": "one",
    "name": "某法",
    "level": "law",
    "dated_on": "2020-01-01",
    "document_number": "",
    "status": "in_force",
    "in_force_from": "",
    "in_force_until": "",
    "ended_by": "",
    "look_up": "",
    "checked_on": "2025-04-30",
    "note": "",
}
ARTICLE = {"law": "某法", "version": "2020-01-01", "article": "第一条", "text": "条文"}


def table(*rows):
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)])


def shipped():
    laws = parse_laws((DATA / "laws.csv").read_text(encoding="utf-8"))
    return laws, parse_law_articles((DATA / "law_articles.csv").read_text(encoding="utf-8"), laws)


def fault(parse, *arguments):
    with pytest.raises(BadReferenceData) as caught:
        parse(*arguments)
    return caught.value.line, caught.value.column, caught.value.problem


def test_the_shipped_library_holds_the_collected_articles():
    laws, articles = shipped()

    assert len({law.name for law in laws}) == len(laws) == 115
    assert (len(articles), len({article.law for article in articles})) == (236, 83)
    [founding] = [one for one in articles if (one.law, one.position) == ("优化营商环境条例", 43)]
    assert (founding.number, founding.version) == ("第四十三条", date(2019, 10, 22))
    assert founding.text.startswith("作为办理行政审批条件的中介服务事项")


def test_the_articles_of_a_law_stand_in_their_order():
    _laws, articles = shipped()
    by_law = {}
    for article in articles:
        by_law.setdefault(article.law, []).append(article.position)

    assert [law for law, numbers in by_law.items() if numbers != sorted(numbers)] == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"slug": ""}, (2, "slug", "empty")),
        ({"level": "custom"}, (2, "level", "unknown")),
        ({"status": "gone"}, (2, "status", "unknown")),
        ({"status": "repealed"}, (2, "in_force_until", "not_of_status")),
        ({"in_force_until": "2025-01-01"}, (2, "in_force_until", "not_of_status")),
        ({"checked_on": ""}, (2, "checked_on", "empty")),
        ({"dated_on": "2020"}, (2, "dated_on", "not_a_date")),
    ],
)
def test_a_bad_law_is_refused_with_its_row_and_column(change, expected):
    assert fault(parse_laws, table(LAW | change)) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, (3, "name", "duplicate")),
        ({"dated_on": "2021-01-01", "slug": "two"}, (3, "slug", "contradiction")),
        ({"dated_on": "2021-01-01", "level": "ministry"}, (3, "level", "contradiction")),
        ({"name": "另一法"}, (3, "name", "contradiction")),
    ],
)
def test_one_law_has_one_address_and_one_level(second, expected):
    assert fault(parse_laws, table(LAW, LAW | second)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"law": "别的法"}, (2, "version", "unknown")),
        ({"version": "2021-01-01"}, (2, "version", "unknown")),
        ({"article": "第1条"}, (2, "article", "malformed")),
        ({"text": ""}, (2, "text", "empty")),
    ],
)
def test_a_bad_article_is_refused_with_its_row_and_column(change, expected):
    assert fault(parse_law_articles, table(ARTICLE | change), parse_laws(table(LAW))) == expected


def test_an_article_stands_in_a_version_once():
    articles = table(ARTICLE, ARTICLE)

    assert fault(parse_law_articles, articles, parse_laws(table(LAW))) == (3, "law", "duplicate")
