"""
How well people find what they ask for: nDCG@3 of each engine, written into docs/search.md.

Run it on each engine in turn (`make judgements`, beside `.ci/postgres.sh` or with SEARCH_URL): it
fills the index of an empty database with the demo's documents and asks the questions of
`tests/search/judgements.json`. `bench/search_before.json` holds what the index found before.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE, BEFORE = ROOT / "docs" / "search.md", Path(__file__).with_name("search_before.json")
FIGURES = Path(__file__).with_name("search_judged.json")
BEGIN, END = "<!-- judgements -->", "<!-- /judgements -->"
ENGINES = ("sqlite", "postgresql", "elasticsearch")
ALL = "all"


def judged(index: Any) -> dict[str, float]:
    """Return the mean of each sort of question, and of all."""
    from search.answers import _asked
    from search.query import parse
    from tests.search.judging import demo_documents, judgements, ndcg

    documents = demo_documents()
    index.rebuild(documents, 1)
    worth: defaultdict[str, list[float]] = defaultdict(list)
    for one in judgements():
        hits = _asked(index, parse(one.query), is_reserve=False).found.hits
        worth[one.why].append(ndcg(one, hits, documents))
        worth[ALL].append(worth[one.why][-1])
    return {why: round(sum(values) / len(values), 3) for why, values in worth.items()}


def table(figures: Mapping[str, Mapping[str, float]], before: Mapping[str, float]) -> str:
    """Return the figures as a table, all questions last."""
    known = [engine for engine in ENGINES if engine in figures]
    rows = [f"| nDCG@3 | before | {' | '.join(known)} |", "|---" * (2 + len(known)) + "|"]
    whys = [why for why in before if why != ALL]
    for why in [*whys, ALL]:
        after = " | ".join(f"{figures[engine].get(why, 0):.3f}" for engine in known)
        rows.append(f"| {why} | {before[why]:.3f} | {after} |")
    return "\n".join(rows)


def main() -> None:
    """Judge the index that answers first here, and write the page."""
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/judged.sqlite3")
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_divisions", verbosity=0)
        from search.backends import indexes

        index = indexes()[0]
        engine = connection.vendor if index.name == "database" else index.name
        figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
        figures[engine] = judged(index)
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    head, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    written = f"{head}{BEGIN}\n{table(figures, before)}\n{END}{tail}"
    PAGE.write_text(written, encoding="utf-8")
    sys.stdout.write(f"{engine}: {figures[engine][ALL]}\n")


if __name__ == "__main__":
    main()
