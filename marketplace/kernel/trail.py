"""
What the trail has lost: each entry has a witness in a table of its own, written by a trigger.

Whoever takes one entry away, or changes anything in it, leaves the witness behind, which holds the
hash of the whole entry. It shows what was done to one table; whoever may change both can hide both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connections
from django.db.models import Max

from marketplace.kernel.models.audit import AuditEntry, TrailCheck, TrailWitness
from marketplace.kernel.trigger_text import Trigger

LATEST = 1000
"""How many of the newest entries are asked about by whoever asks often."""
NAMED = 10
"""How many of the entries that were lost a check names."""
AT_ONCE = 10_000
ENTRIES, WITNESSES = AuditEntry._meta.db_table, TrailWitness._meta.db_table
CHECKS = TrailCheck._meta.db_table
SEEN = ("at", "verb", "target_type", "target_id")
NAME = f"{ENTRIES}_witnessed"
FUNCTION = "witness_entry_of_trail"

VERSION = 1
"""What is hashed, and how. A field more is another version; each stays as it was written."""
HASHED = (
    *("id", "at", "recorded_at", "by_id", "organization_id", "verb", "target_type", "target_id"),
    *("before", "after", "data", "is_sealed", "request_id"),
)
MOMENTS = {"at", "recorded_at"}
# what PostgreSQL writes of a moment hangs on who asks, unless it is told how
MOMENT = {
    "sqlite": "{}",
    "postgresql": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}
DIGEST = {  # SHA256 is a function that Django gives to SQLite
    "sqlite": "SHA256(json_array({}))",
    "postgresql": "encode(sha256(convert_to(jsonb_build_array({})::text, 'UTF8')), 'hex')",
}
SQLITE = 'CREATE TRIGGER "{name}" AFTER INSERT ON "{table}" BEGIN {insert} END'
POSTGRESQL = (
    f"CREATE TRIGGER {NAME} AFTER INSERT ON {ENTRIES} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
)
LOST = """
    SELECT witness.* FROM {witnesses} witness
    LEFT JOIN {entries} entry ON entry.id = witness.entry AND {same}
    WHERE witness.entry > %s AND witness.entry <= %s
      AND (entry.id IS NULL OR (witness.version = {version} AND witness.digest <> {digest}))
    ORDER BY witness.entry
"""


def triggers(vendor: str) -> Iterator[Trigger]:
    """Yield what writes the witnesses."""
    seen = ", ".join(f"NEW.{name}" for name in SEEN)
    insert = (
        f"INSERT INTO {WITNESSES} (entry, {', '.join(SEEN)}, version, digest) "  # noqa: S608 - our own names
        f"VALUES (NEW.id, {seen}, {VERSION}, {_digest(vendor, 'NEW')});"
    )
    if vendor == "postgresql":
        yield Trigger(NAME, ENTRIES, POSTGRESQL, FUNCTION, f"BEGIN {insert} RETURN NULL; END")
    else:
        yield Trigger(NAME, ENTRIES, SQLITE.format(name=NAME, table=ENTRIES, insert=insert))


def lost_of_latest(using: str = "default", latest: int = LATEST) -> list[TrailWitness]:
    """Return the witnesses of the `latest` entries whose entry is gone or not what it was."""
    newest = _newest(using)
    return _lost(using, newest - latest, newest)


def lost(using: str = "default") -> Iterator[TrailWitness]:
    """Yield the witnesses whose entry is gone or not what it was, of the whole trail."""
    newest = _newest(using)
    for first in range(0, newest, AT_ONCE):
        yield from _lost(using, first, min(first + AT_ONCE, newest))


def check(at: datetime) -> TrailCheck:
    """Ask the whole trail, and keep what came out."""
    found = [witness.pk for witness in lost()]
    return TrailCheck.objects.create(
        at=at,
        entry_count=TrailWitness.objects.count(),
        lost_count=len(found),
        first_lost=found[:NAMED],
    )


def last_check() -> TrailCheck | None:
    """Return what the last check of the whole trail came to."""
    return TrailCheck.objects.order_by("pk").last()


def _lost(using: str, after: int, through: int) -> list[TrailWitness]:
    asked = LOST.format(
        witnesses=WITNESSES,
        entries=ENTRIES,
        same=" AND ".join(f"entry.{name} = witness.{name}" for name in SEEN),
        version=VERSION,
        digest=_digest(connections[using].vendor, "entry"),
    )
    return list(TrailWitness.objects.using(using).raw(asked, [after, through]))


def _newest(using: str) -> int:
    found = TrailWitness.objects.using(using).aggregate(newest=Max("pk"))["newest"]
    return int(found or 0)


def _digest(vendor: str, row: str) -> str:
    """Return the SQL that hashes an entry: the version, and its fields in their order."""
    values = (
        MOMENT[vendor].format(f"{row}.{name}") if name in MOMENTS else f"{row}.{name}"
        for name in HASHED
    )
    return DIGEST[vendor].format(", ".join([str(VERSION), *values]))
