"""Fix the values in force as a version that an order can be bound to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import RuleMissing
from marketplace.kernel.models import RulebookVersion, Sequence
from marketplace.kernel.rules import (
    Rule,
    areas_of,
    in_force,
    required,
    words_about,
)
from marketplace.models import Division


@transaction.atomic
def pin_rulebook(*, division: Division, at: datetime) -> RulebookVersion:
    """
    Return the version of all values in force in `division` at `at`, made if it is new.

    The same values give the same SHA-256 and therefore the same version, wherever they hold.

    Raises:
        RuleMissing: a rule that code executes has no value.
    """
    on = day_of(at)
    found = in_force([division.code], on)[division.code]
    rules, digest = complete(found.rules).values(), found.digest
    known = RulebookVersion.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    serial = Sequence.objects.next_value(f"rulebook/{on.year}")
    known = RulebookVersion.objects.filter(sha256=digest).first()
    return known or RulebookVersion.objects.create(
        sha256=digest,
        number=f"{on.year}.{serial}",
        division=widest_with(digest, division, on),
        content=found.content.decode(),
        words=words_about(rules),
        created_at=at,
    )


def complete(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """
    Return `rules`, which have every value that code asks for.

    Raises:
        RuleMissing: one is absent.
    """
    for key in required():
        if key not in rules:
            raise RuleMissing(key)
    return rules


def widest_with(digest: str, division: Division, on: date) -> Division:
    """Return the widest area around `division` in which the same values are in force."""
    areas = Division.objects.in_bulk(areas_of(division.code))
    found = in_force(areas, on)
    return next((areas[code] for code in sorted(areas) if found[code].digest == digest), division)
