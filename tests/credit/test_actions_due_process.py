"""What happens around a decision: found first, heard, reviewed once, repaired, in whose hands."""

from datetime import datetime, timedelta

import pytest

from credit.actions import (
    announce_hearing,
    close_statement,
    decide_case,
    decide_repair,
    decide_review,
    end_restriction,
    file_repair,
    file_review,
    find_case,
    give_notice,
    hand_over,
    hear_statement,
    hold_hearing,
    prepare_case,
    recuse,
    revoke_case,
    set_case_aside,
    suspend_effect,
)
from credit.models import Case, CaseSource, Conduct, Entry, Measure, Repair, Restriction, Review
from credit.permissions import can_see_decision_at, can_see_own_case
from credit.standing import authority_for, is_restricted, open_measures, standing_of
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry, Deadline
from marketplace.models import Message
from marketplace.parties import Party
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.credit import GRACE, decision, notice
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    UserFactory,
    division,
)
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


def running(row) -> dict[str, object]:
    return {
        one.kind: one.ends_at
        for one in Deadline.objects.filter(object_id=row.pk, stopped_at=None)
        if one.subject == row
    }


def regulator(authority):
    return MembershipFactory(organization=authority, role=Role.REGULATOR).user


# --- Found ----------------------------------------------------------------------------------------
def test_what_is_found_waits_for_an_officer_and_its_party_does_not_know(agency, authority):
    agency.refresh_from_db()
    told = {"kind": Conduct.COLLUSION, "facts": "报价文件雷同。", "occurred_at": NOON - DAY}

    case = find_case(organization=agency, source=CaseSource.COMPLAINT, at=NOON, **told)

    assert (case.status, case.authority, case.notified_at) == (S.FOUND, authority, None)
    assert list(running(case)) == ["case.check"]
    assert not Message.objects.exists()
    reader = Party(user=UserFactory(), organization=agency, roles=frozenset())
    assert not can_see_own_case(reader, case)
    officer = regulator(authority)
    with refused("proposal_is_complete"):
        give_notice(case=case, by=officer, at=NOON)

    set_case_aside(case=case, reasons="查无此事。", by=officer, at=NOON + DAY)

    case.refresh_from_db()
    assert (case.status, case.closed_at, running(case)) == (S.SET_ASIDE, NOON + DAY, {})
    assert not Message.objects.exists()
    assert not can_see_own_case(reader, case)


def test_the_nearest_authority_of_the_place_sees_to_it(authority):
    city = AuthorityFactory(division=division("360100"))

    found = [authority_for(division(code)) for code in ("360702", "360100")]

    assert found == [authority, city]
    assert authority_for(division("360800")) is None


def test_a_notice_needs_evidence_and_says_nothing_without_it(agency, authority):
    given = {"organization": agency, "authority": authority, "by": regulator(authority)}
    with refused("evidence_is_given"):
        notice(files=[], **given)

    assert not Case.objects.exists()
    assert not Message.objects.exists()


def test_a_case_is_prepared_by_one_and_can_be_told_only_once(agency, authority):
    officer = regulator(authority)
    case = prepare_case(
        organization=agency,
        authority=authority,
        kind=Conduct.COLLUSION,
        severity="serious",
        months=12,
        restriction_kind=Measure.FREEZE,
        service_class=None,
        facts="雷同。",
        reference="",
        legal_basis="《测试条例》",
        by=officer,
        at=NOON,
        files=[upload()],
    )
    assert (case.status, case.handled_by, case.opened_by) == (S.FOUND, officer, None)

    give_notice(case=case, by=officer, at=NOON + DAY)

    case.refresh_from_db()
    assert (case.status, case.notified_at, case.opened_by) == (S.NOTIFIED, NOON + DAY, officer)
    assert list(running(case)) == ["case.statement"]
    with refused("case_is_found"):
        give_notice(case=case, by=officer, at=NOON + DAY)
    assert AuditEntry.objects.filter(verb="case.opened").count() == 1


# --- Hearing --------------------------------------------------------------------------------------
def heard(case, by=None):
    by = by or UserFactory()
    return hear_statement(
        case=case, statement="没有串通。", asks_hearing=True, by=by, at=NOON + DAY
    )


