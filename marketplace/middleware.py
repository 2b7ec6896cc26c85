"""What every request passes through, beside Django's own."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.core.internal.ratelimit import consume, respond_429
from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django_structlog.middlewares import RequestMiddleware
from structlog.contextvars import bind_contextvars, bound_contextvars

from marketplace.factors import missing_step
from marketplace.kernel import clock, known
from marketplace.kernel.clock import note_arrival
from marketplace.kernel.library import shelf_once
from marketplace.models import User
from marketplace.parties import party_of
from marketplace.web import faults, maintenance, pages_kept
from marketplace.web.languages import language_of
from marketplace.web.views import SAFE_METHODS, say

BODY_REFUSED = "marketplace.body_refused"
"""Where the server notes with which status it has given a body up (408, 413), or None."""
REFUSAL_PAGES = {408: "408.html", 413: "413_body.html"}
GetResponse = Callable[[HttpRequest], HttpResponseBase]

SEARCH_PREFIX, REGISTER_PREFIX = "/search/", "/register/"
FEEDS_PREFIX = "/feeds/"
WHILE_TYPING = ("/search/suggest/", "/search/opened/")
CONTACT_SUFFIX = "/contact/"
PUSH_PATH = "/api/projects/"
PROBES = ("/healthz", "/readyz", "/metrics")
EDITORS_PREFIX = "/cms/"
NEVER_FRAMED = ("/accounts/", "/register/", EDITORS_PREFIX)
EDITORS_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}


def arrival(get_response: GetResponse) -> GetResponse:
    """Note when the request arrived, before anything else is done with it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        note_arrival(request)
        return get_response(request)

    return middleware


def known_port(get_response: GetResponse) -> GetResponse:
    """
    Answer 400 to a port in `Host` that is not ours: Django looks at the name before it alone.

    Whoever asks from inside whether we live names the port that we listen on.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.ALLOWED_PORTS and request.path_info not in PROBES:
            host = request.get_host()
            port = urlsplit(f"//{host}").port
            if port is not None and port not in settings.ALLOWED_PORTS:
                message = f"Invalid HTTP_HOST header: {host!r}. Its port is not ours."
                raise DisallowedHost(message)
        return get_response(request)

    return middleware


class RequestLog(RequestMiddleware):
    """Notes each request, and from where it came: what the proxy that we trust has seen."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        bind_contextvars(ip=_address(request))


def _address(request: HttpRequest) -> str:
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    told = seen[-proxies] if 0 < proxies <= len(seen) else ""
    return told.strip() or str(request.META.get("REMOTE_ADDR", ""))


def one_shelf(get_response: GetResponse) -> GetResponse:
    """Look up the laws that a page names once, however many sources are drawn on it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with shelf_once():
            return get_response(request)

    return middleware


def spoken(get_response: GetResponse) -> GetResponse:
    """Answer in the language of `languages.language_of`, and say which it is."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def maintained(get_response: GetResponse) -> GetResponse:
    """
    Answer 503 to everything while the platform is closed, but to who asks whether we live.

    Nothing before it, and nothing that it does, asks the database: that may be what is worked on.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = None if request.path_info in PROBES else maintenance.announced()
        return get_response(request) if told is None else faults.closed(request, told)

    return middleware


def whole_body(get_response: GetResponse) -> GetResponse:
    """Answer 408 or 413 to a request whose body the server has given up, and do nothing else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        status: int | None = request.META.get(BODY_REFUSED)
        if status is None:
            return get_response(request)
        limit = filesizeformat(settings.BODY_MAX_BYTES)
        page = render_to_string(REFUSAL_PAGES[status], {"limit": limit})
        return HttpResponse(page, status=status)

    return middleware


def reading(get_response: GetResponse) -> GetResponse:
    """
    Read the version of what is public once per reading request; send a public page that is kept.

    It stands before everything that adds a header, so that a page is kept with all of them.
    Everything that is not kept is the reader's alone, and no browser or proxy may store it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(settings.STATIC_URL) or maintenance.announced():
            return get_response(request)
        is_reading = request.method in {"GET", "HEAD"} and path not in PROBES
        with known.at_version(known.read_version() if is_reading else ""):
            response = _read(request, get_response) if is_reading else get_response(request)
            response.headers.setdefault("Cache-Control", pages_kept.PRIVATE)
            if is_reading:
                response.headers["Server-Timing"] = pages_kept.server_timing(clock.now())
            return response

    return middleware


def _read(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    with known.asking_once():
        return _answer(request, get_response)


def _answer(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    key = pages_kept.key_of(request, known.version())
    if key is None:
        return get_response(request)
    now = clock.now()
    kept = pages_kept.kept_response(request, known.version(), now)
    if kept is not None:
        return kept
    pages_kept.kept_pages.miss()
    with bound_contextvars(kept="miss"), pages_kept.watching(now):
        return pages_kept.keep(request, get_response(request), key)


def limited(get_response: GetResponse) -> GetResponse:
    """
    Answer 429 to more searches, registrations and anonymous forms than `RATE_LIMITS` allow.

    Whoever is not signed in sends no body of more than `ANONYMOUS_MAX_BYTES` (413): it would be
    read to its end before anything asks who sent it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_too_much(request):
            if faults.is_for_program(request):
                return faults.told_program(413)
            page = render_to_string("413.html", request=request)
            return HttpResponse(page, status=413)
        action = _limited_action(request)
        if action and not consume(
            request,
            app="marketplace",
            action=action,
            config=settings.RATE_LIMITS,
            limit_get=True,
        ):
            too_often: HttpResponseBase = respond_429(request)
            return too_often
        return get_response(request)

    return middleware


