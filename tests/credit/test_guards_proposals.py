"""A next version of the scheme waits alone, for another manager, and begins on a later day."""

from datetime import timedelta

import pytest

from credit.guards.proposals import (
    may_propose_scheme,
    may_settle_scheme,
    version_begins_later,
)
from credit.models import SchemeProposal
from marketplace.models import User
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

TODAY = NOON.date()


def test_a_second_manager_looks_and_once() -> None:
    first, second = User(pk=1), User(pk=2)
    waiting = SchemeProposal(proposed_by=first)
    settled = SchemeProposal(proposed_by=first, settled_at=NOON)

    assert failing(*may_settle_scheme(waiting, second)) == []
    assert failing(*may_settle_scheme(waiting, first)) == ["second_manager_looks"]
    [verdict, _other] = may_settle_scheme(settled, second)
    assert verdict.refusal == "这个方案已经办结：不予采用"


@pytest.mark.parametrize(("days", "holds"), [(0, False), (1, True)])
def test_a_version_begins_after_the_day_on_which_it_is_confirmed(days: int, *, holds: bool) -> None:
    assert version_begins_later(TODAY + timedelta(days=days), NOON).holds is holds


@pytest.mark.django_db
def test_one_version_waits_at_a_time() -> None:
    assert failing(*may_propose_scheme()) == []

    SchemeProposal.objects.create(
        content="{}", file_name="a.json", reason="x", proposed_by=UserFactory(), proposed_at=NOON
    )

    assert failing(*may_propose_scheme()) == ["no_version_awaits_a_look"]
