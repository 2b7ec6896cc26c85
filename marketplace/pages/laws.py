"""The law library as it is read: the list, one law with its articles, and what has lapsed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.guards.rules import BASIS_PROBLEMS
from marketplace.kernel.calendar import start_of_day
from marketplace.kernel.citations import Citation, Finding, citing, findings
from marketplace.kernel.library import library
from marketplace.kernel.models import Article, Law, LawVersion
from marketplace.kernel.models.laws import has_articles
from marketplace.web.components import FUTURE, Fact, Order, Step
from marketplace.web.moments import cn_date
from marketplace.web.sources import drawn_sources

Text = str | Promise
Facts = list[Fact]
LEVELS = list(Law.Level)
NOT_COLLECTED = _("未收录")
PROBLEMS: dict[str, Text] = {
    "not_in_force": _("使用之日不在有效期内"),
    **BASIS_PROBLEMS,
}


@dataclass(frozen=True)
class LawRow:
    """One law of the list, as its newest version has it."""

    law: Law
    about: list[str]
    word: Text
    dated_on: date | None


LEVEL, NAME, NEWEST, CITED = "level", "name", "newest", "cited"
PLACES: dict[str, Callable[[LawRow], tuple[object, ...]]] = {
    LEVEL: lambda row: (LEVELS.index(Law.Level(row.law.level)), row.law.name),
    NAME: lambda row: (row.law.name,),
    NEWEST: lambda row: (-(row.dated_on or date.min).toordinal(), row.law.name),
}


def law_orders() -> list[Order]:
    """Return how the library can be sorted; what it goes by is not in one table."""
    return [
        Order(LEVEL, _("按效力层级"), ()),
        Order(NAME, _("按名称"), ()),
        Order(NEWEST, _("最近公布的在前"), ()),
    ]


def law_rows(words: str, order: str = LEVEL) -> list[LawRow]:
    """
    Return the laws whose name or number holds `words`.

    By level laws stand first, references last; by day what bears none comes last.
    """
    laws = Law.objects.named_like(words) if words else Law.objects.all()
    found = laws.annotate(has_text=has_articles()).prefetch_related("versions")
    return sorted((_row(law, has_text=law.has_text) for law in found), key=PLACES[order])


def _row(law: Law, *, has_text: bool) -> LawRow:
    version = next(iter(law.versions.all()), None)
    word = version.get_status_display() if version is not None else ""
    about = _about(version) if version is not None else []
    said = word if has_text or _is_over(version) else NOT_COLLECTED
    return LawRow(law, about, said, version.dated_on if version is not None else None)


def _about(version: LawVersion) -> list[str]:
    dated = cn_date(version.dated_on) if version.dated_on else ""
    return [part for part in (version.document_number, dated, version.note) if part]


def _is_over(version: LawVersion | None) -> bool:
    return version is not None and version.status != LawVersion.Status.IN_FORCE


@dataclass(frozen=True)
class ArticleShown:
    """One article with its paragraphs and what rests on it."""

    article: Article
    paragraphs: list[str]
    citations: list[Citation]


@dataclass(frozen=True)
class VersionShown:
    """One version of a law with the articles that the library holds."""

    title: Text
    version: LawVersion
    facts: Facts
    articles: list[ArticleShown]


@dataclass(frozen=True)
class LawSheet:
    """One law: its versions, newest first, and what rests on it without naming an article."""

    law: Law
    versions: list[VersionShown]
    citations: list[Citation]
    steps: list[Step]


def law_sheet(law: Law, on: date) -> LawSheet:
    """Return `law` with its articles and everything that rests on them on `on`."""
    by_article: dict[str, list[Citation]] = defaultdict(list)
    held = {article for version in _versions(law) for article in _numbers(version)}
    for article, citation in citing(law.name, on):
        by_article[article if article in held else ""].append(citation)
    versions = [_version_shown(version, by_article) for version in _versions(law)]
    steps = [step for version in _versions(law) for step in _coming(version, on)]
    return LawSheet(law, versions, by_article[""], steps)


def _coming(version: LawVersion, on: date) -> Iterator[Step]:
    """Yield when a version comes into force, or ends, after `on`."""
    days = ((_("施行"), version.in_force_from), (_("失效"), version.in_force_until))
    for label, day in days:
        if day is not None and day > on:
            yield Step(label, FUTURE, start_of_day(day))


def law_to_read() -> Prefetch:
    """Return how a law is fetched for its page: its versions with their articles."""
    return Prefetch("versions", LawVersion.objects.prefetch_related("articles"))


def _versions(law: Law) -> Iterable[LawVersion]:
    return law.versions.all()


def _numbers(version: LawVersion) -> Iterator[str]:
    return (article.number for article in version.articles.all())


def _version_shown(version: LawVersion, cited: dict[str, list[Citation]]) -> VersionShown:
    articles = [
        ArticleShown(article, article.text.splitlines(), cited.get(article.number, []))
        for article in version.articles.all()
    ]
    return VersionShown(_title(version), version, _facts(version), articles)


def _title(version: LawVersion) -> Text:
    if version.dated_on is None:
        return _("公布日期未载明")
    return gettext("%(day)s版本") % {"day": cn_date(version.dated_on)}


def _facts(version: LawVersion) -> Facts:
    facts: Facts = [
        Fact(_("文号"), version.document_number),
        Fact(_("施行日期"), _day(version.in_force_from)),
        Fact(_("失效日期"), _day(version.in_force_until)),
        Fact(_("由何文件取代"), drawn_sources(version.ended_by)),
        Fact(_("查阅处"), version.look_up),
        Fact(_("核对日期"), cn_date(version.checked_on)),
        Fact(_("说明"), version.note, is_wide=True),
    ]
    return [fact for fact in facts if fact.value]


def _day(day: date | None) -> str:
    return cn_date(day) if day else ""


@dataclass(frozen=True)
class LapsedRow:
    """One rule, item or decision whose source cannot be relied on, and why."""

    citation: Citation
    source: str
    problem: Text
    ended_on: date | None
    ended_by: str


LAPSED_PLACES: dict[str, Callable[[LapsedRow], tuple[object, ...]]] = {
    CITED: lambda _row: (),
    NAME: lambda row: (row.source,),
    NEWEST: lambda row: (-(row.ended_on or date.min).toordinal(), row.source),
}


def lapsed_orders() -> list[Order]:
    """Return how the manager's list can be sorted."""
    return [
        Order(CITED, _("按引用它的"), ()),
        Order(NAME, _("按依据"), ()),
        Order(NEWEST, _("最近失效的在前"), ()),
    ]


def lapsed_rows(on: date, order: str = CITED) -> list[LapsedRow]:
    """
    Return what rests on something repealed or unknown on `on`, for the manager.

    By day what has no end, as it is unknown or not yet in force, comes last.
    """
    found = list(findings(library(), on))
    names = {finding.source.name for finding in found if finding.source}
    ended = LawVersion.objects.filter(law__name__in=names).order_by("dated_on")
    by_name = {version.law.name: version for version in ended.select_related("law")}
    return sorted((_lapsed(finding, by_name) for finding in found), key=LAPSED_PLACES[order])


def _lapsed(finding: Finding, versions: dict[str, LawVersion]) -> LapsedRow:
    version = versions.get(finding.source.name) if finding.source else None
    return LapsedRow(
        citation=finding.citation,
        source=str(finding.source or finding.citation.basis),
        problem=PROBLEMS[finding.problem],
        ended_on=version.in_force_until if version else None,
        ended_by=version.ended_by if version else "",
    )
