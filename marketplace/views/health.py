"""Whether the process lives, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from marketplace.kernel import triggers
from marketplace.web.pages_kept import kept_pages


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and has its triggers, else 503; count the kept pages."""
    try:
        missing = triggers.missing()
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    status = 503 if missing else 200
    figures = kept_pages.figures()
    return JsonResponse(
        {"database": "ok", "missing_triggers": missing, "kept_pages": figures}, status=status
    )
