"""What must hold before a question is kept, and before a word is said to mean another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Because, guard
from marketplace.models import User
from search.backends import database_index
from search.models import SavedSearch
from search.query import parse

MOST_SAVED = 50


@guard(_("订阅已有 %(most)s 条，请先删去不再需要的"))
def one_more_may_be_saved(user: User) -> bool | Because:
    """Each is asked again whenever something public changes, so nobody has any number of them."""
    return SavedSearch.objects.filter(user=user).count() < MOST_SAVED or Because(most=MOST_SAVED)


@guard(_("“%(term)s”和“%(word)s”是同一个词"))
def term_is_another_word(term: str, word: str) -> bool | Because:
    """A word means the same as itself without anybody's saying so."""
    return term != word or Because(term=term, word=word)


@guard(_("“%(word)s”也没有结果，请换一个能找到内容的说法"))
def word_finds_something(word: str) -> bool | Because:
    """A synonym of what finds nothing would help nobody."""
    query = parse(word)
    return bool(query.terms and database_index().count([query])[0]) or Because(word=word)
