"""What the tests of the load commands share: a run, what it left, and a change in a file."""

import csv
from datetime import UTC, datetime
from io import StringIO

from django.core.management import call_command

from marketplace.kernel.models import Article, CalendarDay, Law, LawVersion, Parameter
from marketplace.models import (
    Approval,
    ApprovalDeliverable,
    Division,
    RefusedItem,
    ServiceClass,
    ServiceItem,
)
from tests.clock import NOON
from tests.factories.marketplace import load_laws

LATER = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
LOADED = (
    *(Division, Law, LawVersion, Article),
    *(ServiceClass, RefusedItem, ServiceItem, Approval, ApprovalDeliverable),
    *(CalendarDay, Parameter),
)


def load(command, **options):
    """Return the lines that the command prints, drafts left out; the catalogue needs the laws."""
    if command in {"load_catalogue", "load_parameters"} and not Law.objects.exists():
        load_laws()
    printed = StringIO()
    call_command(command, stdout=printed, **({"at": NOON} | options))
    return [line for line in printed.getvalue().splitlines() if not line.startswith("draft ")]


def stored():
    """Return every row of what is loaded, by model."""
    return {model: list(model.objects.order_by("pk").values()) for model in LOADED}


def rewrite(path, key, column, value):
    """Change one cell of the row whose first cell is `key`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index(column)
    for row in rows:
        if row[0] == key:
            row[place] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
