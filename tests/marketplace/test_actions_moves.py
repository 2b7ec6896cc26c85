"""A professional moves when the old agency lets go, or an officer says so; else nobody does."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from marketplace.actions import moves as actions
from marketplace.holdings import PRACTICE_BARS
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message, Practitioner, PractitionerMove, RegisterEntry
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, PractitionerFactory, Role, UserFactory, party
from tests.factories.parties import MoveFactory
from tests.marketplace.changes import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = PractitionerMove.Status
OFFICER = {"reasons": "已核实劳动合同解除"}


@pytest.fixture
def person() -> Practitioner:
    """Return somebody registered with an agency that has a manager."""
    found: Practitioner = PractitionerFactory(agency=AgencyFactory(active=True))
    party(found.agency.organization, Role.AGENCY_MANAGER)
    return found


def asked_for(person: Practitioner) -> PractitionerMove:
    """Let another agency ask for them at NOON."""
    taker = AgencyFactory(active=True)
    by = party(taker.organization, Role.AGENCY_MANAGER).user
    return actions.request_move(
        agency=taker,
        name=person.name,
        certificate_number=person.certificate_number,
        files=[pdf("执业证书.pdf")],
        by=by,
        at=NOON,
    )


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").select_related("organization")
    return [(one.kind.split("/")[1], one.organization.name) for one in rows]


def test_a_request_changes_nothing_yet_and_is_told_to_the_old_agency(person: Practitioner) -> None:
    move = asked_for(person)

    person.refresh_from_db()
    assert person.agency_id == move.from_agency_id
    assert move.release_due_at == NOON.replace(hour=0) + timedelta(days=8)
    assert told() == [("move_requested", str(move.from_agency))]
    assert [*move.to_agency.papers.registered()] == []
    assert move.papers.get().document.name == "执业证书.pdf"


def test_who_is_released_is_with_the_other_agency_at_once(person: Practitioner) -> None:
    move, by = asked_for(person), UserFactory()
    old, new = move.from_agency, move.to_agency

    actions.release_practitioner(move=move, by=by, at=NOON)

    person.refresh_from_db()
    move.refresh_from_db()
    assert (person.agency_id, move.status, move.decided_by) == (new.pk, S.RELEASED, by)
    entries = RegisterEntry.objects.order_by("pk")
    assert [(one.agency_id, bool(one.before), bool(one.after)) for one in entries] == [
        (old.pk, True, False),
        (new.pk, False, True),
    ]
    assert new.papers.registered().get().practitioner == person
    kinds = [kind for kind, _to in told()]
    assert kinds == ["move_requested", "move_released", "move_released"]
    assert AuditEntry.objects.get(verb="move.released").before == "requested"


def test_only_who_is_registered_elsewhere_can_be_asked_for_and_once(person: Practitioner) -> None:
    move = asked_for(person)
    asking = {"agency": AgencyFactory(active=True), "by": UserFactory(), "at": NOON}
    named = {"name": person.name, "certificate_number": person.certificate_number}

    with refused("practitioner_is_registered"):
        actions.request_move(**asking, **named | {"name": "李另外"})
    with refused("no_move_of_them_is_open"):
        actions.request_move(**asking, **named)
    with refused("practitioner_is_with_another", "no_move_of_them_is_open"):
        actions.request_move(**asking | {"agency": move.from_agency}, **named)
    in_publicity = AgencyFactory(publicity=True)
    with refused("agency_takes_people_in", "no_move_of_them_is_open"):
        actions.request_move(**asking | {"agency": in_publicity}, **named)


def test_what_the_old_agency_contests_an_officer_decides(person: Practitioner) -> None:
    move, officer = asked_for(person), UserFactory()

    with refused("reasons_are_given"):
        actions.contest_move(move=move, reasons=" ", by=officer, at=NOON)
    with refused("move_waits_for_an_officer"):
        actions.allow_move(move=move, by=officer, at=NOON, **OFFICER)
    actions.contest_move(move=move, reasons=" 劳动合同未解除 ", by=officer, at=NOON)
    actions.refuse_move(move=move, reasons="未见解除证明", by=officer, at=NOON)

    move.refresh_from_db()
    person.refresh_from_db()
    assert (move.status, move.objection, move.reasons) == (
        S.REFUSED,
        "劳动合同未解除",
        "未见解除证明",
    )
    assert person.agency_id == move.from_agency_id
    assert [kind for kind, _to in told()][1:] == ["move_contested", "move_refused", "move_refused"]
    with refused("move_is_open"):
        actions.release_practitioner(move=move, by=officer, at=NOON)
    with refused("move_is_open"):
        actions.withdraw_move(move=move, by=officer, at=NOON)


def test_no_officer_of_either_agency_decides(person: Practitioner) -> None:
    move = MoveFactory(contested=True, practitioner=person)
    for agency in (move.from_agency, move.to_agency):
        by = party(agency.organization, Role.AGENCY_AGENT).user
        with refused("officer_is_independent"):
            actions.allow_move(move=move, by=by, at=NOON, **OFFICER)


def test_nobody_moves_to_an_agency_that_has_left(person: Practitioner) -> None:
    move = MoveFactory(practitioner=person, to_agency=AgencyFactory(withdrawn=True))

    by = UserFactory()
    with refused("taker_has_not_left"):
        actions.release_practitioner(move=move, by=by, at=NOON)
    actions.withdraw_move(move=move, by=by, at=NOON)
    assert PractitionerMove.objects.get().status == S.WITHDRAWN


def _barred(*, numbers: Collection[str], at: datetime) -> Collection[str]:
    return numbers


def test_nobody_moves_who_may_not_practise(person: Practitioner, answering) -> None:
    asking = {"agency": AgencyFactory(active=True), "by": UserFactory(), "at": NOON}
    named = {"name": person.name, "certificate_number": person.certificate_number}
    move = MoveFactory(contested=True)
    answering(PRACTICE_BARS.answer(_barred))

    with refused("practitioner_may_practise"):
        actions.request_move(**asking, **named)
    with refused("practitioner_may_practise"):
        actions.release_practitioner(move=move, by=asking["by"], at=NOON)
