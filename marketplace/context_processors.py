"""What every page shows: the platform's time, whom one acts for, and the demo's clock."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from marketplace import clock, schedule
from marketplace.models import Message
from marketplace.parties import organizations_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `platform_now`, `party`, `display` (mode, theme) and, in the demo, its clock."""
    now = clock.now()
    party = getattr(request, "party", None) or None
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
    if settings.DEMO:
        context["demo_clock"] = {"now": now, "next": schedule.next_deadline(now)}
    return context
