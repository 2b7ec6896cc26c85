"""Decision, dismissal, revocation and end: what follows at once, and what stays as it was."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bidding.actions.bids import submit_bid
from bidding.models import Bid
from credit.actions import (
    decide_case,
    dismiss_case,
    end_restriction,
    hear_statement,
    record_entry,
    revoke_case,
)
from credit.effects import RESTRICTION_EFFECTS
from credit.measures import is_restricted
from credit.models import Case, Entry, Restriction, StandingCheck
from credit.standing import standing_of
from marketplace.actions.admissions import reapply_agency
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency, Message
from tests.bidding.refusals import ASKED, refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.credit import (
    GRACE,
    RestrictionFactory,
    decision,
    notice,
    order_of,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    ServiceClassFactory,
    UserFactory,
    division,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
S = Case.Status
REASONS = "事实清楚，证据充分。"


def heard(**changes) -> Case:
    """A case noticed two days before NOON and stated the day after: it may be decided."""
    case = notice(**{"at": NOON - 2 * DAY, **changes})
    return hear_statement(case=case, statement="没有串通。", by=UserFactory(), at=NOON - DAY)


@pytest.fixture
def case(agency):
    return heard(organization=agency)


def found_by_the_platform(agency, order, *, at, kind="collusion") -> Entry:
    """Record what the platform itself found in an order."""
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    return record_entry(
        organization=agency,
        kind=kind,
        occurred_at=at,
        recorded_at=at,
        reference=order.code,
        rulebook=rulebook,
    )


def audits() -> list[tuple[str, str, str]]:
    return [*AuditEntry.objects.order_by("pk").values_list("verb", "before", "after")]


# --- Decision -------------------------------------------------------------------------------------
def test_a_decision_imposes_what_was_proposed_from_its_own_instant(case, agency):
    officer = UserFactory()

    decide_case(case=case, reasons=f" {REASONS} ", by=officer, at=NOON)

    case.refresh_from_db()
    assert (case.status, case.decided_by, case.decided_at) == (S.DECIDED, officer, NOON)
    assert (case.decision_number, case.decision_reasons) == ("JX360702-2026-D00001", REASONS)
    restriction = Restriction.objects.get()
    assert (restriction.organization, restriction.case) == (agency, case)
    assert (restriction.kind, restriction.severity) == ("freeze", "serious")
    assert restriction.effective_from == NOON
    assert restriction.effective_to == datetime(2027, 11, 25, tzinfo=CHINA)
    assert (restriction.legal_basis, restriction.is_public) == ("《测试条例》", True)
    assert not is_restricted(agency, NOON - INSTANT)
    assert is_restricted(agency, NOON)
    assert is_restricted(agency, restriction.effective_to - INSTANT)
    assert not is_restricted(agency, restriction.effective_to)


def test_a_decision_leaves_a_trail_of_every_change(case):
    decision(case, at=NOON)

    assert audits()[-3:] == [
        ("entry.recorded", "", ""),
        ("restriction.imposed", "", ""),
        ("case.decided", "stated", "decided"),
    ]


def test_the_agency_is_told_the_decision_with_basis_reasons_and_remedy(case, agency):
    decision(case, at=NOON)

    message = Message.objects.filter(organization=agency).order_by("pk").last()
    assert message.subject == "收到失信行为处理决定 JX360702-2026-D00001"
    for words in ["《测试条例》", REASONS, "0 份未开启的报价同时失效", "六十日内申请行政复议"]:
        assert words in message.body
    assert "到 2027年11月24日 24:00 自行终止" in message.body


@pytest.mark.parametrize(
    ("severity", "months", "is_public"),
    [("minor", 3, False), ("general", 3, True), ("serious", 12, True)],
)
def test_minor_misconduct_is_not_published(severity, months, is_public):
    assert decision(severity=severity, months=months).is_public == is_public


def test_a_decision_confirms_the_misconduct_in_the_record(agency):
    case = heard(organization=agency, occurred_at=NOON - 9 * DAY)
    decision(case, at=NOON)

    entry = Entry.objects.get()
    case.refresh_from_db()
    assert case.entry == entry
    assert (entry.kind, entry.points) == ("collusion", Decimal(-40))
    assert (entry.occurred_at, entry.recorded_at) == (NOON - 9 * DAY, NOON)
    assert (entry.reference, entry.note) == (case.number, "JX360702-2026-D00001")


def test_misconduct_that_the_record_has_already_is_not_recorded_again(agency):
    order = order_of(agency)
    found_by_the_platform(agency, order, at=NOON - 9 * DAY)
    case = heard(organization=agency, reference=order.code)

    decision(case, at=NOON)

    assert Entry.objects.count() == 1
    assert Case.objects.get(pk=case.pk).entry is None


def test_misconduct_that_fell_with_a_decision_counts_again_by_the_next_one(agency):
    matter = {"organization": agency, "reference": order_of(agency).code}
    first = heard(**matter)
    decision(first, at=NOON)
    revoke_case(case=first, reasons="程序有误。", by=UserFactory(), at=NOON + DAY)
    second = notice(**matter, at=NOON + DAY)
    decided_at = decision(second).effective_from

    assert standing_of(agency, decided_at).score == 60
    assert standing_of(agency, decided_at - INSTANT).score == 100
    chain = list(Entry.objects.order_by("pk"))
    assert [entry.points for entry in chain] == [-40, 0, -40]
    assert [entry.corrects for entry in chain] == [None, *chain[:2]]
    assert chain[2].note == "JX360702-2026-D00002"
    assert chain[2].rulebook_sha256 == second.rulebook.sha256
    assert Case.objects.get(pk=second.pk).entry == chain[2]

    revoke_case(case=second, reasons="事实有误。", by=UserFactory(), at=decided_at + DAY)

    assert standing_of(agency, decided_at + DAY).score == 100


def test_the_same_officer_does_not_decide_and_nothing_happens(case):
    with refused("decider_is_a_second_officer"):
        decide_case(case=case, reasons=REASONS, by=case.opened_by, at=NOON)
    with refused("decider_is_a_second_officer"):
        dismiss_case(case=case, reasons=REASONS, by=case.opened_by, at=NOON)


def test_one_person_in_two_authorities_is_still_one_person(agency):
    officer = UserFactory()
    here, above = AuthorityFactory(), AuthorityFactory(division=division("360000"))
    for authority in (here, above):
        MembershipFactory(user=officer, organization=authority, role="regulator")
    case = heard(organization=agency, authority=here, by=officer)

    with refused("decider_is_a_second_officer"):
        decide_case(case=case, reasons=REASONS, by=officer, at=NOON)


def test_a_decision_gives_its_reasons(case):
    officer = UserFactory()

    with refused("decision_reasons_are_given"):
        decide_case(case=case, reasons=" ", by=officer, at=NOON)


def test_nothing_is_decided_while_the_agency_may_still_speak():
    case, officer = notice(), UserFactory()

    with refused("statement_period_is_over"):
        decide_case(
            case=case, reasons=REASONS, by=officer, at=case.statement_due_at + GRACE - INSTANT
        )


def test_a_decision_does_not_wait_for_the_scheduler_to_note_that_the_time_is_over():
    case = notice()

    decision(case, at=case.statement_due_at + DAY)

    case.refresh_from_db()
    assert (case.status, case.stated_at) == (S.DECIDED, case.statement_due_at)
    assert "case.statement_lapsed" in [verb for verb, _before, _after in audits()]


def test_a_case_is_decided_once(case):
    decision(case, at=NOON)
    officer = UserFactory()

    with refused("case_is_open"):
        decide_case(case=case, reasons=REASONS, by=officer, at=NOON)
    with refused("case_is_open"):
        dismiss_case(case=case, reasons=REASONS, by=officer, at=NOON)


def test_a_late_decision_stands_and_can_be_told_from_a_timely_one(case):
    case.refresh_from_db()

    decision(case, at=case.decision_due_at)

    case.refresh_from_db()
    assert case.status == S.DECIDED
    assert case.decided_at >= case.decision_due_at


# --- What it ends ---------------------------------------------------------------------------------
def test_a_county_s_decision_binds_an_agency_of_another_city_everywhere_in_the_same_instant():
    elsewhere = TenderFactory(active=True, division=division("360402"))
    item, nanchang = elsewhere.item, division("360102")
    later = TenderFactory(active=True, division=division("361102"), item=item)
    agency = bidder(item, division=nanchang)
    manager = MembershipFactory(organization=agency).user
    case = heard(organization=agency, reference=order_of(agency).code)
    amount = Decimal("90000.00")
    bid = submit_bid(tender=elsewhere, agency=agency, amount=amount, by=manager, at=NOON - INSTANT)

    restriction = decision(case, at=NOON)

    bid.refresh_from_db()
    assert (bid.status, bid.ended_at) == (Bid.Status.ENDED, NOON)
    assert bid.end_reference == "JX360702-2026-D00001"
    assert restriction.ended_bid_count == 1
    with refused("agency_is_unrestricted", keeps=(*ASKED, "AuditEntry")):
        submit_bid(tender=later, agency=agency, amount=amount, by=manager, at=NOON)
    assert not Bid.objects.filter(tender=later).exists()


def test_a_bid_ended_by_a_decision_stays_ended_when_the_decision_falls():
    tender = TenderFactory(active=True)
    agency = bidder(tender.item)
    manager = MembershipFactory(organization=agency).user
    case = heard(organization=agency)
    bid = submit_bid(
        tender=tender, agency=agency, amount=Decimal("90000.00"), by=manager, at=NOON - INSTANT
    )
    restriction = decision(case, at=NOON)

    revoke_case(case=case, reasons="事实有误。", by=UserFactory(), at=NOON + DAY)

    bid.refresh_from_db()
    restriction.refresh_from_db()
    assert (bid.status, bid.ended_at) == (Bid.Status.ENDED, NOON)
    assert (restriction.lifted_at, restriction.ended_bid_count) == (NOON + DAY, 1)


CALLS: list[dict] = []


def spy(**asked) -> int:
    """Stand in as an app above: tell what credit asked for."""
    CALLS.append(asked)
    return 3


@pytest.mark.parametrize("measure", ["freeze", "removal"])
def test_what_blocks_ends_what_stands_inside_the_deciding_transaction(answering, agency, measure):
    CALLS.clear()
    answering(RESTRICTION_EFFECTS.answer(spy, spy))
    case = heard(organization=agency, restriction_kind=measure)

    restriction = decision(case, at=NOON)

    asked = {
        "organization": agency,
        "branches": [],
        "service_class": None,
        "reference": "JX360702-2026-D00001",
        "at": NOON,
    }
    assert CALLS == [asked, asked]
    assert restriction.ended_bid_count == 6


def test_a_freeze_of_one_class_ends_this_class_alone(answering, agency):
    CALLS.clear()
    answering(RESTRICTION_EFFECTS.answer(spy))
    service_class = ServiceClassFactory()

    decision(heard(organization=agency, service_class=service_class), at=NOON)

    assert CALLS[0]["service_class"] == service_class


@pytest.mark.parametrize(("measure", "months"), [("warning", 0), ("no_preference", 1)])
def test_what_does_not_block_ends_nothing(answering, agency, measure, months):
    CALLS.clear()
    answering(RESTRICTION_EFFECTS.answer(spy))

    case = heard(organization=agency, restriction_kind=measure, severity="minor", months=months)
    decision(case, at=NOON)

    assert CALLS == []
    assert not is_restricted(agency, NOON)


def break_down(**_asked) -> int:
    raise RuntimeError


def test_a_decision_whose_effect_fails_is_not_made(answering, case):
    answering(RESTRICTION_EFFECTS.answer(break_down))
    before = audits()

    with pytest.raises(RuntimeError):
        decision(case, at=NOON)

    case.refresh_from_db()
    assert case.status == S.STATED
    assert not Restriction.objects.exists()
    assert audits() == before


def test_no_trail_tells_how_many_bids_a_decision_ended(answering, case):
    answering(RESTRICTION_EFFECTS.answer(spy))
    decision(case, at=NOON)

    told = AuditEntry.objects.filter(verb__in=["case.decided", "restriction.imposed"])
    assert [entry.data for entry in told.order_by("pk")] == [
        {"decision": "JX360702-2026-D00001", "measure": "freeze"},
        {"decision": "JX360702-2026-D00001"},
    ]


# --- Dismissal ------------------------------------------------------------------------------------
def test_a_dismissal_restricts_nothing_and_is_told(case, agency):
    officer = UserFactory()

    dismiss_case(case=case, reasons="证据不足。", by=officer, at=NOON)

    case.refresh_from_db()
    assert (case.status, case.decided_by, case.closed_at) == (S.DISMISSED, officer, NOON)
    assert case.decision_number is None
    assert not Restriction.objects.exists()
    assert not Entry.objects.exists()
    message = Message.objects.filter(organization=agency).order_by("pk").last()
    assert message.subject == f"案件 {case.number} 不予处理"
    assert "证据不足。" in message.body
    assert audits()[-1] == ("case.dismissed", "stated", "dismissed")


# --- Revocation -----------------------------------------------------------------------------------
def test_a_revocation_lifts_the_restriction_from_its_own_instant(case, agency):
    decision(case, at=NOON)
    manager = UserFactory()

    revoke_case(case=case, reasons="事实有误。", by=manager, at=NOON + DAY)

    case.refresh_from_db()
    assert (case.status, case.revoked_by, case.closed_at) == (S.REVOKED, manager, NOON + DAY)
    assert case.closing_reasons == "事实有误。"
    assert is_restricted(agency, NOON + DAY - INSTANT)
    assert not is_restricted(agency, NOON + DAY)
    message = Message.objects.filter(organization=agency).order_by("pk").last()
    assert message.subject == "处理决定 JX360702-2026-D00001 已撤销"
    assert audits()[-3:] == [
        ("entry.corrected", "", ""),
        ("case.revoked", "decided", "revoked"),
        ("restriction.lifted", "", ""),
    ]


def test_a_revocation_takes_the_points_back_and_keeps_the_past(case, agency):
    decision(case, at=NOON)
    revoke_case(case=case, reasons="事实有误。", by=UserFactory(), at=NOON + DAY)

    assert standing_of(agency, NOON).score == 60
    assert standing_of(agency, NOON, known_at=NOON + DAY).score == 100
    assert standing_of(agency, NOON + DAY).score == 100
    assert Entry.objects.count() == 2


def test_a_revocation_leaves_alone_what_the_record_had_before(agency):
    order = order_of(agency)
    found_by_the_platform(agency, order, at=NOON - DAY)
    case = heard(organization=agency, reference=order.code)
    decision(case, at=NOON)

    revoke_case(case=case, reasons="处理过重。", by=UserFactory(), at=NOON + DAY)

    assert standing_of(agency, NOON + DAY).score == 60


def over(case: Case) -> Case:
    """Decide `case` at NOON and let its restriction run out."""
    restriction = decision(case, at=NOON)
    end_restriction(restriction=restriction, at=restriction.effective_to)
    return Case.objects.get(pk=case.pk)


def later(matter, at, **changes) -> Case:
    """A second decision on a matter, made when its statement period is over."""
    case = notice(**matter, at=at, **changes)
    decision(case)
    return Case.objects.get(pk=case.pk)


def revoke(case: Case, at: datetime) -> Message:
    """Revoke by a third officer; return what the agency is told."""
    revoke_case(case=case, reasons="事实有误。", by=UserFactory(), at=at)
    message = Message.objects.filter(organization=case.organization).order_by("pk").last()
    assert message is not None
    return message


@pytest.mark.parametrize("second_is_over", [False, True])
@pytest.mark.parametrize("severity", ["minor", "general"])
def test_points_fall_with_the_last_decision_that_confirmed_the_fact(
    agency, severity, second_is_over
):
    matter = {"organization": agency, "reference": order_of(agency).code}
    terms = {"severity": severity, "months": 3}
    first = over(heard(**matter, **terms))
    second = later(matter, first.closed_at, **terms)
    if second_is_over:
        term = second.restriction
        end_restriction(restriction=term, at=term.effective_to)
    at = second.restriction.effective_to + DAY
    assert (second.entry, standing_of(agency, at).score) == (None, 60)

    message = revoke(first, at)

    second.refresh_from_db()
    assert standing_of(agency, at).score == 60
    assert second.entry == Entry.objects.get(corrects=Case.objects.get(pk=first.pk).entry)
    assert second.entry.note == second.decision_number
    assert second.entry.rulebook_sha256 == second.rulebook.sha256
    assert "扣分仍然计算" in message.body
    assert "不再计算" not in message.body

    message = revoke(second, at + DAY)

    assert standing_of(agency, at + DAY).score == 100
    assert "由决定形成的扣分自 " in message.body
    assert [int(entry.points) for entry in Entry.objects.order_by("pk")] == [-40, -40, 0]


def test_points_are_handed_on_through_a_chain_of_decisions(agency):
    matter = {"organization": agency, "reference": order_of(agency).code}
    first = over(heard(**matter, severity="general", months=3))
    second = later(matter, first.closed_at, severity="general", months=3)
    end_restriction(restriction=second.restriction, at=second.restriction.effective_to)
    third = later(matter, second.restriction.effective_to, severity="general", months=3)
    at = third.restriction.effective_to + DAY

    scores = []
    for number, case in enumerate((first, second, third)):
        revoke(Case.objects.get(pk=case.pk), at + number * DAY)
        scores.append(standing_of(agency, at + number * DAY).score)

    assert scores == [60, 60, 100]
    assert Entry.objects.count() == 4


def test_a_published_decision_inherits_the_points_before_an_unpublished_one(agency):
    matter = {"organization": agency, "reference": order_of(agency).code}
    first = over(heard(**matter, severity="general", months=3))
    hidden = later(matter, first.closed_at, severity="minor", months=1)
    end_restriction(restriction=hidden.restriction, at=hidden.restriction.effective_to)
    shown = later(matter, hidden.restriction.effective_to, severity="general", months=3)

    revoke(first, shown.decided_at + DAY)

    assert Case.objects.get(pk=shown.pk).entry is not None
    assert Case.objects.get(pk=hidden.pk).entry is None


def test_other_matters_inherit_nothing(agency):
    one, other = order_of(agency), order_of(agency)
    case = heard(organization=agency, reference=one.code)
    decision(heard(organization=agency, reference=other.code), at=NOON)
    decision(heard(organization=agency, reference=one.code, kind="bribery"), at=NOON)
    decision(case, at=NOON)
    before = standing_of(agency, NOON).score

    revoke(case, NOON + DAY)

    assert before == 0
    assert Case.objects.get(pk=case.pk).entry.corrected_by.points == 0


def test_cases_without_an_order_are_matters_of_their_own(agency):
    case = heard(organization=agency)
    decision(heard(organization=agency), at=NOON)
    decision(case, at=NOON)

    revoke(case, NOON + DAY)

    assert standing_of(agency, NOON + DAY).score == 60
    assert Case.objects.get(pk=case.pk).entry.corrected_by.points == 0


def test_what_the_platform_finds_after_a_decision_does_not_fall_with_it(agency):
    order = order_of(agency)
    case = heard(organization=agency, reference=order.code, kind="late_service")
    decision(case, at=NOON)

    own = found_by_the_platform(agency, order, at=NOON + DAY, kind="late_service")
    again = found_by_the_platform(agency, order, at=NOON + 2 * DAY, kind="late_service")
    message = revoke(case, NOON + 3 * DAY)

    assert own.corrects == again == Case.objects.get(pk=case.pk).entry
    assert [int(entry.points) for entry in Entry.objects.all()] == [-5, -5]
    assert standing_of(agency, NOON + 3 * DAY).score == 95
    assert "扣分仍然计算" in message.body


def test_what_the_platform_finds_after_a_revocation_counts(agency):
    order = order_of(agency)
    case = heard(organization=agency, reference=order.code, kind="late_service")
    decision(case, at=NOON)
    revoke(case, NOON + DAY)

    found_by_the_platform(agency, order, at=NOON + 2 * DAY, kind="late_service")

    assert standing_of(agency, NOON + DAY).score == 100
    assert standing_of(agency, NOON + 2 * DAY).score == 95


def test_an_officer_of_the_case_does_not_revoke_it(case):
    decider = UserFactory()
    decide_case(case=case, reasons=REASONS, by=decider, at=NOON)

    for officer in (case.opened_by, decider):
        with refused("reviewer_is_a_third_officer"):
            revoke_case(case=case, reasons="事实有误。", by=officer, at=NOON + DAY)


def test_a_revocation_gives_its_reasons(case):
    decision(case, at=NOON)
    officer = UserFactory()

    with refused("revocation_reasons_are_given"):
        revoke_case(case=case, reasons="", by=officer, at=NOON + DAY)


@pytest.mark.parametrize("is_marked", [False, True])
def test_a_restriction_that_gave_no_points_is_not_revoked_from_its_end_on(agency, is_marked):
    order = order_of(agency)
    found_by_the_platform(agency, order, at=NOON - DAY)
    case = heard(organization=agency, reference=order.code)
    restriction = decision(case, at=NOON)
    if is_marked:
        end_restriction(restriction=restriction, at=restriction.effective_to)
    officer = UserFactory()

    with refused("restriction_still_runs"):
        revoke_case(case=case, reasons="x", by=officer, at=restriction.effective_to)


@pytest.mark.parametrize("is_marked", [False, True])
@pytest.mark.parametrize(
    ("measure", "severity", "months"), [("freeze", "serious", 12), ("warning", "minor", 0)]
)
def test_the_points_of_a_decision_that_has_run_out_fall_with_it(
    agency, measure, severity, months, is_marked
):
    case = heard(organization=agency, restriction_kind=measure, severity=severity, months=months)
    restriction = decision(case, at=NOON)
    end, officer = restriction.effective_to, UserFactory()
    if is_marked:
        end_restriction(restriction=restriction, at=end)
    assert standing_of(agency, end).score == 60

    revoke_case(case=case, reasons="事实有误。", by=officer, at=end + DAY)

    case.refresh_from_db()
    assert (case.status, case.closed_at) == (S.REVOKED, end + DAY)
    assert standing_of(agency, end + DAY).score == 100
    before = "ended" if is_marked else "decided"
    assert ("case.revoked", before, "revoked") in audits()
    message = Message.objects.filter(organization=agency).order_by("pk").last()
    assert "由决定形成的扣分自 " in message.body
    assert "起解除" not in message.body
    restriction.refresh_from_db()
    with refused("decision_stands"):
        revoke_case(case=case, reasons="x", by=officer, at=end + DAY)
    with refused("restriction_is_unmarked"):
        end_restriction(restriction=restriction, at=end + DAY)


def test_a_case_that_was_not_decided_is_not_revoked(case):
    officer = UserFactory()

    with refused("decision_stands"):
        revoke_case(case=case, reasons="x", by=officer, at=NOON)


# --- End ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("late", [timedelta(), 40 * DAY])
def test_an_end_counts_from_the_restriction_s_own_last_instant(case, agency, late):
    restriction = decision(case, at=NOON)

    end_restriction(restriction=restriction, at=restriction.effective_to + late)

    case.refresh_from_db()
    restriction.refresh_from_db()
    assert (case.status, case.closed_at) == (S.ENDED, restriction.effective_to)
    assert restriction.ended_at == restriction.effective_to
    message = Message.objects.filter(organization=agency).order_by("pk").last()
    assert message.subject == "“暂停报名”已经到期，决定书 JX360702-2026-D00001"
    assert message.created_at == restriction.effective_to


def test_who_was_removed_leaves_the_register_at_its_end_and_comes_back_by_a_new_admission(
    agency, authority
):
    def removal(kind):
        proposed = notice(
            organization=agency,
            authority=authority,
            restriction_kind="removal",
            kind=kind,
            months=12,
        )
        return decision(proposed)

    def status():
        return Agency.objects.get(organization=agency).status

    fallen, running = removal("collusion"), removal("bribery")
    at = fallen.effective_from
    revoke_case(case=fallen.case, reasons="依据不足。", by=UserFactory(), at=at)
    assert status() == "active"

    end_restriction(restriction=running, at=running.effective_to)

    assert status() == "withdrawn"
    [message] = Message.objects.filter(kind="credit/restriction_ended")
    assert "重新申请入驻" in message.body
    left = AuditEntry.objects.get(verb="agency.expelled")
    assert left.data["decision"] == running.case.decision_number
    reapply_agency(agency=agency.agency, by=UserFactory(), at=running.effective_to)
    assert status() == "draft"


def test_a_restriction_is_not_ended_before_its_time_nor_twice(case):
    restriction = decision(case, at=NOON)

    with refused("restriction_has_run_out"):
        end_restriction(restriction=restriction, at=restriction.effective_to - INSTANT)
    end_restriction(restriction=restriction, at=restriction.effective_to)
    with refused("restriction_is_unmarked"):
        end_restriction(restriction=restriction, at=restriction.effective_to)


def test_a_lifted_restriction_does_not_end_again():
    restriction = RestrictionFactory(lifted_at=NOON + DAY)

    with refused("restriction_is_unmarked"):
        end_restriction(restriction=restriction, at=restriction.effective_to)


def test_a_warning_without_months_is_over_as_it_is_made(agency):
    case = heard(organization=agency, restriction_kind="warning", severity="minor", months=0)
    restriction = decision(case, at=NOON)

    assert restriction.effective_to == restriction.effective_from == NOON
    assert standing_of(agency, NOON).restrictions == ()
    end_restriction(restriction=restriction, at=NOON)
    assert Case.objects.get(pk=case.pk).status == S.ENDED
    assert not StandingCheck.objects.exists()
