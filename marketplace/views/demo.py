"""The demo's clock: show it, move it, and do what is due by then."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View

from marketplace.kernel import clock, due
from marketplace.web.views import say, way_back

ONE_DAY = timedelta(days=1)


class DemoClock(View):
    """Show the platform's time, and move it to the next deadline or by a day; only in the demo."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the bar alone where a page asks for it, else a page with it."""
        now = clock.now()
        context = {
            "demo_clock": {"now": now, "next": due.next_deadline(now)},
            "way_back": request.GET.get("next", "") or _page_around(request),
        }
        is_bar = "HX-Request" in request.headers
        name = "frame/demo_bar.html" if is_bar else "marketplace/demo_clock.html"
        return render(request, name, context)

    def post(self, request: HttpRequest) -> HttpResponse:
        clock.move_to(_target(request.POST.get("to", ""), clock.now()))
        now = clock.now()
        due.run_due(now)
        say(request, "marketplace/clock_moved", now=now)
        return redirect(way_back(request))


def _page_around(request: HttpRequest) -> str:
    """Return the path and query of the page that asks for its bar, as htmx tells; else nothing."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{page.path}?{page.query}" if page.query else page.path


def _target(to: str, now: datetime) -> datetime:
    """Return the next deadline when that is asked for and there is one, else a day later."""
    upcoming = due.next_deadline(now) if to == "next" else None
    return upcoming[0] if upcoming else now + ONE_DAY
