"""Fix the values in force as a version that an order can be bound to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from marketplace.kernel.calendar import day_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.declarations import RuleMissing
from marketplace.kernel.models import RulebookVersion, Sequence
from marketplace.kernel.rules import (
    Rule,
    areas_of,
    required,
    rulebook_bytes,
    rulebook_digest,
    rules_in_force,
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
    rules = complete(rules_in_force(division, on)).values()
    content = rulebook_bytes(rules)
    digest = sha256_hex(content)
    known = RulebookVersion.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    serial = Sequence.objects.next_value(f"rulebook/{on.year}")
    known = RulebookVersion.objects.filter(sha256=digest).first()
    return known or RulebookVersion.objects.create(
        sha256=digest,
        number=f"{on.year}.{serial}",
        division=widest_with(digest, division, on),
        content=content.decode(),
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
    for code in areas_of(division.code):
        if code in areas and rulebook_digest(rules_in_force(areas[code], on).values()) == digest:
            return areas[code]
    return division
