"""The documents of the law library and the text of their articles. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marketplace.kernel.laws import NotASource, article_number
from marketplace.reference.sources import (
    Row,
    read_rows,
    refuse_contradictions,
    refuse_repeats,
)

LEVELS = frozenset(
    {"law", "regulation", "state_council", "ministry", "province", "standard", "reference"}
)
OVER = frozenset({"amended", "repealed"})
STATUSES = OVER | {"in_force"}
LAW_COLUMNS = (
    "slug",
    "name",
    "level",
    "dated_on",
    "document_number",
    "status",
    "in_force_from",
    "in_force_until",
    "ended_by",
    "look_up",
    "checked_on",
    "note",
)
ARTICLE_COLUMNS = ("law", "version", "article", "text")


@dataclass(frozen=True)
class LawVersion:
    """One version of one law; a date that no source gives is None."""

    slug: str
    name: str
    level: str
    dated_on: date | None
    document_number: str
    status: str
    in_force_from: date | None
    in_force_until: date | None
    ended_by: str
    look_up: str
    checked_on: date
    note: str


@dataclass(frozen=True)
class Article:
    """One article of one version; `position` is its number, 43 for 第四十三条."""

    law: str
    version: date
    number: str
    position: int
    text: str


def parse_laws(text: str, file: str = "laws.csv") -> tuple[LawVersion, ...]:
    """
    Return the versions in the order of the file.

    Raises:
        BadReferenceData: a wrong header, an empty or unknown cell, a repeated version, one law
            under two addresses or levels, an end that does not fit the status.
    """
    rows = read_rows(text, file, LAW_COLUMNS)
    refuse_repeats(rows, "name", "dated_on")
    refuse_contradictions(rows, "name", "slug")
    refuse_contradictions(rows, "slug", "name")
    refuse_contradictions(rows, "name", "level")
    return tuple(_version(row) for row in rows)


def _version(row: Row) -> LawVersion:
    status = row.one_of("status", STATUSES)
    if (status in OVER) != bool(row.cells["in_force_until"]):
        row.fail("in_force_until", "not_of_status")
    return LawVersion(
        slug=row.text("slug"),
        name=row.text("name"),
        level=row.one_of("level", LEVELS),
        dated_on=row.day_if_any("dated_on"),
        document_number=row.cells["document_number"],
        status=status,
        in_force_from=row.day_if_any("in_force_from"),
        in_force_until=row.day_if_any("in_force_until"),
        ended_by=row.cells["ended_by"],
        look_up=row.cells["look_up"],
        checked_on=row.day("checked_on"),
        note=row.cells["note"],
    )


def parse_law_articles(
    text: str, laws: Iterable[LawVersion], file: str = "law_articles.csv"
) -> tuple[Article, ...]:
    """
    Return the articles in the order of the file, each of a version among `laws`.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a version that is not listed, an article
            that is not numbered as one, a repeated article.
    """
    rows = read_rows(text, file, ARTICLE_COLUMNS)
    refuse_repeats(rows, "law", "version", "article")
    versions = {(law.name, law.dated_on) for law in laws}
    return tuple(_article(row, versions) for row in rows)


def _article(row: Row, versions: set[tuple[str, date | None]]) -> Article:
    law, version, number = row.text("law"), row.day("version"), row.text("article")
    if (law, version) not in versions:
        row.fail("version", "unknown")
    try:
        position = article_number(number)
    except NotASource:
        row.fail("article", "malformed")
    return Article(law, version, number, position, row.text("text"))
