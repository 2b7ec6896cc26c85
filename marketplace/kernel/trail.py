"""
What the trail has lost: each entry has a witness in a table of its own, written by a trigger.

Whoever takes one entry away, or writes another into its place, leaves the witness behind. It shows
what was done to one table; whoever may change both can hide both.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef, QuerySet

from marketplace.kernel.models.audit import AuditEntry, TrailWitness
from marketplace.kernel.trigger_text import Trigger

LATEST = 1000
"""How many of the newest entries are asked about by whoever asks often."""
ENTRIES, WITNESSES = AuditEntry._meta.db_table, TrailWitness._meta.db_table
SEEN = ("at", "verb", "target_type", "target_id")
NAME = f"{ENTRIES}_witnessed"
FUNCTION = "witness_entry_of_trail"
COLUMNS, VALUES = ", ".join(SEEN), ", ".join(f"NEW.{name}" for name in SEEN)
INSERT = f"INSERT INTO {WITNESSES} (entry, {COLUMNS}) VALUES (NEW.id, {VALUES});"  # noqa: S608
SQLITE = f'CREATE TRIGGER "{NAME}" AFTER INSERT ON "{ENTRIES}" BEGIN {INSERT} END'
POSTGRESQL = (
    f"CREATE TRIGGER {NAME} AFTER INSERT ON {ENTRIES} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
)


def triggers(vendor: str) -> Iterator[Trigger]:
    """Yield what writes the witnesses."""
    if vendor == "postgresql":
        yield Trigger(NAME, ENTRIES, POSTGRESQL, FUNCTION, f"BEGIN {INSERT} RETURN NULL; END")
    else:
        yield Trigger(NAME, ENTRIES, SQLITE)


def lost(using: str = "default", latest: int | None = None) -> QuerySet[TrailWitness]:
    """Return the witnesses whose entry is gone or another, of the `latest` entries or of all."""
    witnesses = TrailWitness.objects.using(using)
    same = AuditEntry.objects.using(using).filter(
        pk=OuterRef("pk"), **{name: OuterRef(name) for name in SEEN}
    )
    if latest is not None:
        newest = witnesses.aggregate(newest=Max("pk"))["newest"] or 0
        witnesses = witnesses.filter(pk__gt=newest - latest)
    return witnesses.exclude(Exists(same)).order_by("pk")
