"""What was typed into a form whose session had ended, kept over the log-in that follows."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme

from marketplace.identifiers import is_id_card_number

SESSION_KEY = "kept"
PARAMETER = "kept"
MOST = 32_000  # characters of one form; a longer one is not kept
NEVER = ("password", "csrfmiddlewaretoken", "seen")
TICKED = "on"  # who confirms, confirms anew


def keep(request: HttpRequest, page: str) -> str:
    """
    Keep the texts that were sent, under a random key, and return the address where they wait.

    Only texts are kept, never files, passwords, ticks, or the number of a person; one form at a
    time.
    """
    typed = {
        name: values
        for name, values in request.POST.lists()
        if not name.startswith(NEVER) and any(values) and values != [TICKED]
        if not any(map(is_id_card_number, values))
    }
    if not typed or sum(len(text) for texts in typed.values() for text in texts) > MOST:
        return page
    key = get_random_string(22)
    request.session[SESSION_KEY] = {"key": key, "path": request.path, "typed": typed}
    return f"{page}{'&' if '?' in page else '?'}{urlencode({PARAMETER: key})}"


def page_of(request: HttpRequest, *, is_page: bool) -> str:
    """Return the page on which a form stood: its own address, or where the browser says it was."""
    if is_page:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return urlsplit(came_from).path if is_ours else "/"


def take(request: HttpRequest) -> tuple[str, dict[str, list[str]]]:
    """Return for which address what was typed, and forget it; nothing without the right key."""
    asked = request.GET.get(PARAMETER, "")
    known = request.session.get(SESSION_KEY) if asked else None
    if not known or known["key"] != asked:
        return "", {}
    del request.session[SESSION_KEY]
    return known["path"], known["typed"]
