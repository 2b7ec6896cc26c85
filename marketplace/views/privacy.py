"""How personal data is processed, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """
    Show the rules of processing.

    Source: 《个人信息保护法》第十七条
    """
    return render(request, "marketplace/privacy.html")
