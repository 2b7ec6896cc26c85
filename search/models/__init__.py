"""The index in our own database, the words, and what people asked to be told of."""

from search.models.entries import FinishedRebuild, HitOrder, SearchEntry
from search.models.kinds import SuggestionKind
from search.models.saved import Alert, AlertHit, SavedSearch
from search.models.synonyms import SynonymGroup
from search.models.terms import TermCount

__all__ = [
    "Alert",
    "AlertHit",
    "FinishedRebuild",
    "HitOrder",
    "SavedSearch",
    "SearchEntry",
    "SuggestionKind",
    "SynonymGroup",
    "TermCount",
]
