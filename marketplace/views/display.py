"""How the pages look to one reader, in which language and of which place: kept in cookies."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

CHOICES = {
    "mode": ("standard", "elder"),
    "theme": ("light", "dark"),
    "embed": ("0", "1"),
    "lang": ("zh-hans", "en"),
}
PLACE = re.compile(r"\d{6}")
EDITORS_PAGES = "wagtail_serve"  # takes whatever address no other view takes
ONE_YEAR = 365 * 24 * 60 * 60


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Remember the asked look, language or place and go back; an unknown value changes nothing."""
    response = HttpResponseRedirect(_way_back(request))
    for name, value in _chosen(request):
        response.set_cookie(
            name,
            value,
            max_age=ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _chosen(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, allowed in CHOICES.items():
        if (value := request.GET.get(name, "")) in allowed:
            yield name, value
    if PLACE.fullmatch(place := request.GET.get("place", "")):
        yield "place", place


def _way_back(request: HttpRequest) -> str:
    """
    Return the page one came from if it is ours, else the home page.

    A page that was shown in answer to a form may have the address of the form, which nobody can
    open: from there one goes to the page above it.
    """
    page = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not allowed:
        return "/"
    path = unquote(urlsplit(page).path)
    return page if _opens(path, unknown=True) else _page_above(path)


def _page_above(path: str) -> str:
    """Return the nearest address above `path` that can be opened."""
    above = path
    while above := above.rstrip("/").rpartition("/")[0]:
        if _opens(f"{above}/", unknown=False):
            return iri_to_uri(f"{above}/")
    return "/"


def _opens(path: str, *, unknown: bool) -> bool:
    """Tell whether the view at `path` answers GET; `unknown` if it is none of ours."""
    try:
        match = resolve(path)
    except Resolver404:
        return unknown
    if match.url_name == EDITORS_PAGES:
        return unknown
    view_class = getattr(match.func, "view_class", None)
    return view_class is None or hasattr(view_class, "get")
