"""Public pages for readers without a session, kept whole in this process as they were sent."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Generic, Protocol, TypeVar

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from marketplace.kernel import known
from marketplace.kernel.calendar import day_of, end_of_day
from marketplace.kernel.hooks import Way
from marketplace.kernel.models.deadlines import next_end
from marketplace.web.languages import language_of

PUBLIC = (
    *("agencies", "approvals", "awards", "classes", "complaints", "credit", "glossary"),
    *("inspections", "items", "laws", "owners", "places", "privacy", "rules", "statistics"),
    "tenders",
)
# Other questions have too many answers: the words somebody searches for, above all.
QUESTIONS = frozenset(
    (
        *("city", "class", "fund", "grade", "measure", "method", "page", "phase", "severity"),
        *("sort", "state", "status"),
    )
)
LONGEST_QUERY = 120
PATHS_KNOWN = 4_096
"""Of how many paths is known what is served there: the addresses are fixed, the pages are not."""
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
DISPLAY = ("mode", "theme", "embed")
# Some figures count from this very moment, such as those of the last thirty days.
LONGEST_KEPT = timedelta(minutes=10)
PRIVATE = "private, no-store"
ASK_FIRST = "no-cache"
CSRF_FIELD = b"csrfmiddlewaretoken"
# Beside the lines that django_structlog writes of all other requests.
log = structlog.get_logger("django_structlog.middlewares.request")


@dataclass(frozen=True)
class KeptPage:
    """A page as it was sent, and until when it says what is so (exclusive)."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    until: datetime

    @property
    def size(self) -> int:
        """How many bytes it takes, roughly."""
        return len(self.content) + 1_000

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return it as an answer; 304 to who has it already."""
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response.headers[name] = value
        return answer_if_changed(request, response)


class Lasting(Protocol):
    """Something drawn that is so until a moment, and takes some bytes."""

    @property
    def size(self) -> int: ...

    @property
    def until(self) -> datetime: ...


Drawn = TypeVar("Drawn", bound=Lasting)


class KeptPages(Generic[Drawn]):
    """The pages of this process; those asked for longest ago go first, when they take too much."""

    def __init__(self, limit: str = "KEPT_PAGES_BYTES") -> None:
        """`limit` is the setting that says how many bytes they may take."""
        self.limit = limit
        self._pages: OrderedDict[Hashable, Drawn] = OrderedDict()
        self._lock = Lock()
        self.bytes = self.hits = self.misses = 0

    def get(self, key: Hashable, now: datetime, *, counts: bool = True) -> Drawn | None:
        """Return the page under `key` if it still says what is so at `now`."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until <= now:
                return None
            self._pages.move_to_end(key)
            self.hits += counts
            return page

    def miss(self) -> None:
        """Count a page that had to be drawn."""
        with self._lock:
            self.misses += 1

    def put(self, key: Hashable, page: Drawn) -> None:
        """Keep a page in the place of the one before."""
        with self._lock:
            if (before := self._pages.pop(key, None)) is not None:
                self.bytes -= before.size
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > getattr(settings, self.limit):
                _key, oldest = self._pages.popitem(last=False)
                self.bytes -= oldest.size

    def clear(self) -> None:
        """Forget every page, and the counts."""
        with self._lock:
            self._pages.clear()
            self.bytes = self.hits = self.misses = 0

    def figures(self) -> dict[str, int]:
        """Return how often a page was there, or not, how many there are, and their size."""
        with self._lock:
            return {
                "hits": self.hits,
                "misses": self.misses,
                "pages": len(self._pages),
                "bytes": self.bytes,
            }


kept_pages = KeptPages[KeptPage]()


class PublicPlace(Protocol):
    """Tell whether an app above shows, at a path that is none of `PUBLIC`, a page for everybody."""

    def __call__(self, path: str) -> bool: ...


PUBLIC_PLACES = Way[PublicPlace]()


