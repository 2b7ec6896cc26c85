"""Whether the process lives, and whether it can serve."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from marketplace.kernel import roles, triggers
from marketplace.web.pages_kept import kept_pages


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """
    Answer 200 when the database answers and has its triggers as they should be, else 503.

    Names each trigger that is missing, disabled or altered; counts the tables that our role owns,
    of which it may drop the triggers, and the kept pages.
    """
    try:
        faults, owned = triggers.faults(), roles.owned_tables()
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    owns_too_much = bool(owned) and not settings.DATABASE_ROLE_MAY_OWN
    status = 503 if faults or owns_too_much else 200
    figures = kept_pages.figures()
    return JsonResponse(
        {
            "database": "ok",
            "trigger_faults": faults,
            "owned_tables": owned,
            "kept_pages": figures,
        },
        status=status,
    )
