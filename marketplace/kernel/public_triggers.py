"""The triggers that note, in the commit itself, that it changed what is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from marketplace.kernel.hooks import Way
from marketplace.kernel.trigger_text import Trigger

VERBS = ("INSERT", "UPDATE", "DELETE")
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True)
class PublicTable:
    """
    A table of which something is public; several of one table are added up.

    `where` is an SQL condition on a row, which it calls `{row}`, in words that both databases
    know: a row that does not meet it, before or after, is nobody's business. `unless`
    names columns that no public page shows, whose change alone changes nothing.
    """

    model: type[models.Model]
    where: str = ""
    unless: tuple[str, ...] = ()


PUBLIC_TABLES = Way[PublicTable]()

# One change more for each transaction: the mark goes with the transaction, or with its savepoint.
POSTGRESQL_BODY = """
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT ({INSERT}) THEN RETURN NULL; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF NOT ({DELETE}) THEN RETURN NULL; END IF;
  ELSIF NOT ({UPDATE}) THEN RETURN NULL;
  END IF;
  IF coalesce(current_setting('marketplace.public_changed', true), '') = '' THEN
    PERFORM set_config('marketplace.public_changed', 'yes', true);
    INSERT INTO marketplace_publicchange (changed_at) VALUES (now());
  END IF;
  RETURN NULL;
END
"""
POSTGRESQL = (
    "CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE ON {table} FOR EACH ROW "
    "EXECUTE FUNCTION {name}()"
)
SQLITE = """
CREATE TRIGGER "{table}_public_{verb}" AFTER {verb} ON "{table}" WHEN {condition}
BEGIN
  DELETE FROM marketplace_publicchange;
  INSERT INTO marketplace_publicchange (changed_at) VALUES (CURRENT_TIMESTAMP);
END
"""
CHANGE_TABLE = "marketplace_publicchange"


def public_tables() -> dict[str, list[PublicTable]]:
    """Return what of each table is public, by the table's name, sorted."""
    found: dict[str, list[PublicTable]] = {}
    for one in PUBLIC_TABLES:
        found.setdefault(one.model._meta.db_table, []).append(one)
    return dict(sorted(found.items()))


def triggers(vendor: str) -> Iterator[Trigger]:
    """Yield what each public table needs."""
    for table, parts in public_tables().items():
        conditions = {verb: _condition(vendor, parts, verb) for verb in VERBS}
        if vendor == "postgresql":
            name = f"{table}_public"
            definition = POSTGRESQL.format(name=name, table=table)
            yield Trigger(name, table, definition, name, POSTGRESQL_BODY.format(**conditions))
            continue
        for verb, condition in conditions.items():
            definition = SQLITE.format(table=table, verb=verb, condition=condition)
            yield Trigger(f"{table}_public_{verb}", table, definition)


def _condition(vendor: str, parts: list[PublicTable], verb: str) -> str:
    return " OR ".join(f"({_part(vendor, part, verb)})" for part in parts)


def _part(vendor: str, part: PublicTable, verb: str) -> str:
    """Return when a change of one row is public: some column says more, of a row that is public."""
    where = part.where or "1 = 1"
    seen = " OR ".join(f"({where.format(row=row)})" for row in ROWS[verb])
    if verb != "UPDATE":
        return seen
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    columns = [
        field.column
        for field in part.model._meta.local_concrete_fields
        if field.column not in part.unless
    ]
    changed = " OR ".join(f'OLD."{name}" {differs} NEW."{name}"' for name in columns)
    return f"({changed}) AND ({seen})"
