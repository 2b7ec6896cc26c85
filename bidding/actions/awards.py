"""From the publicity to the letter, and how an award falls away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding.actions.conduct import note_conduct, report_abandonment
from bidding.actions.deadlines import PUBLICITY, SIGNATURE
from bidding.actions.locking import lock_award_and_ranked
from bidding.actions.standing import Moment, ask
from bidding.actions.succession import hand_over, what_follows
from bidding.actions.telling import tell_both
from bidding.guards.awards import (
    agency_owes_the_signature,
    may_abandon,
    may_go_on,
    may_issue_award,
    may_record_unsigned,
)
from bidding.guards.tenders import reasons_are_given
from bidding.guards.versions import award_as_seen
from bidding.models import Award, Contract, Tender
from bidding.outcomes import Event, Outcome
from credit.models import Conduct
from marketplace.identifiers import letter_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import Verdict, require
from marketplace.models import User


@transaction.atomic
def issue_award(*, award: Award, at: datetime) -> Award:
    """
    Send the letter of award; `at` is the end of the publicity, however late the schedule runs.

    A winner that is restricted by then gets no letter: the award is cancelled.

    Raises:
        Refused: a guard in `may_issue_award` does not hold.
    """
    award = lock_award_and_ranked(award)
    require(*may_issue_award(award, at))
    if still_restricted(award, Moment.SELECTION, by=None, at=at) is not None:
        return award
    before = award.status
    award.issue(at=at, letter_number=_next_letter_number(award.tender, at))
    award.save()
    deadlines.stop(PUBLICITY, award, at)
    deadlines.start(SIGNATURE, award, at)
    record(
        by=None, verb="award.issued", target=award, at=at, before=before, number=award.letter_number
    )
    tell_both(award, kind="bidding/award_issued", at=at)
    return award


@transaction.atomic
def abandon_award(
    *, award: Award, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Award:
    """
    Give an award up as the winner; the next in line has it where the notice said so.

    It goes on the winner's record when an officer finds that the reason was none.

    Raises:
        Refused: a guard in `may_abandon` does not hold, or no reason is given.
    """
    award = lock_award_and_ranked(award)
    require(
        *may_abandon(award, at),
        reasons_are_given(reasons),
        *award_as_seen(award, seen),
    )
    record_overdue(award, at)
    cancel_award(award, Event.ABANDONED, reasons=reasons.strip(), by=by, at=at)
    report_abandonment(award, reasons=reasons.strip(), at=at)
    return award


@transaction.atomic
def record_unsigned(*, award: Award, at: datetime) -> Award:
    """
    Note that no contract was signed in time; `at` is the deadline, however late the schedule runs.

    It goes on the agency's record unless its text awaits the buyer's answer. The contract can still
    be signed. A winner that is restricted by then loses the award.

    Raises:
        Refused: a guard in `may_record_unsigned` does not hold.
    """
    award = lock_award_and_ranked(award)
    require(*may_record_unsigned(award, at))
    if still_restricted(award, Moment.CONTRACT, by=None, at=at) is not None:
        return award
    _note_unsigned(award, at)
    return award


# --- Used by the acts on contracts too ------------------------------------------------------------
def record_overdue(award: Award, at: datetime) -> None:
    """Note a missing signature of a locked award before it moves on, if the schedule has not."""
    due = award.contract_due_at
    if award.overdue_recorded_at is None and due is not None and due <= at:
        _note_unsigned(award, due)


def _note_unsigned(award: Award, at: datetime) -> None:
    award.overdue_recorded_at = at
    award.save()
    deadlines.rest(SIGNATURE, award)
    is_agency = agency_owes_the_signature(award, at)
    record(
        by=None,
        verb="award.unsigned",
        target=award,
        at=at,
        before=award.status,
        is_agency=is_agency,
    )
    if is_agency:
        note_conduct(award, award.bid.agency, Conduct.LATE_CONTRACT, occurred_at=at, at=at)
    tell_both(award, kind="bidding/award_unsigned", at=at)


def still_restricted(
    award: Award, moment: Moment, *, by: User | None, at: datetime
) -> Verdict | None:
    """Ask credit about the winner of a locked award; when it is restricted, cancel and say so."""
    verdict = may_go_on(ask(award.tender, award.bid.agency, moment, at))
    if verdict.holds:
        return None
    cancel_award(award, Event.RESTRICTED, reasons=verdict.refusal, by=by, at=at)
    return verdict


def cancel_award(
    award: Award, event: Event | None, *, reasons: str, by: User | None, at: datetime
) -> None:
    """
    Cancel a locked award, with the contract that was not signed yet, and tell both sides.

    What follows `event` is what the notice said, and the bidders are locked for it; nothing does
    when the buyer gives the whole order up.
    """
    follows = what_follows(award, event, at) if event else Outcome.FAIL
    before = award.status
    award.cancel(at=at, reasons=reasons, was_given_up=event is Event.ABANDONED)
    award.save()
    deadlines.stop_all(award, at)
    record(by=by, verb="award.cancelled", target=award, at=at, before=before, reasons=reasons)
    _end_unsigned(award, reasons=reasons, by=by, at=at)
    heir = hand_over(award, at) if follows is Outcome.NEXT_IN_LINE else None
    tell_both(award, kind="bidding/award_cancelled", at=at, heir=heir)


def _end_unsigned(award: Award, *, reasons: str, by: User | None, at: datetime) -> None:
    """End the contract of a cancelled award, which nobody has signed."""
    contract = Contract.objects.filter(award=award, status=Contract.Status.PENDING).first()
    if contract is not None:
        contract.terminate(at=at, reasons=reasons)
        contract.save()
        record(
            by=by,
            verb="contract.terminated",
            target=contract,
            at=at,
            before=Contract.Status.PENDING,
            reasons=reasons,
        )


def _next_letter_number(tender: Tender, at: datetime) -> str:
    division, year = tender.division_id, day_of(at).year
    serial = Sequence.objects.next_value(f"letter/{division}/{year}")
    return letter_number(division, year, serial)