def is_personal(request: HttpRequest) -> bool:
    """Tell whether the answer may be for this reader alone: signed in, or told something."""
    return any(name in request.COOKIES for name in PERSONAL_COOKIES)


def is_public(path: str) -> bool:
    """Tell whether what lies at `path` may be a page for everybody."""
    return path == "/" or path.split("/", 2)[1] in PUBLIC or _is_shown_above(path)


@lru_cache(PATHS_KNOWN)
def _is_shown_above(path: str) -> bool:
    return any(ask(path) for ask in PUBLIC_PLACES)


def may_be_kept(request: HttpRequest) -> bool:
    """Tell whether an answer to `request` may be the same for everybody, and asked for again."""
    if request.method != "GET" or not is_public(request.path_info):
        return False
    return not is_personal(request) and not _is_htmx(request) and _is_asked_often(request)


def key_of(request: HttpRequest, version: str) -> Hashable | None:
    """Return what a page is kept under; None where it may not be kept."""
    return _key(request, version) if version and may_be_kept(request) else None


def shared_key_of(request: HttpRequest, version: str) -> Hashable | None:
    """Return what a page without its readers' own parts is kept under, whoever asks for it."""
    if not version or request.method != "GET" or _is_htmx(request) or not _is_asked_often(request):
        return None
    return "shared", *_key(request, version)


def _key(request: HttpRequest, version: str) -> tuple[str, ...]:
    return (
        *(version, request.scheme or "", request.META.get("HTTP_HOST", "")),
        *(request.path_info, request.META.get("QUERY_STRING", "")),
        *(request.COOKIES.get(name, "") for name in DISPLAY),
        language_of(request),
    )


def _is_asked_often(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return len(query) <= LONGEST_QUERY and (not query or QUESTIONS.issuperset(request.GET))


def kept_response(request: HttpRequest, version: str, now: datetime) -> HttpResponse | None:
    """
    Return the answer to a request for a page that is kept, and write the line of the log for it.

    The line names no reader: who reads what is public is nobody's business.
    """
    key = key_of(request, version)
    page = kept_pages.get(key, now) if key is not None else None
    if page is None:
        return None
    response = page.response(request)
    response.headers["Server-Timing"] = server_timing(now)
    told = {"code": response.status_code, "request": f"GET {request.get_full_path()}"}
    log.info("request_finished", kept="hit", **told)
    return response


def server_timing(now: datetime) -> str:
    """Return the header that tells a page's script the platform's time."""
    return f'platform;desc="{now.timestamp():.3f}"'


def _is_htmx(request: HttpRequest) -> bool:
    return "HTTP_HX_REQUEST" in request.META


def watching(now: datetime) -> AbstractContextManager[None]:
    """Note, within the block, until when a page is so that is drawn at `now`."""
    deadline = known.once_here("next_end", read=lambda: next_end.one(now))
    ends = (now + LONGEST_KEPT, end_of_day(day_of(now)), deadline)
    return known.watching(*(end for end in ends if end is not None))


def keep(request: HttpRequest, response: HttpResponseBase, key: Hashable) -> HttpResponseBase:
    """Keep an answer if it is a public page that is the same for everybody; return the answer."""
    until = known.until()
    if until is None or not isinstance(response, HttpResponse) or not is_for_everybody(response):
        return response
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = ASK_FIRST
    patch_vary_headers(response, ("Cookie", "HX-Request"))
    kept_pages.put(key, KeptPage(response.content, tuple(response.headers.items()), until))
    return answer_if_changed(request, response)


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Tell whether nothing in an answer is one reader's: no cookie, no form, no nonce."""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "Cache-Control" not in response.headers
        and response.headers.get("Content-Type", "").startswith("text/html")
        and CSRF_FIELD not in response.content
        and "'nonce-" not in response.headers.get("Content-Security-Policy", "")
    )


def answer_if_changed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return 304 in the place of a page that the reader has."""
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found if isinstance(found, HttpResponse) else response
