"""
What every index must answer alike: the questions of the judgements, and many in other shapes.

`conformance.json` holds a digest of each answer, its first hits in their order and all facets, as
SQLite gives it: `python -m tests.search.conforming` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from search.facets import CLASS, DATE, GRADE, REGION
from search.index import Index
from search.query import Order, Query, parse
from search.vocabulary import standard
from tests.search.judging import demo_documents, judgements

FILE = Path(__file__).with_name("conformance.json")
SHAPES = (
    lambda query: query,
    lambda query: replace(query, order=Order.NEWEST),
    lambda query: replace(query, order=Order.OLDEST, page=2),
    lambda query: replace(query, page=12),
    lambda query: replace(query, kind="tender"),
    lambda query: replace(query, chosen=((REGION, ("360700",)), (DATE, ("2026-11", "2025")))),
    lambda query: replace(query, kind="item", chosen=((CLASS, ("C23", "C45")),)),
    lambda query: replace(query, chosen=((GRADE, ("A", "C")),)),
)
"""What is asked of every second question in turn: one after the other, each another one."""
ODD = (
    *(
        "1=1",
        "' OR '1'='1",
        "NEAR(测 绘)",
        "测绘*",
        '"初步设计" OR 可研',
        "a:b AND c",
        "\x00测绘",
        "工程 👍",
    ),
    *(
        "\u202e测绘",
        "评",
        "工",
        "2026",
        "测绘 " * 60,
        "%_\\",
        "¶",
        "“可行性研究",
        "或",
        "360702 工程",
    ),
)


PLACES = ("赣州市", "赣州", "章贡区", "于都县", "于都", "九江市", "九江", "信丰县", "上饶")


def questions() -> Iterator[tuple[str, Query]]:
    """Yield the questions with a name for each."""
    for number, one in enumerate(judgements()):
        yield one.query, parse(one.query)
        turn, is_odd = divmod(number, 2)
        if not is_odd:
            shape = turn % len(SHAPES)
            yield f"{one.query} #{shape}", SHAPES[shape](parse(one.query))
    for text in ODD:
        yield text, parse(text)


def answer_of(index: Index, query: Query) -> str:
    """Return the digest of what an index answers to a question in its first reading that finds."""
    from search.understanding import Understanding  # noqa: PLC0415 - it knows the models

    understanding = Understanding(query, index, standard().with_places(PLACES))
    told: list[object] = []
    if query.terms:
        for read in (understanding.typed, *understanding.others()):
            found = index.find(read.query)
            if found.total or read is understanding.typed:
                facets = {
                    name: dict(sorted(found.facets[name].items())) for name in sorted(found.facets)
                }
                told = [str(read.reading), [[one.kind, one.key] for one in found.hits], facets]
            if found.total:
                break
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]


def answers(index: Index) -> dict[str, str]:
    """Return the digests of all questions."""
    return {name: answer_of(index, query) for name, query in questions()}


def fill(index: Index) -> None:
    """Build an index of the demo's documents."""
    refused = index.rebuild(demo_documents(), 1)
    if refused:
        raise AssertionError


def main() -> None:
    """Write the digests as the index of an empty database gives them."""
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/conforming.sqlite3")
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
        import django  # noqa: PLC0415 - the database is chosen before
        from django.core.management import call_command  # noqa: PLC0415 - as above

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from search.backends import database_index  # noqa: PLC0415 - as above

        index = database_index()
        fill(index)
        told = json.dumps(answers(index), ensure_ascii=False, indent=0)
    FILE.write_text(f"{told}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
