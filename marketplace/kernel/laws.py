"""
Where a rule comes from: an article or document, another place's rule, or the platform itself. Pure.

A ground is written as it is printed, several of them between semicolons:
《优化营商环境条例》第四十三条第三款；国发〔2022〕5号；平台默认（参考：海州区规定）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
SIGNS = tuple(DIGITS)
POWERS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零一二三四五六七八九十百千]+"
ARTICLE = re.compile(f"第({NUMERAL})条")
CITED_ARTICLE = re.compile(
    f"(?P<article>第{NUMERAL}条)(?P<part>(?:第{NUMERAL}款)?(?:第（{NUMERAL}）项)?)"
)
TITLE = re.compile("《(?P<name>[^《》]+)》(?P<articles>.*)")
# a document known by its number alone: 国发〔2022〕5号, GB 32100
NUMBER = re.compile(r"\S*〔\d{4}〕\d+号|\S+令第\d+号|\S+公告\d{4}年第\d+号|[A-Z]+(?:/T)? \d+")
NUMBERED = re.compile(f"(?P<name>{NUMBER.pattern})(?P<articles>第.*)?")
DEFAULT = "平台默认"
DEFAULT_AFTER = re.compile(f"{DEFAULT}（参考：(?P<names>[^（）]+)）")
REFERENCE = re.compile("参考：(?P<names>[^（）]+)")
BETWEEN_SOURCES, BETWEEN_NAMES = "；", "、"


class NotASource(ValueError):
    """A text is not written as a source is."""


class Kind(StrEnum):
    """What a source is, as it is written; whether a law's text is at hand, the library knows."""

    LAW = "law"
    REFERENCE = "reference"
    DEFAULT = "default"


@dataclass(frozen=True)
class Source:
    """
    One ground of a rule.

    `name` is the title without its marks, or the number of a document known by it alone;
    `article` reads 第四十三条, `part` 第三款 or 第（四）项; both may be empty.
    """

    kind: Kind
    name: str = ""
    article: str = ""
    part: str = ""

    def __str__(self) -> str:
        if self.kind == Kind.DEFAULT:
            return DEFAULT
        if self.kind == Kind.REFERENCE:
            return f"参考：{self.name}"
        return f"{_titled(self.name)}{self.article}{self.part}"


@dataclass(frozen=True)
class Basis:
    """The grounds of a rule with their text as written; falsy when there is none to be named."""

    sources: tuple[Source, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.sources)

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources)

    def __add__(self, other: Basis) -> Basis:
        return Basis(self.sources + other.sources, f"{self.text}{BETWEEN_SOURCES}{other.text}")


PLATFORM_DEFAULT = Basis((Source(Kind.DEFAULT),), DEFAULT)
# of a refusal of mere form: nothing but the form itself asks for what is missing
FORM = Basis()


def cite(law: str, *articles: str) -> Basis:
    """
    Return articles of a law, or the whole of a document whose text is not in the library.

    Example: cite("优化营商环境条例", "第四十三条第三款").

    Raises:
        NotASource: an article is not written as one.
    """
    written = f"{_titled(law)}{BETWEEN_NAMES.join(articles)}"
    if not articles:
        return Basis((Source(Kind.LAW, law),), written)
    return Basis(tuple(_cited(law, article) for article in articles), written)


@lru_cache(maxsize=2_048)
def parse(text: str) -> Basis:
    """
    Return the grounds that `text` names, none when it is empty.

    Raises:
        NotASource: a part of it is no source.
    """
    text = text.strip()
    parts = text.split(BETWEEN_SOURCES) if text else []
    return Basis(tuple(source for part in parts for source in _parsed(part)), text)


def article_number(article: str) -> int:
    """
    Return 43 for 第四十三条.

    Raises:
        NotASource: it is no article, or its numeral says no number.
    """
    found = ARTICLE.fullmatch(article)
    if found is None:
        raise NotASource(article)
    total, digit = 0, 0
    for sign in found[1]:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total, digit = total + (digit or 1) * POWERS[sign], 0
    return total + digit


def article_named(number: int) -> str:
    """Return 第四十三条 for 43: a number from 1 to 9,999 as articles are printed."""
    written, rest, is_gap = "", number, False
    for sign, power in (*reversed(POWERS.items()), ("", 1)):
        value, rest = divmod(rest, power)
        if value:
            written += f"{'零' * is_gap}{SIGNS[value]}{sign}"
        is_gap = bool(written) and not value
    shortened = written.removeprefix("一") if written.startswith("一十") else written
    return f"第{shortened}条"


@dataclass(frozen=True)
class Held:
    """What the library holds of one law; a period is half-open, and None is an open end."""

    is_reference: bool
    grounds_an_item: bool
    articles: frozenset[str]
    periods: tuple[tuple[date | None, date | None], ...]

    def is_in_force(self, on: date) -> bool:
        """Tell whether a version of it is in force on `on`."""
        return any(
            (begin is None or begin <= on) and (end is None or on < end)
            for begin, end in self.periods
        )


@dataclass(frozen=True)
class Library:
    """Every law that a source may name, by its name."""

    laws: Mapping[str, Held]

    def problem_in(self, text: str) -> str:
        """Return what is wrong with the grounds in `text` as a code, or nothing."""
        try:
            basis = parse(text)
        except NotASource:
            return "not_a_source"
        return next(filter(None, map(self.problem_with, basis)), "")

    def problem_with(self, source: Source) -> str:
        """Return why a source cannot be opened, as a code, or nothing when it can."""
        if source.kind == Kind.DEFAULT:
            return ""
        held = self.laws.get(source.name)
        if held is None:
            return "unknown_source"
        if held.is_reference != (source.kind == Kind.REFERENCE):
            return "reference_or_law"
        if held.articles and not source.article:
            return "article_not_named"
        if held.articles and source.article not in held.articles:
            return "unknown_article"
        return ""

    def is_in_force(self, source: Source, on: date) -> bool:
        """Tell whether what a source names is in force; what is no law has no end."""
        held = self.laws.get(source.name)
        return held is None or held.is_in_force(on)

    def grounds_an_item(self, basis: Basis) -> bool:
        """
        Tell whether an approval may demand a service on this basis.

        Source: 《优化营商环境条例》第四十三条第一款
        """
        return any(
            source.name in self.laws and self.laws[source.name].grounds_an_item for source in basis
        )


def _parsed(part: str) -> Iterator[Source]:
    if part == DEFAULT:
        yield from PLATFORM_DEFAULT
    elif found := DEFAULT_AFTER.fullmatch(part):
        yield from PLATFORM_DEFAULT
        yield from _references(found["names"])
    elif found := REFERENCE.fullmatch(part):
        yield from _references(found["names"])
    elif found := TITLE.fullmatch(part) or NUMBERED.fullmatch(part):
        yield from _articles_of(found)
    else:
        raise NotASource(part)


def _titled(name: str) -> str:
    return name if NUMBER.fullmatch(name) else f"《{name}》"


def _articles_of(found: re.Match[str]) -> Basis:
    articles = found["articles"]
    return cite(found["name"], *(articles.split(BETWEEN_NAMES) if articles else ()))


def _references(names: str) -> Iterator[Source]:
    for name in names.split(BETWEEN_NAMES):
        yield Source(Kind.REFERENCE, name)


def _cited(law: str, article: str) -> Source:
    found = CITED_ARTICLE.fullmatch(article)
    if found is None:
        raise NotASource(f"{_titled(law)}{article}")
    return Source(Kind.LAW, law, found["article"], found["part"])
