"""Let an order stand still while an objection or a complaint about it is pending, and run on."""

from __future__ import annotations

from datetime import datetime

from bidding import links
from bidding.actions.deadlines import (
    CHOICE,
    EXPLANATION,
    HALL,
    JUDGEMENT,
    OPENING,
    PUBLICITY,
    REGISTRATION,
    SIGN_UP,
    SIGNATURE,
)
from bidding.actions.quotes import run_hall_on
from bidding.actions.telling import tell, tell_bidders
from bidding.models import Award, Dispute, Explanation, Suspension, Tender
from marketplace.actions.admissions import deadlines as admission
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.models.deadlines import MATTER
from marketplace.models import Agency, Organization

OF_ORDER = (SIGN_UP, OPENING, HALL, CHOICE, REGISTRATION)
OF_EXPLANATION = (EXPLANATION, JUDGEMENT)
OF_AWARD = (PUBLICITY, SIGNATURE)


def settle_suspension(dispute: Dispute, at: datetime) -> None:
    """
    Let what `dispute` is about stand still or run on, as what is pending now asks for.

    Call it when a dispute was filed or is over, with the order's or the applicant's row locked.
    """
    if dispute.tender is not None:
        _settle_order(dispute, dispute.tender, at)
    elif dispute.matter == Dispute.Matter.ONBOARDING:
        _settle_admission(dispute.respondent, at)


# --- An order -------------------------------------------------------------------------------------
def _settle_order(dispute: Dispute, tender: Tender, at: datetime) -> None:
    running = Suspension.objects.running().filter(tender=tender).first()
    first = Dispute.objects.pending().filter(tender=tender, suspends=True).order_by("pk").first()
    if running is None and first is not None and _stand_still(tender, at):
        Suspension.objects.create(tender=tender, dispute=dispute, since=at)
        _tell(tender, "suspended", dispute, at)
    elif running is not None and first is None:
        running.until = at
        running.save(update_fields=["until"])
        run_hall_on(tender, running.since, at)
        _run_on(tender, at)
        _tell(tender, "resumed", dispute, at)
    elif running is not None:
        _stand_still(tender, at)  # what has begun meanwhile, as the publicity of the next in line


def _stand_still(tender: Tender, at: datetime) -> bool:
    """Suspend what runs, also what has ended and was not acted upon; tell whether anything did."""
    found = deadlines.suspend(OF_ORDER, tender, at, why=MATTER, also_ended=True)
    award = _award_of(tender)
    for explanation in _open_explanations(tender):
        found += deadlines.suspend(OF_EXPLANATION, explanation, at, why=MATTER, also_ended=True)
    if award is not None:
        found += deadlines.suspend(OF_AWARD, award, at, why=MATTER, also_ended=True)
    tender.forget_deadlines()
    return bool(found)


def _run_on(tender: Tender, at: datetime) -> None:
    deadlines.resume(OF_ORDER, tender, at, why=MATTER)
    for explanation in _open_explanations(tender):
        deadlines.resume(OF_EXPLANATION, explanation, at, why=MATTER)
    award = _award_of(tender)
    if award is not None:
        deadlines.resume(OF_AWARD, award, at, why=MATTER)
    tender.forget_deadlines()


def _open_explanations(tender: Tender) -> list[Explanation]:
    """Return what is still asked or judged of an order, locked."""
    return list(Explanation.objects.open().filter(tender=tender).order_by("pk").lock_all())


def _award_of(tender: Tender) -> Award | None:
    """Return the award that counts now, locked; who changes it has locked the order before."""
    rows = Award.objects.filter(tender=tender, round=tender.selection_round)
    found = rows.filter(place=tender.award_place).first()
    return None if found is None else Award.objects.lock(found.pk)


def _tell(tender: Tender, verb: str, dispute: Dispute, at: datetime) -> None:
    """Tell the buyer and who has signed up; of each nobody but itself."""
    record(by=None, verb=f"tender.{verb}", target=tender, at=at, before=tender.status)
    kind, url = f"bidding/order_{verb}", links.to_tender(tender)
    about = {"dispute": dispute, "ends": _end_of(tender)}
    tell(organization=tender.buyer, tender=tender, kind=kind, at=at, url=url, **about)
    tell_bidders(tender, kind=kind, at=at, **about)


def _end_of(tender: Tender) -> datetime | None:
    """Return the deadline of the order that everybody waits for."""
    award = _award_of(tender)
    if award is not None and award.status == Award.Status.PENDING:
        return award.publicity_ends_at
    is_open = tender.status == Tender.Status.ACTIVE
    return tender.tender_period_end if is_open else None


# --- An admission ---------------------------------------------------------------------------------
def _settle_admission(applicant: Organization, at: datetime) -> None:
    """Let the publicity of an admission stand still or run on."""
    agency = Agency.objects.filter(pk=applicant.pk).first()
    if agency is None:
        return
    about = Dispute.objects.pending().filter(matter=Dispute.Matter.ONBOARDING)
    move = (
        deadlines.suspend
        if about.filter(respondent=applicant, suspends=True).exists()
        else deadlines.resume
    )
    move((admission.PUBLICITY,), agency, at, why=MATTER)
