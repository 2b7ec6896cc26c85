"""A professional moves: asked for by the new agency, released by the old one or by an officer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from marketplace.actions.documents import stores_files
from marketplace.actions.move_steps import RELEASE, locked, locked_both, record_step, tell
from marketplace.actions.papers import file_papers
from marketplace.guards import moves as guards
from marketplace.guards.versions import application_as_seen, version_of_move
from marketplace.kernel import deadlines
from marketplace.kernel.verdicts import require
from marketplace.models import (
    Agency,
    AgencyPaper,
    ChangeProposal,
    Practitioner,
    PractitionerMove,
    RegisterEntry,
    User,
)
from marketplace.registered import stored
from marketplace.web.versions import as_seen

PRACTITIONER = ChangeProposal.Part.PRACTITIONER


def find_practitioner(name: str, certificate_number: str) -> Practitioner | None:
    """Return who is registered under this certificate by this name; half of it finds nobody."""
    return Practitioner.objects.filter(
        name=name.strip(), certificate_number=certificate_number.strip()
    ).first()


@stores_files
@transaction.atomic
def request_move(  # noqa: PLR0913 - who, with which papers
    *,
    agency: Agency,
    name: str,
    certificate_number: str,
    by: User,
    at: datetime,
    files: Iterable[UploadedFile] = (),
    seen: str | None = None,
) -> PractitionerMove:
    """
    Ask for somebody who is registered with another agency; that one has a time to answer.

    Raises:
        Refused: a guard in `may_request_move` does not hold, or a file may not be stored.
    """
    found = find_practitioner(name, certificate_number)
    require(guards.practitioner_is_registered(found), *application_as_seen(agency, seen))
    assert found is not None  # noqa: S101 - the guard has asked
    rows = locked_both(agency.pk, found.agency_id)
    found = find_practitioner(name, certificate_number)
    agency = rows[agency.pk]
    require(*guards.may_request_move(agency, found, at), *application_as_seen(agency, seen))
    assert found is not None  # noqa: S101 - the guard has asked
    move = PractitionerMove(
        practitioner=found,
        from_agency=rows.get(found.agency_id, found.agency),
        to_agency=agency,
        requested_by=by,
        requested_at=at,
    )
    move.save()
    move.begin_without_deadlines()
    file_papers(agency, files, AgencyPaper.Kind.PRACTITIONER, by=by, at=at, move=move)
    deadlines.start(RELEASE, move, at)
    record_step(move, "move.requested", by=by, at=at, before="")
    tell(move, "marketplace/move_requested", at=at, to_old=True)
    return move


@transaction.atomic
def release_practitioner(
    *, move: PractitionerMove, by: User, at: datetime, seen: str | None = None
) -> PractitionerMove:
    """
    Let somebody go: from now on the other agency is theirs.

    Raises:
        Refused: a guard in `may_release` does not hold.
    """
    move = locked(move)
    require(*guards.may_release(move, at), *as_seen(version_of_move(move), seen))
    _take_effect(move, by=by, at=at)
    return move


@transaction.atomic
def contest_move(
    *, move: PractitionerMove, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PractitionerMove:
    """
    Say why the old agency does not let go; an officer decides.

    Raises:
        Refused: a guard in `may_contest` does not hold.
    """
    move = locked(move)
    require(*guards.may_contest(move, reasons), *as_seen(version_of_move(move), seen))
    before = move.status
    move.contest(at=at, objection=reasons.strip())
    move.save()
    deadlines.stop(RELEASE, move, at)
    record_step(move, "move.contested", by=by, at=at, before=before, reasons=move.objection)
    tell(move, "marketplace/move_contested", at=at)
    return move


@transaction.atomic
def withdraw_move(
    *, move: PractitionerMove, by: User, at: datetime, seen: str | None = None
) -> PractitionerMove:
    """
    Take the request back; nobody moves.

    Raises:
        Refused: the move is over.
    """
    move = locked(move)
    require(guards.move_is_open(move), *as_seen(version_of_move(move), seen))
    before = move.status
    move.withdraw(at=at, by=by)
    move.save()
    deadlines.stop(RELEASE, move, at)
    record_step(move, "move.withdrawn", by=by, at=at, before=before)
    tell(move, "marketplace/move_withdrawn", at=at, to_old=True)
    return move


@transaction.atomic
def allow_move(
    *, move: PractitionerMove, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PractitionerMove:
    """
    Let somebody move whom the old agency contests, or has not answered for in time.

    Raises:
        Refused: a guard in `may_allow_move` does not hold.
    """
    move = locked(move)
    require(*guards.may_allow_move(move, reasons, by, at), *as_seen(version_of_move(move), seen))
    _take_effect(move, by=by, at=at, reasons=reasons.strip())
    return move


@transaction.atomic
def refuse_move(
    *, move: PractitionerMove, reasons: str, by: User, at: datetime, seen: str | None = None
) -> PractitionerMove:
    """
    Leave somebody where they are registered.

    Raises:
        Refused: a guard in `may_refuse_move` does not hold.
    """
    move = locked(move)
    require(*guards.may_refuse_move(move, reasons, by, at), *as_seen(version_of_move(move), seen))
    before = move.status
    move.refuse(at=at, by=by, reasons=reasons.strip())
    move.save()
    deadlines.stop(RELEASE, move, at)
    record_step(move, "move.refused", by=by, at=at, before=before, reasons=move.reasons)
    for to_old in (False, True):
        tell(move, "marketplace/move_refused", at=at, to_old=to_old)
    return move


def _take_effect(move: PractitionerMove, *, by: User, at: datetime, reasons: str = "") -> None:
    """Enter somebody with the other agency; both registers keep from when on."""
    before, person = move.status, move.practitioner
    values = stored(move.from_agency, PRACTITIONER, person)
    person.papers.filter(agency=move.from_agency).update(removed_at=at)
    person.agency = move.to_agency
    person.save(update_fields=["agency"])
    move.papers.update(practitioner=person)
    move.release(at=at, by=by, reasons=reasons)
    move.save()
    deadlines.stop(RELEASE, move, at)
    for agency, old, new in ((move.from_agency, values, {}), (move.to_agency, {}, values)):
        RegisterEntry.objects.create(
            agency=agency,
            part=PRACTITIONER,
            title=str(person),
            before=old,
            after=new,
            proposed_by=move.requested_by,
            confirmed_by=by,
            at=at,
        )
    record_step(move, "move.released", by=by, at=at, before=before, reasons=reasons)
    for to_old in (False, True):
        tell(move, "marketplace/move_released", at=at, to_old=to_old)
