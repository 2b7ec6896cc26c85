"""Bring the law library to what its files say; a second run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from marketplace import reference
from marketplace.actions.reference import Outcomes, bring
from marketplace.kernel.models import Article, Law, LawVersion


@transaction.atomic
def load_laws(versions: Iterable[reference.LawVersion]) -> Outcomes:
    """Store the laws and their versions; the outcomes count versions."""
    outcomes: Outcomes = Counter()
    for version in versions:
        values = asdict(version)
        law = {name: values.pop(name) for name in ("slug", "name", "level")}
        bring(Law.objects, {"name": version.name}, law)
        law_id = Law.objects.values_list("pk", flat=True).get(name=version.name)
        key = {"law_id": law_id, "dated_on": version.dated_on}
        outcomes[bring(LawVersion.objects, key, values)] += 1
    return outcomes


@transaction.atomic
def load_law_articles(articles: Iterable[reference.LawArticle]) -> Outcomes:
    """Store the text of the articles; their versions must be stored."""
    versions = {
        (name, day): pk
        for name, day, pk in LawVersion.objects.values_list("law__name", "dated_on", "pk")
    }
    return Counter(
        bring(
            Article.objects,
            {"version_id": versions[article.law, article.version], "position": article.position},
            {"number": article.number, "text": article.text},
        )
        for article in articles
    )
