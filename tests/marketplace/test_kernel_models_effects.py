"""Which effects are still to be done, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.kernel.models import Effect
from tests.clock import NOON

pytestmark = pytest.mark.django_db
PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


def test_an_effect_is_due_when_it_is_open_does_not_rest_and_its_time_has_come() -> None:
    rows = {
        "new": {},
        "rested": {"next_attempt_at": PAST, "attempt_count": 5},
        "resting": {"next_attempt_at": FUTURE, "attempt_count": 4},
        "later": {"due_at": NOON + timedelta(microseconds=1)},
        "done": {"done_at": NOON, "attempt_count": 9},
    }
    for key, fields in rows.items():
        Effect.objects.create(kind="note", key=key, **({"due_at": NOON} | fields))

    def keys(found: object) -> set[str]:
        return {effect.key for effect in found}

    assert keys(Effect.objects.open()) == rows.keys() - {"done"}
    assert keys(Effect.objects.ready()) == {"new", "rested", "later"}
    assert keys(Effect.objects.due(NOON)) == {"new", "rested"}
    assert keys(Effect.objects.failed_often(5)) == {"rested"}
