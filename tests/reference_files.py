"""The shipped data files, and what a fault in one says."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from marketplace.kernel.laws import Held, Library
from marketplace.reference import BadReferenceData, parse_law_articles, parse_laws

DATA = Path(__file__).parents[1] / "marketplace" / "data"


def text(name):
    """Return what the file of this name says."""
    return (DATA / name).read_text(encoding="utf-8")


def library():
    """Return the shipped law library as the loaders see it."""
    laws = parse_laws(text("laws.csv"))
    held = {law.name: set() for law in laws}
    for article in parse_law_articles(text("law_articles.csv"), laws):
        held[article.law].add(article.number)
    return Library(
        {
            law.name: Held(
                is_reference=law.level == "reference",
                grounds_an_item=law.level in {"law", "regulation", "state_council"},
                articles=frozenset(held[law.name]),
                periods=((law.in_force_from, law.in_force_until),),
            )
            for law in laws
        }
    )


def fault(parse, *arguments):
    """Return line, column, problem and value of what `parse` refuses."""
    with pytest.raises(BadReferenceData) as caught:
        parse(*arguments)
    error = caught.value
    return error.line, error.column, error.problem, error.value


def rows_of(name):
    """Return the rows of a shipped CSV file as they stand in it."""
    return list(csv.DictReader(StringIO(text(name), newline="")))
