"""Object, answer, complain, decide: what changes, what stands still meanwhile, who may not."""

from datetime import timedelta

import pytest

from bidding.actions import disputes as actions
from bidding.models import Award, Dispute, DisputeRecusal, Remedy, Suspension, Tender
from marketplace.kernel.due import run_due
from tests.bidding.disputing import (
    ANSWER,
    ANSWER_DUE,
    ANSWERED,
    CHECKED,
    COMPLAINED,
    DECIDED,
    ESCALATION_DUE,
    FACTS,
    REQUEST,
    TAKEN_UP,
    World,
    kinds_told,
    world,
)
from tests.bidding.refusals import refused
from tests.factories.bidding import PUBLICITY_END
from tests.factories.marketplace import Role, party
from tests.uploads import upload

pytestmark = pytest.mark.django_db
S = Dispute.Status
INSTANT = timedelta(microseconds=1)
WHY = "证书已经查证。"


@pytest.fixture
def it() -> World:
    return world()


def test_the_whole_way_moves_the_publicity_by_the_days_that_it_stood_still(it: World) -> None:
    dispute = it.complaint_answered()

    decided = actions.decide_dispute(
        dispute=dispute, is_upheld=False, decision=WHY, by=it.other_clerk, at=DECIDED
    )

    objection = Dispute.objects.get(kind=Dispute.Kind.OBJECTION)
    assert (objection.status, objection.closing_note) == (S.CLOSED, "complained")
    assert (objection.answer, objection.answered_at) == (ANSWER, ANSWERED)
    assert (decided.status, decided.decided_by, decided.previous) == (
        S.DECIDED,
        it.other_clerk,
        objection,
    )
    assert decided.evidence.get() == objection.evidence.get()
    assert Suspension.objects.get().until == DECIDED
    award = Award.objects.get()
    assert not award.is_suspended
    # from Monday to the second Friday after it nine working days passed
    assert award.publicity_ends_at == PUBLICITY_END + timedelta(days=13)
    assert (it.filer.name, "bidding/order_resumed") in kinds_told()

    closed = actions.close_dispute(dispute=decided, note="已经送达。", by=it.clerk, at=DECIDED)

    assert (closed.status, closed.closed_at) == (S.CLOSED, DECIDED)


def test_an_award_is_not_issued_while_it_stands_still(it: World) -> None:
    it.filed()

    run_due(PUBLICITY_END)

    assert Award.objects.get().status == Award.Status.PENDING


def test_a_complaint_that_is_right_may_cancel_the_award(it: World) -> None:
    dispute = it.complaint_answered()

    actions.decide_dispute(
        dispute=dispute,
        is_upheld=True,
        remedy=Remedy.CANCEL_AWARD,
        decision=WHY,
        by=it.other_clerk,
        at=DECIDED,
    )

    award = Award.objects.get()
    assert (award.status, award.cancel_reasons) == (Award.Status.CANCELLED, WHY)


def test_what_is_not_right_cancels_nothing_and_who_took_it_up_does_not_decide(it: World) -> None:
    dispute = it.complaint_answered()
    asked = {"dispute": dispute, "decision": WHY, "at": DECIDED}

    with refused("award_can_be_cancelled"):
        actions.decide_dispute(
            is_upheld=False, remedy=Remedy.CANCEL_AWARD, by=it.other_clerk, **asked
        )
    with refused("officer_did_not_check"):
        actions.decide_dispute(is_upheld=False, by=it.clerk, **asked)
    with refused("officer_gives_reasons"):
        actions.decide_dispute(is_upheld=False, by=it.other_clerk, **{**asked, "decision": " "})


def test_officers_with_an_interest_are_excluded(it: World) -> None:
    dispute = it.filed()
    party(it.filer, Role.AGENCY_AGENT, user=it.other_clerk)
    Dispute.objects.filter(pk=dispute.pk).update(suspends=True)

    with refused("officer_is_of_no_side"):
        actions.accept_dispute(dispute=dispute, by=it.other_clerk, at=CHECKED)
    actions.stand_back(dispute=dispute, reasons="亲属任职。", by=it.clerk, at=CHECKED)
    with refused("officer_stands_by"):
        actions.accept_dispute(dispute=dispute, by=it.clerk, at=CHECKED)

    assert DisputeRecusal.objects.get().user == it.clerk


def test_who_registered_the_order_does_not_decide_a_complaint_about_it(it: World) -> None:
    dispute = it.complaint_answered()
    Tender.objects.filter(pk=it.tender.pk).update(registered_by=it.other_clerk)

    with refused("officer_took_no_part_in_the_order"):
        actions.decide_dispute(
            dispute=dispute, is_upheld=False, decision=WHY, by=it.other_clerk, at=DECIDED
        )


def test_without_an_answer_it_goes_on_and_without_a_complaint_it_ends(it: World) -> None:
    dispute = it.accepted()

    run_due(ANSWER_DUE)

    dispute.refresh_from_db()
    assert (dispute.status, dispute.answered_at) == (S.ANSWERED, None)
    assert (it.filer.name, "bidding/dispute_unanswered") in kinds_told()
    until = dispute.escalation_due_at
    assert until is not None
    with refused("complaint_follows_in_time"):
        actions.complain(objection=dispute, facts=FACTS, request=REQUEST, by=it.by, at=until)

    run_due(until)

    dispute.refresh_from_db()
    assert (dispute.status, dispute.closed_at, dispute.closing_note) == (S.CLOSED, until, "lapsed")
    assert Suspension.objects.get().until == until


def test_an_answer_in_time_may_be_accepted_and_the_order_runs_on(it: World) -> None:
    accepted = it.accepted()
    assert accepted.answer_due_at == ANSWER_DUE
    with refused("answer_is_in_time"):
        actions.answer_dispute(dispute=accepted, answer=ANSWER, by=it.clerk, at=ANSWER_DUE)
    answered = actions.answer_dispute(
        dispute=accepted, answer=ANSWER, by=it.clerk, at=ANSWERED, files=[upload()]
    )
    assert answered.escalation_due_at == ESCALATION_DUE
    assert answered.answer_papers.count() == 1

    settled = actions.settle_dispute(dispute=answered, by=it.by, at=COMPLAINED)

    assert (settled.status, settled.closing_note) == (S.CLOSED, "settled")
    assert Suspension.objects.get().until == COMPLAINED


def test_an_order_runs_on_only_when_the_last_is_over(it: World) -> None:
    first = it.filed()
    it.filer = it.award.bid.agency
    second = it.filed()

    actions.withdraw_dispute(dispute=first, by=it.by, at=CHECKED)
    assert Suspension.objects.get().until is None
    actions.withdraw_dispute(dispute=second, by=it.by, at=TAKEN_UP)

    assert Suspension.objects.get().until == TAKEN_UP
