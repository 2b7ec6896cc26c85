"""Who sees what is searched for, and says which words mean the same."""

from __future__ import annotations

from marketplace.parties import Party
from marketplace.permissions import can_keep_catalogue


def can_keep_words(party: Party | None) -> bool:
    """Who keeps the catalogue of the province keeps the words by which it is found."""
    return can_keep_catalogue(party)
