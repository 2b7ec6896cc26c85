"""Whether the process lives, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from marketplace.kernel import triggers
from marketplace.web.pages_kept import kept_pages


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """
    Answer 200 when the database answers and has its triggers as they should be, else 503.

    Names each trigger that is missing, disabled or altered; counts the kept pages.
    """
    try:
        faults = triggers.faults()
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    status = 503 if faults else 200
    figures = kept_pages.figures()
    return JsonResponse(
        {"database": "ok", "trigger_faults": faults, "kept_pages": figures}, status=status
    )
