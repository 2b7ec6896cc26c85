"""
Is a page of another site still there: a port, and the answer that asking it gives.

`LINK_FETCH` names a class that does what `LinkFetch` says, such as one that goes by a proxy.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 10
WEB = ("http://", "https://")
REFUSED_HERE = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}


class LinkFetch(Protocol):
    """Asks other sites; made once for all addresses."""

    def problem(self, address: str) -> str:
        """Return what is wrong with an address, "" if it answers."""


class HttpFetch:
    """Asks the site itself: the head first, the page where a site answers no head."""

    def problem(self, address: str) -> str:
        """Return the status or the failure, "" for an answer."""
        if not address.startswith(WEB):
            return "not http"
        answer = self._ask(address, "HEAD")
        return (
            self._ask(address, "GET")
            if answer in {str(int(one)) for one in REFUSED_HERE}
            else answer
        )

    @staticmethod
    def _ask(address: str, method: str) -> str:
        asked = Request(address, method=method, headers={"User-Agent": settings.LINK_AGENT})  # noqa: S310 - http alone, asked above
        try:
            with urlopen(asked, timeout=SECONDS):  # noqa: S310 - the same
                return ""
        except HTTPError as error:
            return str(error.code)
        except (OSError, ValueError) as error:  # no such host, no connection, no address at all
            return str(error)


def link_fetch() -> LinkFetch:
    """Return who asks, as the settings say."""
    fetch: LinkFetch = import_string(settings.LINK_FETCH)()
    return fetch
