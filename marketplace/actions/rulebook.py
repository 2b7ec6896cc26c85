"""Fix the values in force as a version that an order can be bound to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from marketplace.kernel.calendar import day_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.models import RulebookVersion, Sequence
from marketplace.kernel.rules import rulebook_bytes
from marketplace.models import Division


@transaction.atomic
def pin_rulebook(*, division: Division, at: datetime) -> RulebookVersion:
    """
    Return the version of all values in force in `division` at `at`, made if it is new.

    The same values give the same SHA-256 and therefore the same version.
    """
    on = day_of(at)
    content = rulebook_bytes(division, on)
    digest = sha256_hex(content)
    known = RulebookVersion.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    serial = Sequence.objects.next_value(f"rulebook/{on.year}")
    known = RulebookVersion.objects.filter(sha256=digest).first()
    return known or RulebookVersion.objects.create(
        sha256=digest,
        number=f"{on.year}.{serial}",
        division=division,
        content=content.decode(),
        created_at=at,
    )
