"""What is written: rules and their values, laws and their articles, notices and other pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import CharField, QuerySet, TextField
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet

from cms.models import ItemIndexPage, NoticePage, ServiceItemPage, SummedUpPage
from cms.models.base import plain_text
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.kernel.rules import Rule, rules_in_force
from marketplace.models import Division
from search.documents.base import NO_DAY, Read, Source, dates, lines, midnight, said, values
from search.facets import READER, STAFF, STATUS
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind
REPEALED = "repealed"


class Rules:
    """The values in force in the province, each as the rulebook shows it."""

    kind = Kind.RULE

    def all(self, at: datetime) -> Iterator[Read]:
        """Yield what reads each rule."""
        return (partial(from_rule, rule) for rule in self._in_force(at).values())

    def one(self, key: str, at: datetime) -> Document | None:
        """Return the document of one rule; None when there is no such rule."""
        rule = self._in_force(at).get(key)
        return from_rule(rule) if rule else None

    def _in_force(self, at: datetime) -> dict[str, Rule]:
        province = Division.objects.province()
        return rules_in_force(province, day_of(at)) if province else {}


def laws(_at: datetime) -> QuerySet[Law]:
    """Every law with its versions, the newest first."""
    return Law.objects.prefetch_related("versions")


def articles(at: datetime) -> QuerySet[Article]:
    """The articles of the versions in force."""
    in_force = LawVersion.objects.in_force(day_of(at)).filter(status=LawVersion.Status.IN_FORCE)
    return Article.objects.filter(version__in=in_force).select_related("version__law")


def public_notices(_at: datetime | None = None) -> QuerySet[NoticePage]:
    """Notices that are live and that no password or group hides."""
    notices: QuerySet[NoticePage] = NoticePage.objects.live().public()
    return notices


def other_pages(_at: datetime | None = None) -> QuerySet[Any]:
    """Live pages of the editors, as what they are; what an item is shown on is its."""
    others = (NoticePage, ItemIndexPage, ServiceItemPage)
    pages: PageQuerySet[Page] = Page.objects.live().public().not_type(others)
    found: QuerySet[Any] = pages.filter(depth__gt=1).specific()
    return found


def from_rule(rule: Rule) -> Document:
    """A rule, its value, and what it rests on."""
    return Document(
        kind=Kind.RULE,
        key=rule.key,
        title=rule.label,
        facts=said(rule.in_words),
        body=lines(rule.says, rule.legal_basis),
        url=f"{reverse('marketplace:rulebook')}#{rule.key}",
        codes=(rule.key,),
        sort_at=midnight(date.fromisoformat(rule.in_force_from)),
    )


def from_law(law: Law) -> Document:
    """What a law is called, its number, and whether it is in force."""
    version = next(iter(law.versions.all()), None)
    dated_on = version.dated_on if version else None
    word = str(version.get_status_display()) if version else ""
    is_over = version is not None and version.status == LawVersion.Status.REPEALED
    return Document(
        kind=Kind.LAW,
        key=law.slug,
        title=law.name,
        facts=said(str(law.get_level_display()), word),
        body=lines(version.note if version else "", version.ended_by if version else ""),
        url=reverse("marketplace:law", args=[law.slug]),
        codes=said(version.document_number if version else ""),
        sort_at=midnight(dated_on) if dated_on else NO_DAY,
        facets=values((STATUS, REPEALED if is_over else "")),
    )


def from_article(article: Article) -> Document:
    """One article of a law in force."""
    law, dated_on = article.version.law, article.version.dated_on
    url = reverse("marketplace:law", args=[law.slug])
    return Document(
        kind=Kind.LAW,
        key=f"{law.slug}.{article.position}",
        title=f"{law.name} {article.number}",
        facts=said(law.name),
        body=article.text,
        url=f"{url}#{article.anchor}",
        sort_at=midnight(dated_on) if dated_on else NO_DAY,
    )


def _article_named(key: str) -> dict[str, Any]:
    slug, _dot, position = key.rpartition(".")
    return {"version__law__slug": slug, "position": position if position.isdigit() else 0}


def from_notice(notice: NoticePage) -> Document:
    """A live notice, as plain text."""
    published = _published(notice)
    return Document(
        kind=Kind.NOTICE,
        key=str(notice.translation_key),
        title=notice.title,
        facts=said(notice.source),
        body=lines(notice.summary, notice.text()),
        url=address_of(notice),
        sort_at=published,
        facets=values(*dates(published)),
    )


def _published(notice: NoticePage) -> datetime:
    """Return the moment of a notice; of one that is dated otherwise than it came, its midnight."""
    first = notice.first_published_at
    is_of_that_day = first is not None and day_of(first) == notice.published_on
    return first if first is not None and is_of_that_day else midnight(notice.published_on)


def from_page(page: Page) -> Document:
    """A live page, as plain text of what its editors wrote; what it answers is a name of it."""
    return Document(
        kind=Kind.PAGE,
        key=str(page.translation_key),
        title=page.title,
        aliases=tuple(_questions(page)),
        facts=said(*dict.fromkeys(_sort_of(page))),
        body=lines(page.search_description, *_written(page)),
        url=address_of(page),
        codes=said(getattr(page, "document_number", "")),
        sort_at=page.first_published_at or NO_DAY,
        facets=values((READER, STAFF if getattr(page, "is_for_staff", False) else "")),
    )


def _written(page: Page) -> Iterator[str]:
    """Yield the texts of a page's own fields; a choice is a word of ours and no text."""
    for field in type(page)._meta.local_fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            yield plain_text(value)
        elif isinstance(field, CharField | TextField) and not field.choices:
            yield str(value or "")


def _questions(page: Page) -> Iterator[str]:
    """Yield the questions that a page answers, as its editors put them."""
    for field in type(page)._meta.local_fields:
        if isinstance(field, StreamField):
            for block in getattr(page, field.attname):
                if block.block_type == "question":
                    yield block.value["question"]
                elif block.block_type == "questions":
                    yield from (one["question"] for one in block.value["questions"])


def _sort_of(page: Page) -> Iterator[str]:
    """Yield what an explaining page is, for whom, and who issued it."""
    if isinstance(page, SummedUpPage):
        yield str(page._meta.verbose_name)
        yield str(page.listed().group)
        yield getattr(page, "issuer", "")


def address_of(page: Page) -> str:
    """Return the path of a page, also of one that belongs to no site yet."""
    _site, _root_url, path = page.get_url_parts() or (None, None, page.url_path)
    return str(path)


def _translated(key: str) -> dict[str, Any]:
    return {"translation_key": key}


SOURCES = (
    Rules(),
    Source(Kind.LAW, laws, lambda key: {"slug": key}, from_law),
    Source(Kind.LAW, articles, _article_named, from_article),
    Source(Kind.NOTICE, public_notices, _translated, from_notice),
    Source(Kind.PAGE, other_pages, _translated, from_page),
)
