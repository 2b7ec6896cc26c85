"""How a source is drawn: what it says, of which kind it is, and where it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.laws import Basis, Kind, NotASource, Source, article_number, parse
from marketplace.kernel.library import Shelf, shelf

Text = str | Promise
NOT_COLLECTED = _("未收录")


@dataclass(frozen=True)
class ShownSource:
    """One source with its address, if it has one; `mark` says that its text is not at hand."""

    text: str
    url: str = ""
    mark: Text = ""


def shown_sources(basis: Basis | str) -> list[ShownSource]:
    """Return what `basis` names; words that are no source stand as they are."""
    try:
        sources = parse(basis) if isinstance(basis, str) else basis
    except NotASource:
        return [ShownSource(str(basis))]
    return list(_shown(sources))


def _shown(sources: Basis) -> Iterator[ShownSource]:
    laws: Shelf | None = None
    for source in sources:
        if source.kind == Kind.DEFAULT:
            yield ShownSource(str(source))
            continue
        laws = shelf() if laws is None else laws
        yield _shown_law(source, laws)


def _shown_law(source: Source, laws: Shelf) -> ShownSource:
    law = laws.get(source.name)
    has_text = law is not None and law.has_text
    mark = "" if has_text or source.kind == Kind.REFERENCE else NOT_COLLECTED
    if law is None:
        return ShownSource(str(source), mark=mark)
    url = reverse("marketplace:law", args=[law.slug])
    anchor = f"#a{article_number(source.article)}" if has_text and source.article else ""
    return ShownSource(str(source), url + anchor, mark)
