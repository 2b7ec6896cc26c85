"""Whether the process lives, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from marketplace.kernel import triggers


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and guards its append-only tables, else 503."""
    try:
        missing = triggers.missing()
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    status = 503 if missing else 200
    return JsonResponse({"database": "ok", "missing_triggers": missing}, status=status)
