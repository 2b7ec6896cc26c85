"""What the editors say of an item, for the page on which the catalogue speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from bidding.views.items import ItemView
from cms.blocks import card_of
from cms.models import ServiceItemPage
from marketplace.web.components import Component, DocumentCard


@dataclass(frozen=True)
class ItemGuidance(Component):
    """How one goes about an item: drawn blocks, questions with answers, files to fill in."""

    texts: Sequence[SafeString]
    questions: Sequence[Any]
    samples: Sequence[DocumentCard]

    template_name = "cms/_item_guidance.html"


def guidance_of(code: str, at: datetime, /) -> Sequence[Component]:
    """Return what the live page of the item says, if it says anything; one query."""
    page = ServiceItemPage.objects.live().filter(code=code).first()
    return written_of(page, at) if page else []


def written_of(page: ServiceItemPage, at: datetime) -> list[Component]:
    """Return what `page` says of its item as it is written now, at `at`."""
    said = ItemGuidance(
        texts=[block.render(context={"platform_now": at}) for block in page.guidance],
        questions=[block.value for block in page.questions],
        samples=[card_of(block.value) for block in page.samples if block.value],
    )
    return [said] if (said.texts or said.questions or said.samples) else []


def preview_of(page: ServiceItemPage, request: HttpRequest) -> HttpResponse:
    """Draw the page of the item as it would be if `page` were live as it is written now."""
    view = ItemView.as_view(draft=partial(written_of, page))
    answer: Any = view(request, code=page.code)
    drawn: HttpResponse = answer.render()
    return drawn
