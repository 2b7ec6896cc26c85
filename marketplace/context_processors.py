"""What every page shows: the platform's time, whom one acts for, and how it looks."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.models import User
from marketplace.parties import acting, unread_of
from marketplace.permissions import can_edit_pages
from marketplace.web.workbench import nav_of


def site(request: HttpRequest) -> dict[str, Any]:
    """
    Return `platform_now`, `platform_day`, `party`, how the page is displayed, and `is_demo`.

    `canonical_url` is the one address of the page.

    `workbench_nav` and `can_edit_pages` are asked for only where a template names them.
    """
    now = clock.now()
    party = acting(request)
    context: dict[str, Any] = {
        "platform_now": now,
        "platform_day": day_of(now),
        "is_demo": settings.DEMO,
        "canonical_url": _canonical(request),
        "party": party,
        "display_mode": request.COOKIES.get("mode", ""),
        "display_theme": request.COOKIES.get("theme", ""),
    }
    if isinstance(user := getattr(request, "user", None), User):
        context["can_edit_pages"] = partial(can_edit_pages, user)
    if party is not None:
        context["own_organizations"] = party.organizations
        context["unread_count"] = unread_of(party)
        context["workbench_nav"] = partial(nav_of, party, now)
    return context


def _canonical(request: HttpRequest) -> str:
    """Return the one address of a page, whatever was filtered or sorted; each page of a list."""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return f"{settings.PUBLIC_URL}{request.path}{query}"
