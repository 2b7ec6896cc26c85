"""What was asked of a list or a search, as one text that is the same for the same question."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict

LONGEST = 500
PASSING = frozenset({"page", "sort", "scope", "seen", "csrfmiddlewaretoken"})
"""Parameters that change how something is shown, and not what is found."""


def asked_for(parameters: QueryDict) -> str:
    """Return the question of an address: sorted, without blanks, order and page."""
    pairs = {
        (name, " ".join(value.split()))
        for name, values in parameters.lists()
        if name not in PASSING
        for value in values
    }
    return urlencode(sorted((name, value) for name, value in pairs if value))
