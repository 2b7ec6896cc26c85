"""The triggers that note, in the commit itself, that it changed what is public."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models

from marketplace.kernel.hooks import Way

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
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION "{table}_public"() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT ({inserted}) THEN RETURN NULL; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF NOT ({deleted}) THEN RETURN NULL; END IF;
  ELSIF NOT ({updated}) THEN RETURN NULL;
  END IF;
  IF coalesce(current_setting('marketplace.public_changed', true), '') = '' THEN
    PERFORM set_config('marketplace.public_changed', 'yes', true);
    INSERT INTO marketplace_publicchange (changed_at) VALUES (now());
  END IF;
  RETURN NULL;
END
$$ LANGUAGE plpgsql
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER "{table}_public" AFTER INSERT OR UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION "{table}_public"()
"""
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


def names(vendor: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each trigger, and its table."""
    for table in public_tables():
        if vendor == "postgresql":
            yield f"{table}_public", table
        else:
            yield from ((f"{table}_public_{verb}", table) for verb in VERBS)


def statements(vendor: str, existing: Collection[str]) -> Iterator[str]:
    """Yield what installs the triggers on those tables that exist; each may run again."""
    if CHANGE_TABLE not in existing:
        return
    for table, parts in public_tables().items():
        if table not in existing:
            continue
        conditions = {verb: _condition(vendor, parts, verb) for verb in VERBS}
        if vendor == "postgresql":
            yield POSTGRESQL_FUNCTION.format(
                table=table,
                inserted=conditions["INSERT"],
                updated=conditions["UPDATE"],
                deleted=conditions["DELETE"],
            )
            yield POSTGRESQL.format(table=table)
            continue
        for verb, condition in conditions.items():
            yield f'DROP TRIGGER IF EXISTS "{table}_public_{verb}"'
            yield SQLITE.format(table=table, verb=verb, condition=condition)


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
