"""The law library as one value, read from its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from marketplace.kernel.laws import Held, Library
from marketplace.kernel.models import Article, Law, LawVersion


def library() -> Library:
    """Return every law that a source may name; three queries."""
    articles: dict[int, set[str]] = defaultdict(set)
    for law_id, number in Article.objects.values_list("version__law_id", "number"):
        articles[law_id].add(number)
    periods: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for law_id, begin, end in LawVersion.objects.values_list(
        "law_id", "in_force_from", "in_force_until"
    ):
        periods[law_id].append((begin, end))
    return Library(
        {
            law.name: Held(
                is_reference=law.level == Law.Level.REFERENCE,
                grounds_an_item=law.grounds_an_item,
                articles=frozenset(articles[law.pk]),
                periods=tuple(periods[law.pk]),
            )
            for law in Law.objects.all()
        }
    )
