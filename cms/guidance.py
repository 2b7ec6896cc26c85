"""What the editors say of an item, as the item's page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.blocks import card_of
from marketplace.web.components import Component, DocumentCard


@dataclass(frozen=True)
class Answer:
    """A question with its answer, drawn."""

    question: str
    answer: SafeString


@dataclass(frozen=True)
class ItemGuidance(Component):
    """How one goes about an item: drawn blocks, questions with answers, files to fill in."""

    texts: Sequence[SafeString]
    questions: Sequence[Answer]
    samples: Sequence[DocumentCard]

    template_name = "cms/_item_guidance.html"


def written_on(page: Any, at: datetime) -> list[Component]:
    """Return what the page of an item says as it is written now, if it says anything."""
    asked = [block.value for block in page.questions]
    said = ItemGuidance(
        texts=[block.render(context={"platform_now": at}) for block in page.guidance],
        questions=[Answer(one["question"], format_html("{}", one["answer"])) for one in asked],
        samples=[card_of(block.value) for block in page.samples if block.value],
    )
    return [said] if (said.texts or said.questions or said.samples) else []
