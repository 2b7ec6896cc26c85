"""
How good answers are: nDCG@3 against graded judgements over the demo province.

`judgements.json` says of each question which things are asked for: a pattern is a kind, and what
stands in the title after a colon, or the whole title after `:=`. Grades: 3 what is meant, 2 what
helps, 1 what has to do with it. `demo.json` holds the documents of the demo:
`python -m tests.search.judging` writes it anew from the database that holds the demo.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from search.index import Document

DEPTH = 3
HERE = Path(__file__).parent
FILE, DEMO = HERE / "judgements.json", HERE / "demo.json"


@dataclass(frozen=True)
class Judgement:
    """What one question is about, and which things answer it how well."""

    query: str
    why: str
    answers: Mapping[str, int]

    def grade(self, document: Document) -> int:
        """Return how well a document answers."""
        fits = (grade for what, grade in self.answers.items() if is_meant(what, document))
        return max(fits, default=0)


def is_meant(what: str, document: Document) -> bool:
    """Tell whether a pattern means a document."""
    kind, _colon, title = what.partition(":")
    if document.kind != kind:
        return False
    return document.title == title[1:] if title.startswith("=") else title in document.title


def judgements() -> list[Judgement]:
    """Return the judgements of the file."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["judgements"]
    return [Judgement(**row) for row in rows]


def demo_documents() -> list[Document]:
    """Return the documents of the demo province."""
    return [read(row) for row in json.loads(DEMO.read_text(encoding="utf-8"))]


def written(document: Document) -> dict[str, Any]:
    """Return a document as the file holds it."""
    return {**vars_of(document), "sort_at": document.sort_at.isoformat()}


def vars_of(document: Document) -> dict[str, Any]:
    names = ("kind", "key", "title", "facts", "body", "url", "codes", "facets", "aliases")
    return {name: value for name in names if (value := getattr(document, name))}


def read(row: Mapping[str, Any]) -> Document:
    """Return the document that a row of the file holds."""
    return Document(
        kind=row["kind"],
        key=row["key"],
        title=row["title"],
        facts=tuple(row.get("facts", ())),
        body=row.get("body", ""),
        url=row["url"],
        sort_at=datetime.fromisoformat(row["sort_at"]),
        codes=tuple(row.get("codes", ())),
        facets=tuple((name, value) for name, value in row.get("facets", ())),
        aliases=tuple(row.get("aliases", ())),
    )


def gain(grades: Sequence[int]) -> float:
    """Return the discounted gain of the first grades."""
    return math.fsum(
        (2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades[:DEPTH], start=1)
    )


def ndcg(judgement: Judgement, hits: Sequence[Document], everything: Sequence[Document]) -> float:
    """Return how near the first hits come to the best there could be: 1 is the best."""
    best = sorted((judgement.grade(one) for one in everything), reverse=True)
    ideal = gain(best)
    return gain([judgement.grade(one) for one in hits]) / ideal if ideal else 0.0


def main() -> None:
    """Write what can be found in this database as the documents of the demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    import django  # noqa: PLC0415 - asked for by who writes the file alone

    django.setup()
    from marketplace.kernel import clock  # noqa: PLC0415 - as above
    from search.documents import sources  # noqa: PLC0415 - as above

    told = (written(read_one()) for read_one in sources(clock.now()))  # noqa: TID251 - of a command
    rows = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in told)
    DEMO.write_text(f"[\n{rows}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
