"""What the words of our pages mean, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.web.terms import chapters


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show every word that is explained, by its matter."""
    return render(request, "marketplace/glossary.html", {"chapters": chapters()})
