"""The letter of award, and how an award falls away."""

from datetime import timedelta

import pytest

from bidding.actions.awards import abandon_award, issue_award, record_unsigned
from bidding.models import Award, Contract, Tender
from credit.actions import judge_fact
from credit.models import Conduct, Entry, ReportedFact, StandingCheck
from marketplace.kernel.models import AuditEntry
from marketplace.models import Message
from tests.bidding.refusals import REASONS_BY_PUBLICATION, RESTRICTED, refused
from tests.clock import NOON
from tests.factories.bidding import (
    PUBLICITY_END,
    SIGN_DUE,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import UserFactory, party

pytestmark = pytest.mark.django_db
Status = Award.Status
MICROSECOND = timedelta(microseconds=1)


def facts() -> list[tuple[str, int, object, object]]:
    rows = Entry.objects.order_by("pk")
    return [(row.kind, int(row.points), row.occurred_at, row.recorded_at) for row in rows]


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("kind", "organization__kind")
    return list(rows.values_list("kind", "organization__kind"))


@pytest.fixture
def pending() -> Award:
    award = AwardFactory()
    party(award.bid.agency, "agency_manager")
    party(award.tender.buyer, "buyer_manager")
    return award


@pytest.fixture
def active() -> Award:
    award = AwardFactory(active=True)
    party(award.bid.agency, "agency_manager")
    party(award.tender.buyer, "buyer_manager")
    return award


# --- the letter ---
def test_the_letter_goes_out_at_the_end_of_the_publicity(pending):
    issue_award(award=pending, at=PUBLICITY_END)

    pending.refresh_from_db()
    assert (pending.status, pending.awarded_at) == (Status.ACTIVE, PUBLICITY_END)
    assert pending.letter_number == "JX360702-2026-L00001"
    assert pending.contract_due_at == SIGN_DUE
    assert told() == [("bidding/award_issued", "agency"), ("bidding/award_issued", "buyer")]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after, entry.by) == (
        "award.issued",
        "pending",
        "active",
        None,
    )
    check = StandingCheck.objects.get()
    assert (check.moment, check.reference, check.asked_at) == (
        "selection",
        pending.tender.code,
        PUBLICITY_END,
    )


def test_the_letter_does_not_go_out_earlier(pending):
    with refused("publicity_is_over"):
        issue_award(award=pending, at=PUBLICITY_END - MICROSECOND)


@pytest.mark.parametrize("state", ["active", "complete", "cancelled"])
def test_one_letter_is_enough(state):
    award = AwardFactory(**{state: True})

    with refused("award_is_in_publicity"):
        issue_award(award=award, at=PUBLICITY_END)


@pytest.mark.parametrize(("is_public", "_guard", "reasons"), REASONS_BY_PUBLICATION)
def test_a_winner_restricted_during_the_publicity_gets_no_letter(
    pending, is_public, _guard, reasons
):
    RestrictionFactory(organization=pending.bid.agency, is_public=is_public)

    issue_award(award=pending, at=PUBLICITY_END)

    pending.refresh_from_db()
    assert (pending.status, pending.cancelled_at, pending.letter_number) == (
        Status.CANCELLED,
        PUBLICITY_END,
        None,
    )
    assert pending.cancel_reasons == reasons
    assert told() == [("bidding/award_cancelled", "agency"), ("bidding/award_cancelled", "buyer")]
    assert not StandingCheck.objects.get().is_clear
    assert facts() == []


def test_one_published_restriction_among_others_is_named(pending):
    RestrictionFactory(organization=pending.bid.agency, is_public=False)
    RestrictionFactory(organization=pending.bid.agency)

    issue_award(award=pending, at=PUBLICITY_END)

    pending.refresh_from_db()
    assert pending.cancel_reasons == RESTRICTED


# --- giving it up ---
@pytest.mark.parametrize("state", ["pending", "active"])
def test_k3_03_who_gives_an_award_up_has_its_reason_judged_first(state, request):
    """K3-03: no points until an officer found the reason unjust."""
    award = request.getfixturevalue(state)

    abandon_award(award=award, reasons=" 人员不足。 ", by=UserFactory(), at=SIGNED)

    award.refresh_from_db()
    assert (award.status, award.cancelled_at, award.cancel_reasons) == (
        Status.CANCELLED,
        SIGNED,
        "人员不足。",
    )
    assert facts() == []
    fact = ReportedFact.objects.get()
    assert (fact.kind, fact.organization, fact.given_reasons) == (
        Conduct.ABANDONMENT,
        award.bid.agency,
        "人员不足。",
    )
    judge_fact(fact=fact, is_excused=False, reasons="没有证明。", by=UserFactory(), at=SIGNED)
    assert facts() == [("abandonment", -10, SIGNED, SIGNED)]
    assert Entry.objects.get().reference == award.tender.code
    assert award.tender.status == Tender.Status.COMPLETE


