"""When a case is decided and when its decision is taken back."""

from datetime import timedelta

import pytest

from credit.guards.decisions import (
    may_decide_case,
    may_revoke_case,
    restriction_has_run_out,
    restriction_still_runs,
    statement_period_is_over,
)
from credit.guards.officers import decider_is_a_second_officer
from credit.models import Case
from marketplace.kernel.models import LawVersion
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_a_heard_case_may_be_decided_at_once():
    assert statement_period_is_over(CaseFactory(stated=True), NOON).holds


@pytest.mark.parametrize("state", ["decided", "dismissed", "revoked", "ended"])
def test_a_closed_case_is_not_decided_again_and_says_what_it_is(state):
    case = CaseFactory(**{state: True})
    (verdict,) = may_decide_case(case, UserFactory(), NOON)

    assert verdict.guard == "case_is_open"
    assert verdict.refusal == f"案件已经办结，现在是“{case.get_status_display()}”"


def test_the_opener_does_not_decide(rules):
    case = CaseFactory(stated=True)

    assert not decider_is_a_second_officer(case, case.opened_by).holds
    assert decider_is_a_second_officer(case, UserFactory()).holds
    assert failing(*may_decide_case(case, case.opened_by, NOON)) == ["decider_is_a_second_officer"]


def test_a_case_without_basis_is_not_decided():
    case = CaseFactory(stated=True)
    case.legal_basis = " "

    assert failing(*may_decide_case(case, UserFactory(), NOON)) == ["legal_basis_is_stated"]


def test_a_case_is_not_decided_on_a_basis_that_has_lapsed_meanwhile(rules):
    case = CaseFactory(stated=True)
    versions = LawVersion.objects.filter(law__name="测试条例")
    versions.update(status=LawVersion.Status.REPEALED, in_force_until=NOON.date())

    [verdict] = [one for one in may_decide_case(case, UserFactory(), NOON) if not one.holds]

    assert verdict.guard == "legal_basis_is_in_force"
    assert verdict.refusal == "依据“《测试条例》”已经失效或者还没有施行，不能据以处理"


@pytest.mark.parametrize(("moved", "runs"), [(-INSTANT, True), (timedelta(), False)])
def test_a_restriction_is_revoked_before_its_end_and_marked_from_it_on(moved, runs):
    restriction = RestrictionFactory()
    at = restriction.effective_to + moved

    assert restriction_still_runs(restriction, at).holds == runs
    assert restriction_has_run_out(restriction, at).holds != runs


@pytest.mark.parametrize("status", [*Case.Status])
def test_only_a_decision_that_was_made_and_stands_is_revoked(status):
    case = RestrictionFactory().case
    Case.objects.filter(pk=case.pk).update(
        status=status, closed_at=NOON, revoked_by=UserFactory(), closing_reasons="x"
    )
    case.deadlines.update(stopped_at=None)
    case = Case.objects.get(pk=case.pk)

    holds = failing(*may_revoke_case(case, UserFactory(), NOON)) == []
    assert holds == (status in {"decided", "ended", "repaired"})


@pytest.mark.parametrize("status", ["decided", "ended"])
@pytest.mark.parametrize(
    ("measure", "has_entry", "holds"),
    [
        ("freeze", False, False),
        ("no_preference", False, False),
        ("freeze", True, True),
        ("warning", False, True),
    ],
)
def test_what_has_run_out_is_revoked_for_its_points_or_words_alone(
    status, measure, has_entry, holds
):
    case = RestrictionFactory(
        case__restriction_kind=measure, case__entry=EntryFactory() if has_entry else None
    ).case
    Case.objects.filter(pk=case.pk).update(status=status, closed_at=NOON)
    case = Case.objects.get(pk=case.pk)
    expected = [] if holds else ["restriction_still_runs"]

    found = may_revoke_case(case, UserFactory(), case.restriction.effective_to)
    assert failing(*found) == expected
    assert failing(*may_revoke_case(case, case.opened_by, NOON)) == ["reviewer_is_a_third_officer"]
