"""What people ask of the demo province: terms of a month, a synonym, and questions kept."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.http import QueryDict

from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Membership, User
from marketplace.web.asked import asked_for
from search.alerts import save_search
from search.models import SavedSearch, TermCount
from search.schedule import look_again
from search.terms import say_the_same

PLAN = Path(__file__).with_name("data") / "demo.toml"
DAYS = 30


def play(at: datetime) -> bool:
    """
    Let a month be searched and questions be kept until `at`; False where anybody did already.

    The index is built by then: a word that finds nothing is no synonym.
    """
    if TermCount.objects.exists() or SavedSearch.objects.exists():
        return False
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    TermCount.objects.bulk_create(row for term in plan["term"] for row in _counts(term, at))
    for row in plan["synonym"]:
        by = User.objects.get(username=row["login"])
        say_the_same(term=row["term"], word=row["word"], by=by, at=at)
    for row in plan["saved"]:
        _keep(row, at)
    look_again(known.read_version(), at)
    return True


def _counts(term: Mapping[str, Any], at: datetime) -> list[TermCount]:
    """Spread a term over the days as people do: now more, now less, the same for the same term."""
    first = day_of(at) - timedelta(days=DAYS - 1)
    days = [_day(f"{term['text']}{n}") for n in range(term["asked"])]
    asked, opened = Counter(days), Counter(days[: term.get("opened", 0)])
    is_found = term.get("found", True)
    return [
        TermCount(
            day=first + timedelta(days=day),
            text=term["text"],
            asked_count=count,
            empty_count=0 if is_found else count,
            opened_count=opened[day],
        )
        for day, count in sorted(asked.items())
    ]


def _day(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) % DAYS


def _keep(row: Mapping[str, Any], at: datetime) -> None:
    user = User.objects.get(username=row["login"])
    member = Membership.objects.active().filter(user=user).select_related("organization").first()
    save_search(
        user=user,
        organization=member.organization if member else None,
        at=at - timedelta(days=row["kept"]),
        scope=row["scope"],
        asked=asked_for(QueryDict(row["asked"])),
        title=row["title"],
        pace=row["pace"],
    )
