"""A manager says that a failed term means a word that finds something."""

import pytest

from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from search.answers import answer
from search.backends import database_index
from search.models import SynonymGroup
from search.query import parse
from search.terms import say_the_same
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.search.asking import ORIGINAL

pytestmark = pytest.mark.django_db


def test_a_failed_term_finds_at_once_what_the_word_finds_and_versions_stay() -> None:
    database_index().put([ORIGINAL], 1)
    by = UserFactory()
    before = answer(parse("检修甲")).found.total

    say_the_same(term="检修甲", word="维护", by=by, at=NOON)
    again = say_the_same(term="检修甲", word="维护", by=by, at=NOON)
    second = say_the_same(term="养护乙", word="维护", by=by, at=NOON)

    assert before == 0
    assert answer(parse("检修甲")).found.total == 1
    assert again.version == 1
    assert (second.version, second.words.splitlines()) == (2, ["维护", "检修甲", "养护乙"])
    assert list(SynonymGroup.objects.filter(is_current=True)) == [second]
    assert AuditEntry.objects.filter(verb="search.synonym_added").count() == 2


@pytest.mark.parametrize(
    ("term", "word", "guard"),
    [
        ("维护", "维护", "term_is_another_word"),
        ("检修甲", "飞碟乙", "word_finds_something"),
    ],
)
def test_a_word_that_helps_nobody_is_refused_and_nothing_is_stored(
    term: str, word: str, guard: str
) -> None:
    database_index().put([ORIGINAL], 1)

    with pytest.raises(Refused) as refused:
        say_the_same(term=term, word=word, by=UserFactory(), at=NOON)

    assert [one.guard for one in refused.value.verdicts] == [guard]
    assert not SynonymGroup.objects.exists()
