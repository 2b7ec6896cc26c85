"""
Statements whose SQL is made once and sent with other values each time.

To make the SQL of a queryset takes the ORM longer than the database takes to answer it. A function
with `@statement` returns a queryset made of its arguments: at the first call it gets stand-ins for
them, and what Django makes of it is kept; each call after that sends it with the values given.
PostgreSQL, too, plans most of them longer than it reads, so each is planned once in a connection.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, QuerySet
from django.db.models import query as django_query
from django.db.models.expressions import BaseExpression, Expression
from django.db.models.query import FlatValuesListIterable, ModelIterable

P = ParamSpec("P")
Row = TypeVar("Row")
Cell = tuple[int, list[Callable[..., Any]], Any]

FIELDS: dict[str, Callable[[], models.Field[Any, Any]]] = {
    "date": models.DateField,
    "datetime": models.DateTimeField,
    "int": models.BigIntegerField,
    "str": models.TextField,
}
KEYS: dict[str, Callable[[], models.Field[Any, Any]]] = {
    "Sequence[int]": models.BigIntegerField,
    "Sequence[str]": models.TextField,
}
"""The annotations of an argument that has several values, for `in`."""
Prefix: TypeAlias = str
"""
The beginning of the codes of an area's divisions.

It stands in the SQL: the province holds all rows and a county few, so no plan is good for both.
"""
CHOICES = ("bool", "Prefix")
"""The annotations of arguments that decide what is asked: they are given as they are."""
PLACES = re.compile("%[s%]")
"""Where SQL has a parameter, or a sign of percent."""
MOST_PLANNED = 500
"""How many statements a connection keeps planned: each of ours for some numbers of keys."""


@dataclass(frozen=True)
class Slot:
    """Where in the parameters of a statement a value goes; `place` is that among several."""

    name: str
    field: models.Field[Any, Any]
    place: int | None = None

    def of(self, given: dict[str, Any], database: BaseDatabaseWrapper) -> object:
        """Return what is sent in its place."""
        value = given[self.name] if self.place is None else given[self.name][self.place]
        return self.field.get_db_prep_value(value, database, prepared=False)


class Given(Expression):
    """Stands in a queryset for what is given when the statement is sent: a value, or several."""

    def __init__(self, *slots: Slot) -> None:
        super().__init__(output_field=slots[0].field)
        self.slots = slots

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return f"({', '.join(['%s'] * len(self.slots))})", self.slots


@dataclass(frozen=True)
class Made:
    """What Django has made of a queryset: its SQL, the parameters, and how rows are read."""

    sql: str
    parameters: Sequence[object]
    converted: Sequence[Cell]
    make: Callable[[Sequence[Any]], Any]


class Statement(Generic[P, Row]):
    """A function that returns the rows of its queryset; of models without what they prefetch."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        arguments = inspect.signature(build).parameters.values()
        self.arguments = {one.name: str(one.annotation) for one in arguments}
        self._made: dict[tuple[object, ...], Made] = {}
        _all.append(self)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        """Return the rows for these values."""
        given: dict[str, Any] = {**dict(zip(self.arguments, args, strict=False)), **kwargs}
        for name, annotation in self.arguments.items():
            if annotation in KEYS:
                if not given[name]:
                    return []
                given[name] = _filled_up(given[name])
        made = self._made_for(given)
        database = connections[DEFAULT_DB_ALIAS]
        parameters: list[Any] = [
            one.of(given, database) if isinstance(one, Slot) else one for one in made.parameters
        ]
        with preparing_cursor() as cursor:
            cursor.execute(made.sql, parameters)
            rows: Iterable[Sequence[Any]] = cursor.fetchall()
        if made.converted:
            rows = _converted(rows, made.converted, database)
        return [made.make(row) for row in rows]

    def one(self, *args: P.args, **kwargs: P.kwargs) -> Row | None:
        """Return the first row for these values, or None."""
        return next(iter(self(*args, **kwargs)), None)

    def forget(self) -> None:
        """Make the SQL anew the next time."""
        self._made.clear()

    def _made_for(self, given: dict[str, Any]) -> Made:
        shape = (connections[DEFAULT_DB_ALIAS].vendor, *self._choices(given))
        if shape not in self._made:
            stand_ins = {
                name: _stand_in(name, kind, given[name]) for name, kind in self.arguments.items()
            }
            self._made[shape] = _make(cast("Any", self.build)(**stand_ins))
        return self._made[shape]

    def _choices(self, given: dict[str, Any]) -> Iterator[object]:
        """Yield what the SQL hangs on: how many keys there are, and what is chosen."""
        for name, annotation in self.arguments.items():
            if annotation in KEYS:
                yield len(given[name])
            elif annotation in CHOICES:
                yield given[name]


_all: list[Statement[Any, Any]] = []


def statement(build: Callable[P, QuerySet[Any, Row]]) -> Statement[P, Row]:
    """
    Make a statement of a function that returns a queryset.

    Its arguments are annotated by the names in `FIELDS`, `KEYS` or `CHOICES`, and nothing else may
    decide what the queryset is. But for what is chosen it sees stand-ins: it can compare with them,
    but not look at them. PostgreSQL takes the types of the values from the columns that they
    are compared with, and from nothing else.
    """
    return Statement(build)


