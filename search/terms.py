"""What a manager does with a term that finds nothing: say which word means the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User
from search.analysis import fold
from search.guards import term_is_another_word, word_finds_something
from search.models import SynonymGroup

LONGEST_KEY = 60


@transaction.atomic
def say_the_same(*, term: str, word: str, by: User, at: datetime) -> SynonymGroup:
    """
    Let `term` be found as `word` is; it holds in the next question of anybody.

    A word that has a group gets a new version of it, so that what was said before stays readable.

    Raises:
        Refused: both are the same word, or the word finds nothing either.
    """
    term, word = fold(term), fold(word)
    require(term_is_another_word(term, word), word_finds_something(word))
    key = word[:LONGEST_KEY]
    versions = SynonymGroup.objects.select_for_update().filter(key=key)
    current = versions.filter(is_current=True).first()
    words = current.words.splitlines() if current else [word]
    if current is not None and term in words:
        return current
    versions.filter(is_current=True).update(is_current=False)
    newest = versions.aggregate(newest=Max("version"))["newest"] or 0
    group = SynonymGroup.objects.create(
        key=key,
        version=newest + 1,
        words="\n".join(dict.fromkeys([*words, term])),
        added_by=by,
        added_at=at,
    )
    record(by=by, verb="search.synonym_added", target=group, at=at)
    return group
