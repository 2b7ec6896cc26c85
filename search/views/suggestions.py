"""What is suggested while somebody types, for the script of the field."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from search.popular import popular
from search.query import MAX_LENGTH
from search.suggestions import suggest


@require_safe
def suggested(request: HttpRequest) -> JsonResponse:
    """Return the suggestions for what was typed; none for nothing."""
    often = popular(clock.now())
    found = suggest(request.GET.get("q", "")[:MAX_LENGTH], often)
    return JsonResponse({"suggestions": [asdict(one) for one in found]})
