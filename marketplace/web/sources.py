"""How a source is drawn: what it says, of which kind it is, and where it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import known
from marketplace.kernel.laws import Basis, Kind, NotASource, Source, article_number, parse
from marketplace.kernel.library import Shelf, cited, cited_articles, note_cited, shelf
from marketplace.kernel.models import Article, LawVersion
from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import Component

Text = str | Promise
NOT_COLLECTED = _("未收录")


@dataclass(frozen=True)
class ShownSource:
    """
    One source with its address, if it has one; `mark` says that its text is not at hand.

    `article` is the id under which its text can be opened in place, if it can.
    """

    text: str
    url: str = ""
    mark: Text = ""
    article: str = ""


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
    if not has_text or not source.article:
        return ShownSource(str(source), url, mark)
    position = article_number(source.article)
    note_cited(law.slug, position)
    return ShownSource(str(source), f"{url}#a{position}", mark, _article_id(law.slug, position))


def _article_id(slug: str, position: int) -> str:
    return f"law-{slug}-a{position}"


def drawn_sources(basis: Basis | str) -> SafeString:
    """Return each source of `basis` as a link, marked with its kind; an article opens in place."""
    return format_html_join("；", "{}", ((_drawn(shown),) for shown in shown_sources(basis)))


def _drawn(shown: ShownSource) -> SafeString:
    mark = format_html("（{}）", shown.mark) if shown.mark else SafeString()
    if not shown.url:
        return format_html("{}{}", shown.text, mark)
    opens = format_html(' data-article="{}"', shown.article) if shown.article else SafeString()
    return format_html('<a href="{}"{}>{}</a>{}', shown.url, opens, shown.text, mark)


def explained(verdict: Verdict) -> SafeString:
    """Return why a rule does not hold, its source as a link."""
    if not verdict.source:
        return format_html(gettext("{refusal}。"), refusal=verdict.refusal)
    sentence = gettext("{refusal}。依据：{grounds}。")
    return format_html(sentence, refusal=verdict.refusal, grounds=drawn_grounds(verdict))


def drawn_grounds(verdict: Verdict, key: str | SafeString = "") -> SafeString:
    """Return what a verdict rests on: its law as a link, then the key of its rule."""
    grounds = [drawn_sources(verdict.law), key or verdict.key]
    return format_html_join("，", "{}", ((one,) for one in grounds if one))


@dataclass(frozen=True)
class CitedArticle:
    """The text of one article as it opens in place; `id` is what the link to it names."""

    id: str
    law: str
    number: str
    version: LawVersion
    paragraphs: list[str]
    url: str


@dataclass(frozen=True)
class CitedArticles(Component):
    """The articles that a page cites, each closed until its link is pressed."""

    articles: list[CitedArticle]

    template_name = "components/articles.html"


def cited_on_this_page(on: date) -> SafeString:
    """
    Draw the articles that have been drawn as sources on this page, whole, to open in place.

    Those that go together are drawn once at a version of what is public: at most one query.
    """
    asked = cited()
    if not asked:
        return SafeString()
    key = (asked, on, get_language(), timezone.get_current_timezone_name())
    return known.once("cited", *key, read=partial(_draw_cited, on))


def _draw_cited(on: date) -> SafeString:
    html: SafeString = CitedArticles([_cited(one) for one in cited_articles(on)]).render_html()
    return html


def _cited(article: Article) -> CitedArticle:
    law = article.version.law
    return CitedArticle(
        _article_id(law.slug, article.position),
        law.name,
        article.number,
        article.version,
        article.text.splitlines(),
        f"{reverse('marketplace:law', args=[law.slug])}#{article.anchor}",
    )
