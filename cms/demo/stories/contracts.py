"""From the award letter to the last rating."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from bidding.actions.awards import abandon_award
from bidding.actions.conduct import report_buyer
from bidding.actions.contracts import (
    accept_delivery,
    confirm_contract,
    deliver,
    reject_upload,
    return_delivery,
    upload_contract,
)
from bidding.actions.payments import answer_payment
from bidding.actions.ratings import Scores, rate
from cms.demo import reading
from cms.demo.engine import Scene, Story
from cms.demo.paper import pdf
from cms.demo.script import Order, Round
from cms.demo.world import Row, World
from credit.actions import explain_fact, judge_fact

OWNER_RATED_PERCENT = 60
PATIENCE = 15
"""How many working days after the acceptance a winner of the demo says that it was not paid."""


def award_is_served(world: World, order: Order, plan: Round, award: Row) -> Story:
    """Lead an award from its publicity as far as the script says."""
    winner = world.key_of(award.bid.agency)
    day = world.days.number_from(award.publicity_ends_at)
    if plan.abandoned:
        yield (at := world.at(day, 0.5, plan.key))
        abandon_award(award=award, reasons=plan.abandoned, by=world.manager(winner), at=at)
        if plan.stays:
            return
        yield (at := world.at(day, 0.9, plan.key))
        judge_fact(
            fact=reading.reported_fact(award.tender.reference),
            is_excused=False,
            reasons=world.text("paper", "judgment"),
            by=world.regulator(award.bid.agency.division_id),
            at=at,
        )
        return
    if plan.stays == "awarded":
        return
    contract = yield from _sign(world, order, plan, award, day + 1)
    if contract is None or plan.delivered is None:
        return
    signed = world.days.number_from(contract.signed_at)
    accepted = yield from _serve(world, order, plan, contract, signed + plan.delivered)
    if accepted is not None:
        yield from _rate(world, order, plan, contract, accepted)
        if plan.paid_late:
            yield from _complain(world, order, plan, award, accepted + PATIENCE)
        if plan.payment:
            yield from _answer(world, plan, contract)


def _complain(world: World, order: Order, plan: Round, award: Row, day: int) -> Story:
    """Let the winner say that it was not paid; the owner explains, and an officer finds it true."""
    winner = world.key_of(award.bid.agency)
    yield (at := world.at(day, 0.3, plan.key))
    by = world.manager(winner)
    fact = report_buyer(award=award, kind="buyer_paid_late", reasons=plan.paid_late, by=by, at=at)
    yield (at := world.at(day + 2, 0.4, plan.key))
    explain_fact(fact=fact, explanation=plan.explained, by=world.manager(order.buyer), at=at)
    yield (at := world.at(day + 4, 0.5, plan.key))
    judge_fact(
        fact=fact,
        is_excused=False,
        reasons=world.text("paper", "paid_late"),
        by=world.regulator(fact.organization.division_id),
        at=at,
    )


def _answer(world: World, plan: Round, contract: Row) -> Story:
    """Let the winner answer, the working day after it was asked, whether it was paid."""
    contract.refresh_from_db()
    winner = world.key_of(contract.award.bid.agency)
    yield (at := world.at(world.days.number_from(contract.pay_due_at) + 1, 0.4, plan.key))
    by = world.manager(winner)
    answer_payment(contract=contract, answer=plan.payment, reasons="", by=by, at=at)


# --- Signature ------------------------------------------------------------------------------------
def _sign(world: World, order: Order, plan: Round, award: Row, day: int) -> Scene:
    """Upload and confirm; return the signed contract, or None if it stops before."""
    winner = world.key_of(award.bid.agency)
    uploader, other = (winner, order.buyer) if plan.uploads == "agency" else (order.buyer, winner)
    yield (at := world.at(day, 0.4, plan.key))
    contract = _upload(world, order, award, uploader, at)
    if plan.rejected:
        day += 2
        yield (at := world.at(day - 1, 0.3, plan.key))
        reject_upload(
            contract=contract,
            organization=world.parties[other],
            reasons=plan.rejected,
            changes_the_award=plan.uploads == "buyer",
            by=world.manager(other),
            at=at,
        )
        yield (at := world.at(day, 0.3, plan.key))
        contract = _upload(world, order, award, uploader, at)
    if plan.stays == "uploaded":
        return None
    yield (at := world.at(day + 1, 0.6, plan.key))
    organization, by = world.parties[other], world.manager(other)
    return confirm_contract(contract=contract, organization=organization, by=by, at=at)


def _upload(world: World, order: Order, award: Row, side: str, at: datetime) -> Row:
    by, organization = world.agent(side), world.parties[side]
    paper = _paper(world, order, award, "contract")
    return upload_contract(award=award, organization=organization, files=[paper], by=by, at=at)


# --- Service --------------------------------------------------------------------------------------
def _serve(world: World, order: Order, plan: Round, contract: Row, day: int) -> Scene:
    """Deliver, perhaps twice, and accept; return the day of acceptance, or None."""
    owner = world.manager(order.buyer)
    yield (at := world.at(day, 0.6, plan.key))
    deliverable = _deliver(world, order, contract, "result", at)
    if plan.stays == "delivered":
        return None
    if plan.correction:
        yield (at := world.at(day + 3, 0.4, plan.key))
        return_delivery(deliverable=deliverable, reasons=plan.correction, by=owner, at=at)
        if plan.stays == "corrected":
            return None
        day += 7
        yield (at := world.at(day, 0.5, plan.key))
        deliverable = _deliver(world, order, contract, "corrected", at)
    yield (at := world.at(day + 2, 0.5, plan.key))
    accept_delivery(deliverable=deliverable, by=owner, at=at)
    return day + 2


def _deliver(world: World, order: Order, contract: Row, which: str, at: datetime) -> Row:
    agency = contract.award.bid.agency
    by = world.agent(world.key_of(agency))
    paper = _paper(world, order, contract.award, which)
    note = world.text("paper", f"{which}_note")
    return deliver(contract=contract, files=[paper], note=note, by=by, at=at)


def _paper(world: World, order: Order, award: Row, which: str) -> SimpleUploadedFile:
    """Return a small PDF that says what it stands for."""
    texts = world.text("paper")
    facts = {
        "code": award.tender.code,
        "title": order.title,
        "buyer": world.parties[order.buyer].name,
        "agency": award.bid.agency.name,
        "amount": f"{award.amount:,.2f}",
        "days": order.days,
    }
    is_contract = which == "contract"
    title = texts["contract"] if is_contract else order.title
    lines = texts["contract_lines" if is_contract else "result_lines"]
    content = pdf(title, [line.format(**facts) for line in lines])
    name = texts[f"{which}_file"].format(**facts)
    return SimpleUploadedFile(name, content, "application/pdf")


# --- Ratings --------------------------------------------------------------------------------------
def _rate(world: World, order: Order, plan: Round, contract: Row, day: int) -> Story:
    agency = world.key_of(contract.award.bid.agency)
    if plan.rating not in {"", "silent"}:
        yield (at := world.at(day + 2, 0.5, plan.key))
        _say(world, plan, contract, "buyer", by=world.agent(order.buyer), at=at)
    if plan.rating and world.chance.happens(OWNER_RATED_PERCENT, "owner", plan.key):
        yield (at := world.at(day + 3, 0.5, plan.key))
        _say(world, plan, contract, "agency", by=world.manager(agency), at=at)


def _say(world: World, plan: Round, contract: Row, side: str, *, by: Row, at: datetime) -> None:
    words = world.text("rating", plan.rating if side == "buyer" else "owner")
    quality, attitude, timeliness, charges, conduct = words["stars"]
    rate(
        contract=contract,
        side=side,
        scores=Scores(
            quality=quality,
            attitude=attitude,
            timeliness=timeliness,
            charges=charges,
            conduct=conduct,
        ),
        comment=world.chance.one_of(words["comments"], "comment", plan.key, side),
        by=by,
        at=at,
    )
