"""What is suggested while somebody types, for the script of the field."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.query import MAX_LENGTH
from search.suggestions import suggest


@require_safe
def suggested(request: HttpRequest) -> JsonResponse:
    """Return the suggestions for what was typed; none for nothing."""
    found = suggest(request.GET.get("q", "")[:MAX_LENGTH])
    return JsonResponse({"suggestions": [asdict(one) for one in found]})
