from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.kernel.invariants import INVARIANTS, invariant
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@invariant("没有多余的行")
def nothing_is_left(due: datetime) -> Iterator[AuditEntry | str]:
    yield from AuditEntry.objects.filter(at__lte=due).order_by("pk")


@invariant("没有名字")
def nothing_is_named(_due: datetime) -> list[str]:
    return []


def test_it_names_what_does_not_hold_and_what_breaks_it_and_fails(answering) -> None:
    answering(INVARIANTS.answer(nothing_is_left, nothing_is_named))
    entries = [
        AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="7")
        for _row in range(21)
    ]

    with pytest.raises(SystemExit, match="1"):
        call_command("check_invariants", rest=0, stdout=(told := StringIO()))

    first, *lines, last = told.getvalue().splitlines()
    assert first == "nothing_is_left: 没有多余的行"
    assert lines == [f"  marketplace.auditentry {entry.pk}" for entry in entries[:20]]
    assert last == "  … 1"


def test_what_became_due_a_moment_ago_may_still_be_under_way(answering) -> None:
    answering(INVARIANTS.answer(nothing_is_left, nothing_is_named))
    AuditEntry.objects.create(at=NOON, verb="test.done", target_type="x", target_id="7")

    call_command("check_invariants", rest=1, stdout=(told := StringIO()))

    assert told.getvalue() == "2 invariants hold\n"
