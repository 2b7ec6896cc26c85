"""Laws and articles that are loaded again are brought to what the files say now."""

from datetime import date
from typing import Any

import pytest

from marketplace import reference
from marketplace.actions.laws import load_law_articles, load_laws
from marketplace.kernel.models import Article, Law, LawVersion

pytestmark = pytest.mark.django_db

MADE, CHANGED = date(2020, 1, 1), date(2024, 7, 1)


def version(day: date = MADE, **facts: Any) -> reference.LawVersion:
    given = {"status": "in_force", "in_force_from": day, "in_force_until": None, "note": ""}
    texts = {"document_number": "", "ended_by": "", "look_up": ""}
    law = {"slug": "one", "name": "某法", "level": "law", "checked_on": CHANGED}
    return reference.LawVersion(**law, dated_on=day, **(texts | given | facts))


def test_a_law_that_was_changed_gets_a_second_version_and_the_first_one_its_end() -> None:
    load_laws([version()])
    over = {"status": "amended", "in_force_until": CHANGED}

    outcomes = load_laws([version(**over), version(CHANGED)])

    assert outcomes == {"updated": 1, "created": 1}
    law = Law.objects.get()
    kept = LawVersion.objects.filter(law=law).values_list("dated_on", "in_force_until")
    assert [*kept] == [(CHANGED, None), (MADE, CHANGED)]


def test_an_article_that_reads_differently_is_corrected_where_it_stands() -> None:
    load_laws([version()])
    first = reference.LawArticle("某法", MADE, "第一条", 1, "旧文")
    load_law_articles([first])
    row = Article.objects.get()

    outcomes = load_law_articles([reference.LawArticle("某法", MADE, "第一条", 1, "条文")])

    assert outcomes == {"updated": 1}
    assert Article.objects.get(pk=row.pk).text == "条文"
