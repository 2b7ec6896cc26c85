"""All reference data at once: an empty database is filled, and nothing is written a second time."""

import pytest

from marketplace.kernel.models import AuditEntry
from marketplace.reference import parse_parameters
from tests.loading import LATER, LOADED, load, stored
from tests.reference_files import text

pytestmark = pytest.mark.django_db
ROWS = len(parse_parameters(text("parameters.csv")))


def test_an_empty_database_is_filled_and_a_second_load_writes_nothing():
    assert load("load_reference") == [
        "divisions: 112 created, 0 updated, 0 unchanged",
        "place codes: 6760 created, 0 updated, 0 unchanged",
        "laws: 115 created, 0 updated, 0 unchanged",
        "articles: 236 created, 0 updated, 0 unchanged",
        "service classes: 60 created, 0 updated, 0 unchanged",
        "approvals: 74 created, 0 updated, 0 unchanged",
        "service items: 91 created, 0 updated, 0 unchanged, 68 published",
        "calendar 2024-2026: 75 created, 0 updated, 0 unchanged",
        f"parameters: {ROWS} created, 0 updated, 0 unchanged",
    ]
    before, audited = stored(), AuditEntry.objects.count()

    lines = load("load_reference", at=LATER)

    assert lines == [
        "divisions: 0 created, 0 updated, 112 unchanged",
        "place codes: 0 created, 0 updated, 6760 unchanged",
        "laws: 0 created, 0 updated, 115 unchanged",
        "articles: 0 created, 0 updated, 236 unchanged",
        "service classes: 0 created, 0 updated, 60 unchanged",
        "approvals: 0 created, 0 updated, 74 unchanged",
        "service items: 0 created, 0 updated, 91 unchanged",
        "calendar 2024-2026: 0 created, 0 updated, 75 unchanged",
        f"parameters: 0 created, 0 updated, {ROWS} unchanged",
    ]
    assert (stored(), AuditEntry.objects.count()) == (before, audited)


def test_a_trial_run_says_the_same_and_writes_nothing():
    lines = load("load_reference", dry_run=True)

    assert lines[6] == "service items: 91 created, 0 updated, 0 unchanged, 68 published"
    assert lines[-1] == "dry run: nothing was written"
    assert {model: rows for model, rows in stored().items() if rows} == {}
    assert not AuditEntry.objects.exists()


def test_every_loaded_row_is_valid_by_its_own_model():
    load("load_reference")

    for model in LOADED:
        for row in model.objects.all():
            row.full_clean(exclude={"status"})