def preparing_cursor() -> CursorWrapper:
    """
    Return a cursor that sends values beside the statement, which is prepared when it comes again.

    After how many times is for `DATABASES` to say (`prepare_threshold`). It is the usual cursor
    elsewhere than on PostgreSQL, and where somebody notes the statements: with their values.
    """
    database = connections[DEFAULT_DB_ALIAS]  # itself: each look through `connection` costs more
    if database.vendor != "postgresql" or database.queries_logged:
        return database.cursor()
    database.ensure_connection()
    raw: Any = database.connection
    raw.prepared_max = MOST_PLANNED
    usual, raw.cursor_factory = raw.cursor_factory, _server_binding()
    try:
        return database.cursor()
    finally:
        raw.cursor_factory = usual


@cache
def _server_binding() -> Any:
    """Return the cursor that sends values beside the statement; only here is its driver loaded."""
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - for PostgreSQL alone

    return ServerBindingCursor


def forget() -> None:
    """Make all statements anew: a database was emptied, and the numbers of models are others."""
    for one in _all:
        one.forget()


def counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """Return a queryset of one row, how many `rows` there are."""
    number: QuerySet[Any, int] = totalled(rows, number=Count("*"))
    # The ORM has no public word for a queryset of totals that is not evaluated at once.
    number._iterable_class = FlatValuesListIterable  # noqa: SLF001 - as `values_list` does
    return number


def totalled(rows: QuerySet[Any, Any], **totals: BaseExpression) -> QuerySet[Any, Any]:
    """Return a queryset of one row, these totals of `rows`; what `aggregate` asks, to be sent."""
    asked: Any = rows.order_by().values_list("pk")
    asked.query.clear_select_clause()
    asked.query.default_cols = False
    for name, total in totals.items():
        asked.query.add_annotation(total, name, select=True)
    asked._fields = tuple(totals)
    return cast("QuerySet[Any, Any]", asked)


def _filled_up(keys: Sequence[Any]) -> Sequence[Any]:
    """Return the keys, the last one repeated, so that few numbers of keys need SQL of their own."""
    wanted = 1 << (len(keys) - 1).bit_length()
    return [*keys, *[keys[-1]] * (wanted - len(keys))]


def _stand_in(name: str, annotation: str, value: Any) -> object:
    if annotation in CHOICES:
        return value
    if annotation not in KEYS:
        return Given(Slot(name, FIELDS[annotation]()))
    field = KEYS[annotation]()
    return Given(*(Slot(name, field, place) for place in range(len(value))))


def _make(rows: QuerySet[Any, Any]) -> Made:
    compiler: Any = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    if connection.vendor == "postgresql":
        sql, parameters = _with_constants(sql, parameters)
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    converted: list[Cell] = [
        (place, ways, expression) for place, (ways, expression) in converters.items()
    ]
    return Made(sql, tuple(parameters), converted, _maker(rows, compiler))


def _with_constants(text: str, parameters: Iterable[object]) -> tuple[str, list[object]]:
    """
    Write words and numbers that are the same each time into the SQL, and return what is left.

    A plan that is kept holds for any value of a parameter: of a status that few rows have, it would
    not know that they are few.
    """
    from psycopg.sql import Literal  # noqa: PLC0415 - for PostgreSQL alone

    given, left = iter(parameters), list[object]()

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        if isinstance(value := next(given), str | int):
            return Literal(value).as_string(None).replace("%", "%%")
        left.append(value)
        return "%s"

    return PLACES.sub(written, text), left


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes of the columns of a row what the queryset yields."""
    kind = rows._iterable_class  # noqa: SLF001 - what it yields
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is not ModelIterable:
        return tuple
    told = compiler.klass_info
    first, last = told["select_fields"][0], told["select_fields"][-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[first:last]]
    populators: Any = django_query.get_related_populators  # the stubs are of a later Django
    related = populators(told, compiler.select, connection.alias)
    return partial(_model, told["model"], names, first, last, related, compiler.annotation_col_map)


def _model(  # noqa: PLR0913, PLR0917 - what is known of a model before its row
    model: type[models.Model],
    names: Sequence[str],
    first: int,
    last: int,
    related: Sequence[Any],
    annotations: dict[str, int] | None,
    row: Sequence[Any],
) -> models.Model:
    found = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
    for one in related:
        one.populate(row, found)
    for name, place in (annotations or {}).items():
        setattr(found, name, row[place])
    return found


def _converted(
    rows: Iterable[Sequence[Any]], cells: Sequence[Cell], database: BaseDatabaseWrapper
) -> Iterable[list[Any]]:
    """Yield the rows with what the database's types are in Python."""
    for row in rows:
        values = list(row)
        for place, ways, expression in cells:
            value = values[place]
            for way in ways:
                value = way(value, expression, database)
            values[place] = value
        yield values