def _is_too_much(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length") or "0"
    size = int(length) if length.isascii() and length.isdigit() else 0
    return size > settings.ANONYMOUS_MAX_BYTES and not request.user.is_authenticated


def _limited_action(request: HttpRequest) -> str:
    """Return under which name of `RATE_LIMITS` a request counts; empty for the others."""
    if request.path in WHILE_TYPING:
        return "suggest"
    if request.path.startswith((SEARCH_PREFIX, FEEDS_PREFIX)):
        return "search"
    if request.method in SAFE_METHODS:
        return ""
    if request.path == PUSH_PATH:
        return "push"
    if not request.user.is_authenticated:
        return "contact" if request.path.endswith(CONTACT_SUFFIX) else "anonymous"
    return "registration" if request.path.startswith(REGISTER_PREFIX) else ""


def readable(get_response: GetResponse) -> GetResponse:
    """
    Answer 400 to text with a NUL character, which PostgreSQL cannot compare with anything.

    In the words of a page that is only read it is a blank: it came with what somebody pasted.

    So it does to a form in another encoding than UTF-8: Django refuses to read that, and again when
    it draws the page which says so. Files are left alone, and so are the texts beside them: a form
    refuses the character by itself.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE_METHODS:
            _blank_out(request)
        if not _is_readable(request):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return get_response(request)

    return middleware


def _blank_out(request: HttpRequest) -> None:
    query = request.META.get("QUERY_STRING", "")
    blank = query.replace("%00", "+").replace("\0", "+")
    if blank != query:
        request.META["QUERY_STRING"] = blank
        request.__dict__.pop("GET", None)  # whoever stands before has read it as it was


def _is_readable(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if "\0" in request.path or "%00" in query or "\0" in query:
        return False
    if request.content_type != "application/x-www-form-urlencoded":
        return True
    try:
        fields = request.POST.lists()
    except BadRequest:
        return False
    return all("\0" not in text for key, texts in fields for text in (key, *texts))


def method_page(get_response: GetResponse) -> GetResponse:
    """
    Put a page into the empty answer 405, which a browser would show as a page of its own.

    One gets there by reloading what came in answer to a form at an address for forms only.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if request.accepts("text/html"):
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware


def acting_party(get_response: GetResponse) -> GetResponse:
    """Set `request.party`, read from the database at its first use."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.party = SimpleLazyObject(lambda: party_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def editors_only(get_response: GetResponse) -> GetResponse:
    """
    Answer 403 under /cms/ to people who are signed in but no editors.

    Wagtail would send them to the log-in page, which sends people who are signed in back. Editors
    give their second factor before they enter: what they write stands in the platform's name.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not request.path.startswith(EDITORS_PREFIX) or not isinstance(user, User):
            return get_response(request)
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if step := missing_step(request, user, EDITORS_PREFIX):
            say(request, "marketplace/factor_needed", messages.INFO)
            return redirect(step)
        return get_response(request)

    return middleware


def may_be_framed(request: HttpRequest) -> bool:
    """
    Tell whether the pages of `FRAME_ANCESTORS` may show the answer in a frame of theirs.

    Never what is drawn for somebody: a click in such a frame would be theirs.
    """
    if not settings.FRAME_ANCESTORS or request.path.startswith(NEVER_FRAMED):
        return False
    return request.method in SAFE_METHODS and not pages_kept.is_personal(request)


class FrameOptionsMiddleware(XFrameOptionsMiddleware):
    """Refuse every frame in browsers that know no policy, but where the policy names who may."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return response if may_be_framed(request) else super().process_response(request, response)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under /cms/ a looser one, for the editor's inline scripts."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only=report_only)
        if request.path.startswith(EDITORS_PREFIX) and not report_only:
            parts.replace = {**(parts.replace or {}), **EDITORS_POLICY}
        elif may_be_framed(request):
            framed = {"frame-ancestors": [SELF, *settings.FRAME_ANCESTORS]}
            parts.replace = {**(parts.replace or {}), **framed}
        return parts
