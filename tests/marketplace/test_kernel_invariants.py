"""
Statements about the whole database, asked of every app.

That each of them finds the row which breaks it is shown on the demo province, which has one of
everything (`tests/cms/test_management_commands_demo.py`).
"""

from datetime import datetime, timedelta

import pytest

from marketplace.kernel.invariants import INVARIANTS, breaches, invariant
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@invariant("一行也没有")
def there_is_nothing(due: datetime) -> list[AuditEntry | str]:
    return [*AuditEntry.objects.filter(at__lte=due).order_by("pk"), "and a name"]


@invariant("没有名字")
def nothing_is_named(_due: datetime) -> list[str]:
    return []


def test_a_breach_names_every_row_by_its_key_alone(answering) -> None:
    answering(INVARIANTS.answer(there_is_nothing, nothing_is_named))
    entry = AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="7")

    [breach] = breaches(NOON)

    assert breach.invariant is there_is_nothing
    assert breach.rows == (f"marketplace.auditentry {entry.pk}", "and a name")
    assert (breach.invariant.name, breach.invariant.sentence) == ("there_is_nothing", "一行也没有")


def test_an_empty_platform_breaks_nothing() -> None:
    assert list(breaches(NOON + timedelta(days=1))) == []


def test_every_invariant_has_a_name_of_its_own() -> None:
    names = [asked.name for asked in INVARIANTS]

    assert sorted(set(names)) == sorted(names)
