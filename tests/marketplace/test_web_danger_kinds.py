"""Every danger is told in words that say what to do."""

from marketplace.guards.documents import DANGERS
from marketplace.web.danger_kinds import Danger


def test_every_danger_has_words_of_its_own() -> None:
    assert set(DANGERS) == set(Danger)
    assert len({str(words) for words in DANGERS.values()}) == len(Danger)
