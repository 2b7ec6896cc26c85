"""The demo's clock: move it, and do what is due by then."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views import View

from marketplace.kernel import clock, due
from marketplace.web.views import say, way_back

ONE_DAY = timedelta(days=1)


class DemoClock(View):
    """Move the platform's time to the next deadline or by a day; there only in the demo."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        clock.move_to(_target(request.POST.get("to", ""), clock.now()))
        now = clock.now()
        due.run_due(now)
        say(request, "marketplace/clock_moved", now=now)
        return redirect(way_back(request))


def _target(to: str, now: datetime) -> datetime:
    """Return the next deadline when that is asked for and there is one, else a day later."""
    upcoming = due.next_deadline(now) if to == "next" else None
    return upcoming[0] if upcoming else now + ONE_DAY
