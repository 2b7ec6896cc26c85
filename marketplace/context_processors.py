"""What every page shows: the platform's time, whom one acts for, and the demo's clock."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from marketplace.kernel import clock, due
from marketplace.models import Message
from marketplace.parties import acting, organizations_of
from marketplace.web.workbench import nav_of


def site(request: HttpRequest) -> dict[str, Any]:
    """
    Return `platform_now`, `party`, how the page is displayed and, in the demo, its clock.

    `workbench_nav` is asked for only where the template names it.
    """
    now = clock.now()
    party = acting(request)
    context: dict[str, Any] = {
        "platform_now": now,
        "party": party,
        "display_mode": request.COOKIES.get("mode", ""),
        "display_theme": request.COOKIES.get("theme", ""),
    }
    if party is not None:
        context["own_organizations"] = organizations_of(party.user)
        context["unread_count"] = (
            Message.objects.inbox_of(party.user, party.organization).unread().count()
        )
        context["workbench_nav"] = partial(nav_of, party, now)
    if settings.DEMO:
        context["demo_clock"] = {"now": now, "next": due.next_deadline(now)}
    return context
