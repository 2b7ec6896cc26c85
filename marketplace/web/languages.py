"""
Which language a page speaks: Chinese, or English where a public page is read by who asked for it.

Who is signed in acts under rules and on papers that are Chinese, and so is what an act writes. What
a browser prefers is not asked: an address says the same to all who have chosen nothing.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from marketplace.web.private import is_private

COOKIE = "lang"
ENGLISH = "en"
READING = ("GET", "HEAD")


OFFICIAL = ("/laws/", "/rules/")
"""The text of rules and laws: in the language in which it is binding, with all around it."""


def can_be_english(request: HttpRequest) -> bool:
    """Tell whether the page is one that also speaks English."""
    path = request.path_info
    return request.method in READING and not (path.startswith(OFFICIAL) or is_private(path))


def language_of(request: HttpRequest) -> str:
    """Return the language in which to answer."""
    asked = request.COOKIES.get(COOKIE) == ENGLISH
    return ENGLISH if asked and can_be_english(request) else settings.LANGUAGE_CODE