def test_a_hearing_comes_between_the_statement_and_the_decision(agency, authority):
    case = heard(notice(organization=agency, authority=authority))
    assert (case.status, list(running(case))) == (S.HEARING, ["case.hearing"])
    leader, at = regulator(authority), NOON + 2 * DAY
    with refused("hearing_is_over"):
        decide_case(case=case, reasons="x", by=leader, at=NOON + 90 * DAY)
    with refused("hearing_is_announced"):
        hold_hearing(case=case, minutes="x", by=leader, at=at)
    when = {"place": "三楼会议室", "by": leader, "at": at}
    with refused("hearing_is_announced_in_time"):
        announce_hearing(case=case, takes_place_at=at + 7 * DAY - timedelta(seconds=1), **when)

    announce_hearing(case=case, takes_place_at=at + 7 * DAY, **when)

    assert "三楼会议室" in Message.objects.latest("pk").body
    with refused("hearing_has_begun"):
        hold_hearing(case=case, minutes="x", by=leader, at=at + 6 * DAY)
    with refused("leader_did_not_investigate"):
        hold_hearing(case=case, minutes="x", by=case.opened_by, at=at + 8 * DAY)
    hold_hearing(case=case, minutes="双方陈述。", by=leader, at=at + 8 * DAY)
    case.refresh_from_db()
    assert (case.status, case.stated_at, case.statement) == (S.STATED, at + 8 * DAY, "没有串通。")
    assert list(running(case)) == ["case.decision"]


def test_only_what_restricts_practice_gives_a_hearing():
    case, speaker = (
        notice(restriction_kind=Measure.WARNING, severity="minor", months=0),
        UserFactory(),
    )

    with refused("hearing_may_be_asked"):
        heard(case, by=speaker)

    assert Case.objects.get().status == S.NOTIFIED


# --- Review ---------------------------------------------------------------------------------------
@pytest.fixture
def decided(agency, authority):
    restriction = decision(notice(organization=agency, authority=authority))
    restriction.refresh_from_db()
    return restriction


def filed(restriction, by=None):
    at, by = restriction.effective_from + DAY, by or UserFactory()
    case = Case.objects.get(pk=restriction.case_id)
    return file_review(case=case, grounds="事实不清。", by=by, at=at)


def test_a_decision_is_reviewed_once_and_in_time(decided, authority):
    case = Case.objects.get()
    due, speaker = case.appeal_due_at, UserFactory()
    with refused("review_is_asked_in_time"):
        file_review(case=case, grounds="x", by=speaker, at=due)
    with refused("review_grounds_are_given"):
        file_review(case=case, grounds=" ", by=speaker, at=due - DAY)
    assert not Review.objects.exists()

    review = filed(decided)

    assert list(running(review)) == ["review.answer"]
    assert is_restricted(decided.organization, decided.effective_from + DAY)
    with refused("case_was_not_reviewed"):
        filed(decided, by=speaker)
    case.refresh_from_db()
    for officer in (case.opened_by, case.decided_by):
        with refused("reviewer_is_a_third_officer"):
            decide_review(
                review=review, outcome="upheld", reasons="x", by=officer, at=NOON + 99 * DAY
            )
    assert Review.objects.get().status == "filed"


def test_a_suspended_decision_does_not_bind_until_it_is_upheld(decided, authority):
    review, third = filed(decided), regulator(authority)
    at, agency = decided.effective_from + 2 * DAY, decided.organization
    with refused("suspension_reasons_are_given"):
        suspend_effect(review=review, reasons=" ", by=third, at=at)

    suspend_effect(review=review, reasons="执行将造成难以弥补的损失。", by=third, at=at)

    moments = (at - timedelta(seconds=1), at, at + 4 * DAY)
    assert [is_restricted(agency, one) for one in moments] == [True, False, False]
    assert [bool(open_measures([agency.slug], one)[agency.slug]) for one in moments] == [
        *(True, False, False)
    ]
    assert standing_of(agency, at).restrictions == ()
    until = at + 5 * DAY
    decide_review(review=review, outcome="upheld", reasons="事实清楚。", by=third, at=until)

    review.refresh_from_db()
    assert (review.status, review.number[-6:]) == ("upheld", "D00002")
    moments = (until - timedelta(seconds=1), until)
    assert [is_restricted(agency, one) for one in moments] == [False, True]
    assert open_measures([agency.slug], until)[agency.slug] == ("暂停报名",)
    with refused("review_is_pending"):
        suspend_effect(review=review, reasons="x", by=third, at=until)


def test_a_review_shortens_a_decision_but_never_lengthens_it(decided, authority):
    review, third = filed(decided), regulator(authority)
    said = {"reasons": "情节较轻。", "by": third, "at": decided.effective_from + 3 * DAY}
    for months in (12, 0, None):
        with refused("months_are_fewer"):
            decide_review(review=review, outcome="varied", months=months, **said)

    decide_review(review=review, outcome="varied", months=6, **said)

    before, decided = decided.effective_to, Restriction.objects.get()
    assert (before.month - decided.effective_to.month) % 12 == 6
    assert running(decided) == {"restriction.term": decided.effective_to}
    assert Message.objects.filter(kind="credit/review_decided").count() == 1


