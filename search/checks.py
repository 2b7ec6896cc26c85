"""System checks of search."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

SCHEMES = ("elasticsearch", "elasticsearchs")


def check_search_url(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a SEARCH_URL that names no index we have."""
    parts = urlsplit(settings.SEARCH_URL)
    if not settings.SEARCH_URL or (parts.scheme in SCHEMES and parts.hostname):
        return []
    message = "SEARCH_URL must be empty or elasticsearch[s]://host[:port][,host[:port]…][/name]."
    return [Error(message, id="search.E001")]
