"""Public pages drawn once for everybody, with places where each reader's own parts are put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse

from marketplace.kernel import known
from marketplace.web import pages_kept
from marketplace.web.languages import COOKIE
from marketplace.web.pages_kept import KeptPage, kept_pages

View = Callable[..., HttpResponseBase]
# The frame's parts that differ by reader: templates in `frame/`, in the order of `own.html`.
OWN = ("person", "messages", "footer_publish")
OWN_TEMPLATE = "frame/own.html"
# A character that no page can contain: a request with one is refused, and so is a form.
MARK = "\0"

_is_shared: ContextVar[bool] = ContextVar("is_shared", default=False)


def place_of(name: str) -> str | None:
    """Return what marks the place of an own part in a page drawn for everybody; None elsewhere."""
    return f"{MARK}{name}{MARK}" if _is_shared.get() else None


@contextmanager
def _for_everybody() -> Iterator[None]:
    token = _is_shared.set(True)
    try:
        yield
    finally:
        _is_shared.reset(token)


def answer(
    view: View, request: HttpRequest, now: datetime, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """
    Return the answer of `view`, drawn once for everybody, with the reader's own parts put in.

    It is drawn for a reader whom nobody knows, so nothing of anybody's own can come into it; None
    where such a page cannot be kept.
    """
    key = pages_kept.shared_key_of(request, known.version())
    if key is None:
        return None
    page = kept_pages.get(key, now, counts=False)
    if page is None:
        page = _draw(view, request, now, args, kwargs)
        if page is None:
            return None
        kept_pages.put(key, page)
    known.holds_until(page.until)
    return HttpResponse(_filled(page.content.decode(), request))


def _draw(
    view: View, request: HttpRequest, now: datetime, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> KeptPage | None:
    """Draw the page for nobody in particular; None if it is no such page after all."""
    with _for_everybody(), pages_kept.watching(now):
        response = view(_anonymous(request), *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        until = known.until()
    if until is None or not pages_kept.is_for_everybody(response):
        return None
    assert isinstance(response, HttpResponse)  # noqa: S101 - only such pages are for everybody
    return KeptPage(response.content, (), until)


def _anonymous(request: HttpRequest) -> HttpRequest:
    """Return the request as somebody would send it whom nobody knows, shown and said alike."""
    anonymous: Any = copy(request)
    anonymous.META = {key: text for key, text in request.META.items() if key != "HTTP_COOKIE"}
    alike = {*pages_kept.DISPLAY, COOKIE}
    anonymous.COOKIES = {name: text for name, text in request.COOKIES.items() if name in alike}
    anonymous.user, anonymous.party, anonymous.session = AnonymousUser(), None, {}
    return anonymous  # type: ignore[no-any-return]


def _filled(content: str, request: HttpRequest) -> str:
    """Put the reader's own parts into their places, drawn with one context."""
    parts = dict(zip(OWN, render_to_string(OWN_TEMPLATE, request=request).split(MARK), strict=True))
    pieces = content.split(MARK)
    pieces[1::2] = [parts[name] for name in pieces[1::2]]
    return "".join(pieces)
