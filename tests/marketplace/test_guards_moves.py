"""Who may take somebody in, and when an officer may decide: the last moment and the first."""

from datetime import timedelta

import pytest

from marketplace.guards import moves as guards
from marketplace.models import Agency, PractitionerMove
from tests.clock import NOON
from tests.factories.parties import MoveFactory

S, A = PractitionerMove.Status, Agency.Status
TAKES = {A.DRAFT, A.RETURNED, A.ACTIVE}


@pytest.mark.parametrize("status", [*A])
def test_an_agency_takes_people_in_while_it_fills_in_or_works(status: str) -> None:
    verdict = guards.agency_takes_people_in(Agency(status=status))

    assert verdict.holds is (status in TAKES)
    if status not in TAKES:
        assert str(A(status).label) in verdict.refusal


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "late", "holds"),
    [
        (S.REQUESTED, timedelta(seconds=-1), False),
        (S.REQUESTED, timedelta(0), True),
        (S.CONTESTED, timedelta(days=-2), True),
    ],
)
def test_an_officer_waits_for_the_answer_or_its_end(
    status: str, late: timedelta, holds: bool
) -> None:
    move = MoveFactory.build(status=status, release_due_at=NOON)

    assert guards.move_waits_for_an_officer(move, NOON + late).holds is holds