def test_the_unsigned_contract_ends_with_its_award(active):
    contract = ContractFactory(award=active)

    abandon_award(award=active, reasons="人员不足。", by=UserFactory(), at=SIGNED)

    contract.refresh_from_db()
    assert (contract.status, contract.terminate_reasons) == (
        Contract.Status.TERMINATED,
        "人员不足。",
    )


def test_an_award_is_not_given_up_without_reasons(pending):
    by = UserFactory()

    with refused("reasons_are_given"):
        abandon_award(award=pending, reasons=" ", by=by, at=NOON)


@pytest.mark.parametrize("state", ["complete", "cancelled"])
def test_a_settled_award_is_not_given_up(state):
    award, by = AwardFactory(**{state: True}), UserFactory()

    with refused("award_is_not_settled"):
        abandon_award(award=award, reasons="人员不足。", by=by, at=NOON)


# --- no signature ---
def test_a_missing_signature_is_recorded_once_and_the_award_stands(active):
    record_unsigned(award=active, at=SIGN_DUE)

    active.refresh_from_db()
    assert (active.status, active.overdue_recorded_at) == (Status.ACTIVE, SIGN_DUE)
    assert facts() == [("late_contract", -5, SIGN_DUE, SIGN_DUE)]
    assert told() == [("bidding/award_unsigned", "agency"), ("bidding/award_unsigned", "buyer")]
    with refused("overdue_is_not_recorded"):
        record_unsigned(award=active, at=SIGN_DUE)


def test_before_the_deadline_nothing_is_missing(active):
    with refused("signature_is_overdue"):
        record_unsigned(award=active, at=SIGN_DUE - MICROSECOND)


@pytest.mark.parametrize("state", ["complete", "cancelled"])
def test_a_settled_award_misses_nothing(state):
    award = AwardFactory(**{state: True, "contract_due_at": SIGN_DUE})

    with refused("award_is_active"):
        record_unsigned(award=award, at=SIGN_DUE)


def test_an_agency_that_waits_for_the_buyer_is_not_late(active):
    upload = ContractUploadFactory(contract__award=active)

    record_unsigned(award=active, at=SIGN_DUE)

    active.refresh_from_db()
    assert upload.organization == active.bid.agency
    assert active.overdue_recorded_at == SIGN_DUE
    assert facts() == []
    assert AuditEntry.objects.get().data == {"is_agency": False}


@pytest.mark.parametrize(
    "answer",
    [
        {"organization": "buyer"},
        {"rejected_at": SIGN_DUE - MICROSECOND, "reject_reasons": "金额不符。"},
        {"uploaded_at": SIGN_DUE},
    ],
)
def test_an_agency_that_everybody_waits_for_is_late(active, answer):
    if "organization" in answer:
        answer = {"organization": active.tender.buyer}
    ContractUploadFactory(contract__award=active, **answer)

    record_unsigned(award=active, at=SIGN_DUE)

    assert facts() == [("late_contract", -5, SIGN_DUE, SIGN_DUE)]


def test_a_text_that_was_rejected_after_the_deadline_was_in_time(active):
    ContractUploadFactory(contract__award=active, rejected_at=SIGN_DUE, reject_reasons="金额不符。")

    record_unsigned(award=active, at=SIGN_DUE)

    assert facts() == []


@pytest.mark.parametrize(("is_public", "_guard", "reasons"), REASONS_BY_PUBLICATION)
def test_a_winner_restricted_before_it_signs_loses_the_award(active, is_public, _guard, reasons):
    RestrictionFactory(organization=active.bid.agency, is_public=is_public)

    record_unsigned(award=active, at=SIGN_DUE)

    active.refresh_from_db()
    assert (active.status, active.overdue_recorded_at) == (Status.CANCELLED, None)
    assert active.cancel_reasons == reasons
    assert facts() == []
    assert StandingCheck.objects.get().moment == "contract"


def test_giving_up_after_the_deadline_records_both_even_if_the_schedule_is_off(active):
    later = SIGN_DUE + timedelta(hours=1)

    abandon_award(award=active, reasons="人员不足。", by=UserFactory(), at=later)

    assert facts() == [
        ("late_contract", -5, SIGN_DUE, SIGN_DUE),
    ]
    assert ReportedFact.objects.get().occurred_at == later
