"""Views of pages that are the same for everybody but for the frame."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from marketplace.kernel import clock
from marketplace.web import shared_pages
from marketplace.web.shared_pages import View


def shared(view: View) -> View:
    """Let a page that is the same for everybody be drawn once at a version of what is public."""

    @wraps(view)
    def shared_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = shared_pages.answer(view, request, clock.now(), args, kwargs)
        return view(request, *args, **kwargs) if page is None else page

    return shared_view
