"""
The triggers that hold a row to the deadlines that its state needs, when its transaction ends.

PostgreSQL alone can wait until then. `lacking` asks the same of any database, by the same query.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from marketplace.kernel.models.deadlines import Deadline, DeadlineSubject
from marketplace.kernel.trigger_text import Trigger

POSTGRESQL = (
    "CREATE CONSTRAINT TRIGGER {name} AFTER {verbs} ON {table} "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when}EXECUTE FUNCTION {name}()"
)
# Named so that no column of ours is called alike.
THE_ROW = "of_row"
SUBJECT_BODY = """
DECLARE of_row bigint := NEW.{pk};
BEGIN
  IF EXISTS ({lacking}) THEN {refuse}
  END IF;
  RETURN NULL;
END
"""
DEADLINE_BODY = """
DECLARE of_row bigint := OLD.object_id;
BEGIN
  IF false THEN NULL;{branches}
  END IF;
  RETURN NULL;
END
"""
BRANCH = """
  ELSIF OLD.kind IN ({kinds}) THEN
    IF EXISTS ({lacking}) THEN {refuse}
    END IF;"""
REFUSE = (
    "RAISE EXCEPTION '{table} %: a deadline that its state needs does not run', of_row "
    "USING ERRCODE = 'check_violation', TABLE = '{table}', CONSTRAINT = '{name}';"
)


def subjects() -> list[type[DeadlineSubject]]:
    """Return the models whose states need deadlines, by the name of their tables."""
    found = [one for one in apps.get_models() if issubclass(one, DeadlineSubject) and one.needs]
    return sorted(found, key=lambda one: one._meta.db_table)


def lacking(model: type[DeadlineSubject]) -> models.QuerySet[Any]:
    """Return the rows of `model` in a state that needs a deadline which does not run for them."""
    ways = [
        need.state & ~Exists(Deadline.objects.not_stopped(OuterRef("pk"), kind))
        for need in model.needs
        for kind in need.kinds
    ]
    return models.QuerySet(model).filter(reduce(or_, ways, Q())).order_by("pk")


def triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """Yield what holds each subject, and each deadline that one of them needs, on PostgreSQL."""
    if connection.vendor != "postgresql":
        return
    branches = ""
    for model in subjects():
        meta = model._meta
        name = f"{meta.db_table}_has_its_deadlines"
        refuse = REFUSE.format(table=meta.db_table, name=name)
        query = _of_the_row(model, connection)
        body = SUBJECT_BODY.format(pk=meta.pk.column, lacking=query, refuse=refuse)
        verbs = "INSERT OR UPDATE"
        definition = POSTGRESQL.format(name=name, table=meta.db_table, verbs=verbs, when="")
        yield Trigger(name, meta.db_table, definition, name, body)
        kinds = ", ".join(f"'{kind}'" for need in model.needs for kind in need.kinds)
        branches += BRANCH.format(kinds=kinds, lacking=query, refuse=refuse)
    table = Deadline._meta.db_table
    name = f"{table}_is_needed"
    when = "WHEN (old.stopped_at IS NULL) "
    definition = POSTGRESQL.format(name=name, table=table, verbs="DELETE OR UPDATE", when=when)
    yield Trigger(name, table, definition, name, DEADLINE_BODY.format(branches=branches))


def _of_the_row(model: type[DeadlineSubject], connection: BaseDatabaseWrapper) -> str:
    """Return the query for the one row that a trigger looks at, its values written out."""
    rows = lacking(model).filter(pk=RawSQL(THE_ROW, ())).order_by().values("pk")  # noqa: S611 - our own text
    text, values = rows.query.get_compiler(connection=connection).as_sql()
    quoted = connection.schema_editor().quote_value
    return str(text % tuple(quoted(value) for value in values))
