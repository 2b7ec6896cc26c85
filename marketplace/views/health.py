"""Whether the process lives, whether it can serve, and what it has done."""

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from marketplace.kernel import roles, trail, triggers
from marketplace.questions import LACKS
from marketplace.web.metrics import CONTENT_TYPE, metrics, text_of
from marketplace.web.pages_kept import kept_pages


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """
    Answer 200 when the database answers and has its triggers as they should be, else 503.

    Names each trigger that is missing, disabled or altered, and the first entries that the newest
    part of the trail has lost; counts the tables that our role owns, of which it may drop the
    triggers, and the kept pages. What the nightly check of the whole trail has found is told and
    takes nobody out of service: an entry that was lost a year ago is lost on every day after. So is
    a key that an app misses: what was sealed with it waits, and everything else is served.
    """
    try:
        faults, owned = triggers.faults(), roles.owned_tables()
        lost = [witness.pk for witness in trail.lost_of_latest()][: trail.NAMED]
        checked = trail.last_check()
        missing = [str(one) for lacks in LACKS for one in lacks()]
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    owns_too_much = bool(owned) and not settings.DATABASE_ROLE_MAY_OWN
    status = 503 if faults or lost or owns_too_much else 200
    figures = kept_pages.figures()
    return JsonResponse(
        {
            "database": "ok",
            "trigger_faults": faults,
            "lost_entries": lost,
            "trail_check": checked and {"at": checked.at, "lost": checked.first_lost},
            "owned_tables": owned,
            "missing_keys": missing,
            "kept_pages": figures,
        },
        status=status,
    )


@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Return the figures of this process to whoever has METRICS_TOKEN, as text for Prometheus."""
    asked = request.headers.get("Authorization", "")
    token = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(asked, token):
        raise Http404
    kept = kept_pages.figures()
    return HttpResponse(text_of(metrics.figures(), kept), content_type=CONTENT_TYPE)
