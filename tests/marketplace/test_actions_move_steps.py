"""Silence is reminded of, and then somebody else may decide; both sides are told, once."""

from datetime import timedelta

import pytest

from marketplace.actions import moves as actions
from marketplace.kernel.due import run_due
from marketplace.models import Message, PractitionerMove
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, PractitionerFactory, Role, UserFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
OFFICER = {"reasons": "已核实劳动合同解除"}


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").select_related("organization")
    return [(one.kind.split("/")[1], one.organization.name) for one in rows]


def test_silence_is_reminded_of_and_then_an_officer_may_decide() -> None:
    person = PractitionerFactory(agency=AgencyFactory(active=True))
    party(person.agency.organization, Role.AGENCY_MANAGER)
    taker = AgencyFactory(active=True)
    by = party(taker.organization, Role.AGENCY_MANAGER).user
    named = {"name": person.name, "certificate_number": person.certificate_number}
    move = actions.request_move(agency=taker, by=by, at=NOON, **named)
    end = move.release_due_at
    assert end is not None

    run_due(end - timedelta(days=1))
    assert told()[1:] == [("move_waits", str(move.from_agency))]
    assert not PractitionerMove.objects.to_decide_in("36", end - timedelta(seconds=1)).exists()
    run_due(end)
    run_due(end + timedelta(days=1))
    assert [kind for kind, _to in told()][2:] == ["move_late", "move_late"]
    assert PractitionerMove.objects.to_decide_in("36", end).get() == move
    by = UserFactory()
    with refused("move_waits_for_an_officer"):
        actions.allow_move(move=move, by=by, at=end - timedelta(seconds=1), **OFFICER)
    actions.allow_move(move=move, by=by, at=end, **OFFICER)
    person.refresh_from_db()
    assert person.agency_id == move.to_agency_id