def test_a_review_that_is_granted_lets_the_decision_fall_with_its_points(decided, authority):
    at, third = decided.effective_from + 3 * DAY, regulator(authority)

    decide_review(review=filed(decided), outcome="granted", reasons="证据不足。", by=third, at=at)

    decided.refresh_from_db()
    assert (decided.lifted_at, Case.objects.get().status) == (at, S.REVOKED)
    assert not is_restricted(decided.organization, at)
    assert Entry.objects.latest("pk").points == 0


# --- Repair ---------------------------------------------------------------------------------------
def repair_of(restriction, at, by, **changes):
    said = {"correction": "已经整改。", "commitment": "今后诚信服务。", **changes}
    case = Case.objects.get(pk=restriction.case_id)
    return file_repair(case=case, by=by, at=at, **said)


def test_a_repair_waits_for_the_least_period_and_ends_restriction_and_publication(
    agency, authority
):
    case = notice(organization=agency, authority=authority, months=24)
    restriction = decision(case)
    first, speaker = datetime(2027, 12, 3, tzinfo=CHINA), UserFactory()
    with refused("least_period_has_passed"):
        repair_of(restriction, first - timedelta(seconds=1), speaker)
    with refused("commitment_is_made"):
        repair_of(restriction, first, speaker, commitment=" ")
    assert not Repair.objects.exists()
    repair = repair_of(restriction, first, speaker)
    with refused("no_repair_is_pending"):
        repair_of(restriction, first, speaker)
    case.refresh_from_db()
    with refused("decider_is_a_second_officer"):
        decide_repair(
            repair=repair, is_granted=True, reasons="x", by=case.opened_by, at=first + DAY
        )

    by, at = regulator(authority), first + DAY
    decide_repair(repair=repair, is_granted=False, reasons="还没有整改到位。", by=by, at=at)
    assert is_restricted(agency, at)
    again = repair_of(restriction, at + DAY, speaker)
    decide_repair(repair=again, is_granted=True, reasons="已经整改。", by=by, at=at + 2 * DAY)

    at += 2 * DAY
    restriction.refresh_from_db()
    assert (Case.objects.get().status, restriction.lifted_at) == (S.REPAIRED, at)
    assert not is_restricted(agency, at)
    assert not can_see_decision_at(None, restriction, at)
    assert running(restriction) == {}
    assert Entry.objects.count() == 1
    with refused("repair_is_pending"):
        decide_repair(repair=again, is_granted=False, reasons="x", by=by, at=at)


# --- Whose hands ----------------------------------------------------------------------------------
def test_a_case_goes_to_a_colleague_who_is_told(authority):
    case, colleague, stranger = notice(authority=authority), regulator(authority), UserFactory()
    with refused("colleague_is_a_regulator"):
        hand_over(case=case, colleague=stranger, reasons="休假", by=case.opened_by, at=NOON)

    hand_over(case=case, colleague=colleague, reasons="休假", by=case.opened_by, at=NOON)

    assert Case.objects.get().handled_by == colleague
    assert Message.objects.get(user=colleague, kind="credit/case_handed_over")


def test_who_stands_back_takes_no_further_part(authority):
    case, officer = notice(authority=authority), regulator(authority)
    recuse(case=case, reasons="与当事单位负责人是亲属。", by=officer, at=NOON)

    with refused("officer_is_not_recused"):
        decide_case(case=case, reasons="x", by=officer, at=case.statement_due_at + GRACE)
    with refused("officer_is_not_recused"):
        hand_over(case=case, colleague=officer, reasons="x", by=case.opened_by, at=NOON)
    close_statement(case=case, at=case.statement_due_at + GRACE)
    case.refresh_from_db()
    assert (case.status, Restriction.objects.count()) == (S.STATED, 0)


def test_a_member_of_the_party_decides_nothing(agency, authority):
    case, officer = notice(organization=agency, authority=authority), regulator(authority)
    MembershipFactory(organization=agency, user=officer)

    with refused("officer_is_no_member_of_the_party"):
        decide_case(case=case, reasons="x", by=officer, at=case.statement_due_at + GRACE)

    assert not Restriction.objects.exists()


def test_the_authority_above_corrects_a_decision_that_ended(decided):
    end_restriction(restriction=decided, at=decided.effective_to)

    revoke_case(
        case=Case.objects.get(), reasons="事实有误。", by=UserFactory(), at=decided.effective_to
    )

    assert Case.objects.get().status == S.REVOKED
