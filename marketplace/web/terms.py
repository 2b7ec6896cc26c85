"""What the words of our pages mean, and each of them as it stands in a page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse

from marketplace.web.components import Component

TERMS = Path(__file__).parents[1] / "data" / "terms.toml"


@dataclass(frozen=True)
class Term(Component):
    """A word with what it means, shown on focus and hover; its link leads to the glossary."""

    slug: str
    word: str
    text: str

    template_name = "components/term.html"

    @property
    def url(self) -> str:
        return f"{reverse('marketplace:glossary')}#{self.slug}"


@dataclass(frozen=True)
class Chapter:
    """The words of one matter."""

    slug: str
    title: str
    terms: tuple[Term, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return all words by their matter, in the order in which one meets them."""
    told = tomllib.loads(TERMS.read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            slug,
            matter.pop("title"),
            tuple(Term(name, one["word"], one["text"]) for name, one in matter.items()),
        )
        for slug, matter in told.items()
    )


@cache
def terms() -> Mapping[str, Term]:
    """Return each word that is explained."""
    return {term.word: term for chapter in chapters() for term in chapter.terms}
