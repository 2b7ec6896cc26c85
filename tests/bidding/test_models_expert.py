"""Who serves in the pool, and how an expert moves."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django_fsm import TransitionNotAllowed

from bidding.models import Expert
from tests.bidding.refusals import is_refused
from tests.clock import NOON
from tests.factories.experts import ExpertFactory
from tests.factories.marketplace import ServiceClassFactory

pytestmark = pytest.mark.django_db
ALLOWED = {
    ("active", "suspend"): "suspended",
    ("suspended", "resume"): "active",
    ("active", "remove"): "removed",
    ("suspended", "remove"): "removed",
}


@pytest.mark.parametrize(
    ("status", "verb"), [*product(Expert.Status.values, ["suspend", "resume", "remove"])]
)
def test_an_expert_moves_only_as_the_table_says(status: str, verb: str) -> None:
    expert = Expert(status=status)
    move = getattr(expert, verb)
    given = {} if verb == "resume" else {"reasons": "理由。"}

    if target := ALLOWED.get((status, verb)):
        move(**given)
        assert expert.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**given)
        assert expert.status == status


def test_who_serves_is_active_and_within_the_term() -> None:
    serving = ExpertFactory()
    ExpertFactory(status="suspended", status_reasons="休假")
    ExpertFactory(serves_until=date(2026, 11, 23))

    assert list(Expert.objects.serving(NOON)) == [serving]
    assert serving.serves_on(date(2026, 12, 31))
    assert not serving.serves_on(date(2027, 1, 1))


def test_the_database_refuses_a_term_that_ends_before_it_begins_and_a_state_without_reasons() -> (
    None
):
    expert = ExpertFactory()

    assert is_refused(expert, serves_until=date(2025, 1, 1))
    assert is_refused(expert, status="removed")
    assert not is_refused(expert, status="removed", status_reasons="违纪")


def test_experts_of_a_class_are_found_and_where_there_is_none_all() -> None:
    kind = ServiceClassFactory()
    one, other = ExpertFactory(), ExpertFactory()
    one.specialties.add(kind)

    assert list(Expert.objects.versed_in(kind)) == [one]
    assert set(Expert.objects.versed_in(None)) == {one, other}
