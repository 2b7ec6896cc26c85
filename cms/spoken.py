"""The pages that the platform comes with, in English for who reads English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext
from wagtail.fields import StreamField

from marketplace.web.languages import ENGLISH

TEXTS = ("title", "summary", "introduction")
HAN = re.compile(r"[\u3400-\u9fff]")
EDITED = re.compile(r' data-block-key="[^"]*"')
"""What the editor adds to each paragraph of a text, however little was changed."""


class Untold(LookupError):
    """The catalogue has no English for a text."""


@dataclass(frozen=True)
class Spoken:
    """A page as it is read; `is_chinese` of one that stays Chinese for who reads English."""

    page: Any
    is_chinese: bool = False


def spoken(page: Any) -> Spoken:
    """
    Return `page` in the language of its reader: as it is written, or as the catalogue has it.

    The catalogue has what the platform comes with (docs/adr/0085). A page of which an editor has
    changed a text stays Chinese as a whole, for half a page in another language helps nobody.
    """
    if get_language() != ENGLISH:
        return Spoken(page)
    try:
        return Spoken(_in_english(page))
    except Untold:
        return Spoken(page, is_chinese=True)


def _in_english(page: Any) -> Any:
    english = copy(page)
    for name in TEXTS:
        if hasattr(page, name):
            setattr(english, name, _said(getattr(page, name)))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            written = getattr(page, field.name)
            blocks = _said(written.get_prep_value())
            setattr(english, field.name, written.stream_block.to_python(blocks))
    return english


def _said(value: Any) -> Any:
    """
    Return a text, or all texts of what a stream holds, in English.

    What is quoted and what names an article stays in the language in which it is binding.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        if value.get("type") == "quote":
            return value
        return {key: one if key == "source" else _said(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_said(one) for one in value]
    return value


def _text(text: str) -> str:
    asked = EDITED.sub("", text)
    if not HAN.search(asked):
        return text
    said = gettext(asked)
    if said == asked:
        raise Untold(asked)
    return said
