"""A stand-in is for colleagues of one office, on days to come, once at a time."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.actions.assignments import end_stand_in, stand_in
from marketplace.kernel.models import AuditEntry
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, party

pytestmark = pytest.mark.django_db
TODAY, ONE_DAY = NOON.date(), timedelta(days=1)


@pytest.fixture
def asked() -> dict[str, Any]:
    office = AuthorityFactory()
    absent, substitute = (party(office, Role.OPERATOR).user for _one in range(2))
    people = {"organization": office, "absent": absent, "substitute": substitute, "by": absent}
    return {**people, "first_day": TODAY, "last_day": TODAY, "at": NOON}


@pytest.mark.parametrize(
    ("changed", "guard"),
    [
        ({"last_day": TODAY - ONE_DAY}, "days_lie_ahead"),
        ({"first_day": TODAY - 2 * ONE_DAY, "last_day": TODAY - ONE_DAY}, "days_lie_ahead"),
    ],
)
def test_the_days_are_in_order_and_not_over(
    asked: dict[str, Any], changed: dict[str, Any], guard: str
) -> None:
    with refused(guard):
        stand_in(**asked | changed)


def test_only_another_colleague_stands_in_and_one_at_a_time(asked: dict[str, Any]) -> None:
    stranger = UserFactory()
    with refused("substitute_is_another"):
        stand_in(**asked | {"substitute": asked["absent"]})
    with refused("both_are_of_the_office"):
        stand_in(**asked | {"substitute": stranger})

    made = stand_in(**asked)
    with refused("nobody_stands_in_yet"):
        stand_in(**asked)
    end_stand_in(stand_in=made, by=asked["by"], at=NOON)
    with refused("stand_in_holds"):
        end_stand_in(stand_in=made, by=asked["by"], at=NOON)
    stand_in(**asked)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert [*verbs] == ["stand_in.set", "stand_in.ended", "stand_in.set"]
