"""A refusal names its guards and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from marketplace.kernel.verdicts import Refused, Verdict

RESTRICTED = "中选机构处于信用限制期，限制在全省生效，不能中选、签约"
NOT_ELIGIBLE = "中选机构经核查不符合参加条件，不能中选、签约"
REASONS_BY_PUBLICATION = [
    (True, "winner_is_unrestricted", RESTRICTED),
    (False, "winner_is_eligible", NOT_ELIGIBLE),
]
"""Is a winner's restriction published, which guard refuses then, and what does everybody read."""

ASKED = ("StandingCheck", "RequirementCheck")
"""What an act has asked and been answered, which stays when it is refused."""

OURS = ("marketplace", "credit", "bidding")


def snapshot(*without: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row of our tables by model, but for the models named in `without`."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    with connection.cursor() as cursor:
        return {
            model._meta.label: _rows(cursor, model)
            for model in models
            if model.__name__ not in without
        }


def _rows(cursor: CursorWrapper, model: type[Model]) -> list[dict[str, Any]]:
    """Read a table as the database has it: two thirds faster than as objects."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - names of our own
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def refused(*guards: str, keeps: tuple[str, ...] = ()) -> Iterator[None]:
    """
    Expect a refusal by exactly `guards`, with every table as before and nothing to do on commit.

    `keeps` names the models that may have gained rows all the same.
    """
    before, planned = snapshot(*keeps), len(connection.run_on_commit)
    with pytest.raises(Refused) as caught:
        yield
    assert [verdict.guard for verdict in caught.value.verdicts] == list(guards)
    assert snapshot(*keeps) == before
    assert len(connection.run_on_commit) == planned


def failing(*verdicts: Verdict) -> list[str]:
    """Return the names of the guards that do not hold."""
    return [verdict.guard for verdict in verdicts if not verdict.holds]


def is_refused(row: Model, **values: object) -> bool:
    """Tell whether the database itself refuses `values` for a stored row, whoever writes them."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return True
    return False
