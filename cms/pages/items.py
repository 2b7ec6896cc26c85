"""What the editors say of an item, for the page on which the catalogue speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cms.guidance import written_on
from cms.models import ServiceItemPage
from marketplace.web.components import Component


def guidance_of(code: str, at: datetime, /) -> Sequence[Component]:
    """Return what the live page of the item says, if it says anything; one query."""
    page = ServiceItemPage.objects.live().filter(code=code).first()
    return written_on(page, at) if page else []
