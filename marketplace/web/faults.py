"""
What is answered where a page cannot be: a page for people, a few words of JSON for programs.

Too many requests, a closed platform and a failure ask nothing of the database: it may be what is
too busy, closed or broken. `project.urls` names the handlers.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import http_date
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from marketplace.web.maintenance import Maintenance

API_PREFIX, PROGRAMS = "/api/", (".json", ".jsonl", ".csv", ".ics", ".rss", ".atom")
WAIT_SECONDS = 120
"""After which somebody who asked too often, or while we are closed, may ask again."""
LONGEST_GUESS = 40
CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    413: "too_large",
    429: "too_many_requests",
    500: "server_error",
    503: "maintenance",
}


def is_for_program(request: HttpRequest) -> bool:
    """Tell whether a program asks: by its address, or because it takes JSON rather than a page."""
    if request.path.startswith(API_PREFIX) or request.path.endswith(PROGRAMS):
        return True
    taken = request.get_preferred_type(["text/html", "application/json"])
    return taken == "application/json"


def told_program(status: int, **more: Any) -> JsonResponse:
    """Return the answer to a program: what is the matter, in one word."""
    return JsonResponse({"error": CODES[status], **more}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 400."""
    if is_for_program(request):
        return told_program(400)
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 403."""
    if is_for_program(request):
        return told_program(403)
    return defaults.permission_denied(request, exception)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:  # noqa: ARG001 - as Django calls it
    """Answer 404 with a search for what the address seems to name."""
    if is_for_program(request):
        return told_program(404)
    page = render_to_string("404.html", {"guess": guess_of(request.path)}, request)
    return HttpResponse(page, status=404)


def guess_of(path: str) -> str:
    """Return what an address seems to name: its last part, such as the code of an order."""
    last = unquote(path).rstrip("/").rpartition("/")[2].strip()
    return last if 1 < len(last) <= LONGEST_GUESS else ""


def too_many_requests(request: HttpRequest) -> HttpResponseBase:
    """Answer 429 without a look at who asks."""
    if is_for_program(request):
        response: HttpResponse = told_program(429, retry_after=WAIT_SECONDS)
    else:
        response = HttpResponse(render_to_string("429.html"), status=429)
    response.headers["Retry-After"] = str(WAIT_SECONDS)
    return response


def failed(request: HttpRequest) -> HttpResponseBase:
    """Answer 500."""
    if is_for_program(request):
        return told_program(500)
    return defaults.server_error(request)


def closed(request: HttpRequest, maintenance: Maintenance) -> HttpResponseBase:
    """Answer 503 while the platform is closed, with when to ask again."""
    until = maintenance.until
    if is_for_program(request):
        said = until and until.isoformat()
        response: HttpResponse = told_program(503, until=said, reason=maintenance.reason)
    else:
        told = {"maintenance": maintenance, "here": request.get_full_path()}
        response = HttpResponse(render_to_string("503.html", told), status=503)
    response.headers["Retry-After"] = http_date(until.timestamp()) if until else str(WAIT_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
