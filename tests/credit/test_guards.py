"""Each guard at the last moment that is allowed and the first that is not."""

from datetime import timedelta

import pytest

from credit.effects import Matter
from credit.guards import (
    Proposal,
    basis_verdicts,
    case_awaits_a_statement,
    class_fits_the_measure,
    conduct_is_misconduct,
    conduct_lies_in_the_past,
    decider_is_a_second_officer,
    facts_are_stated,
    legal_basis_is_stated,
    matter_is_not_yet_a_case,
    matter_lies_in_the_authority,
    may_come_back,
    may_decide_case,
    may_open_case,
    may_revoke_case,
    may_state_case,
    measure_fits_the_severity,
    months_are_within_range,
    months_fit_the_measure,
    party_is_an_admitted_agency,
    reference_names_a_matter,
    restriction_has_run_out,
    restriction_still_runs,
    reviewer_is_a_third_officer,
    statement_is_in_time,
    statement_period_is_over,
)
from credit.models import Case, Conduct, Measure, Severity
from credit.standing import sanction_range
from marketplace.kernel.models import Law, LawVersion
from marketplace.models import Division, Organization
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.credit import (
    GRACE,
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
)
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ServiceClassFactory,
    UserFactory,
    division,
    law_without_text,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
ZHANGGONG, GANZHOU, NANCHANG, PROVINCE = "360702", "360700", "360100", "360000"


def proposal(**changes) -> Proposal:
    values = {
        "organization": Organization(),
        "authority": Organization(),
        "kind": Conduct.COLLUSION,
        "severity": Severity.SERIOUS,
        "months": 12,
        "restriction_kind": Measure.FREEZE,
        "service_class": None,
        "occurred_at": NOON,
        "facts": "事实",
        "reference": "",
        "legal_basis": "《测试条例》",
    }
    return Proposal(**{**values, **changes})


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        ({}, False),
        ({"submitted": True}, False),
        ({"publicity": True}, False),
        ({"active": True}, True),
        ({"withdrawn": True}, True),
        ({"status": "withdrawn", "withdrawn_at": NOON}, False),
        ({"activated_at": NOON}, True),
        ({"submitted": True, "activated_at": NOON}, True),
    ],
)
def test_only_an_agency_that_was_admitted_can_be_sanctioned(state, holds):
    agency = AgencyFactory(**state)

    assert party_is_an_admitted_agency(agency.organization).holds == holds


@pytest.mark.parametrize(
    ("kind", "holds"), [("freeze", False), ("removal", False), ("warning", True)]
)
def test_a_restriction_keeps_an_agency_out_and_a_warning_does_not(kind, holds):
    restriction = RestrictionFactory(
        organization=active_agency(), kind=kind, case__restriction_kind=kind
    )

    [verdict] = may_come_back(organization=restriction.organization, at=NOON)

    assert (verdict.guard, verdict.holds) == ("organization_is_not_restricted", holds)


def test_an_owner_cannot_be_sanctioned():
    assert not party_is_an_admitted_agency(BuyerFactory().organization).holds


@pytest.mark.parametrize(
    ("authority", "registered", "order", "holds"),  # the order is one that the agency bid for
    [
        (ZHANGGONG, ZHANGGONG, None, True),
        (ZHANGGONG, NANCHANG, None, False),
        (ZHANGGONG, GANZHOU, None, False),
        (ZHANGGONG, NANCHANG, ZHANGGONG, True),
        (ZHANGGONG, NANCHANG, GANZHOU, False),
        (GANZHOU, NANCHANG, ZHANGGONG, True),
        (GANZHOU, ZHANGGONG, None, True),
        (NANCHANG, ZHANGGONG, ZHANGGONG, False),
        (PROVINCE, NANCHANG, None, True),
    ],
)
def test_an_authority_acts_where_the_agency_is_registered_or_the_order_lies(
    authority, registered, order, holds
):
    office = AuthorityFactory(division=division(authority))
    agency = Organization(division=division(registered))
    matter = Matter("x", "x", "/", division(order), has_party=True) if order else None

    assert matter_lies_in_the_authority(office, agency, matter).holds == holds


def test_an_order_that_the_agency_has_no_part_in_gives_no_authority_over_it():
    office = AuthorityFactory(division=division(ZHANGGONG))
    agency = Organization(division=division(NANCHANG))
    matter = Matter("x", "x", "/", division(ZHANGGONG), has_party=False)

    assert not matter_lies_in_the_authority(office, agency, matter).holds


def test_a_number_that_names_nothing_is_refused_and_none_is_not():
    matter = Matter("x", "x", "/", Division(), has_party=False)

    assert reference_names_a_matter("", None).holds
    assert reference_names_a_matter("x", matter).holds
    refused = reference_names_a_matter("JX1", None)
    assert not refused.holds
    assert refused.refusal == "没有编号为“JX1”的已发布采购或者合同"


@pytest.mark.parametrize(
    ("kind", "holds"),
    [("collusion", True), ("late_service", True), ("on_time", False), ("buyer_not_rated", False)],
)
def test_only_an_agency_s_misconduct_is_a_case(rules, kind, holds):
    assert conduct_is_misconduct(kind, NOON).holds == holds


@pytest.mark.parametrize(("moved", "holds"), [(timedelta(), True), (INSTANT, False)])
def test_conduct_cannot_lie_in_the_future(moved, holds):
    assert conduct_lies_in_the_past(NOON + moved, NOON).holds == holds


@pytest.mark.parametrize(("text", "holds"), [("事实", True), (" \n", False), ("", False)])
def test_facts_and_basis_are_words_not_blanks(text, holds):
    assert facts_are_stated(text).holds == holds
    assert legal_basis_is_stated(text).holds == holds


@pytest.mark.parametrize(
    ("severity", "months", "holds"),
    [
        ("minor", 0, True),
        ("minor", 3, True),
        ("minor", 4, False),
        ("general", 2, False),
        ("general", 3, True),
        ("general", 12, True),
        ("general", 13, False),
        ("serious", 11, False),
        ("serious", 12, True),
        ("serious", 36, True),
        ("serious", 37, False),
    ],
)
def test_the_months_lie_within_the_rulebook_s_range(rules, severity, months, holds):
    verdict = months_are_within_range(severity, months, sanction_range(severity, NOON))

    assert verdict.holds == holds


def test_the_refusal_of_the_months_names_the_range_its_key_and_its_basis(rules):
    wanted = proposal(organization=active_agency(), authority=AuthorityFactory(), months=37)
    verdicts = may_open_case(wanted, sanction_range("serious", NOON), None, NOON)

    (refusal,) = [verdict for verdict in verdicts if not verdict.holds]
    assert refusal.refusal == "严重失信的信用限制期限为 12–36 个月"
    assert refusal.rule == "sanction.months.serious"
    assert str(refusal.source) == "平台默认"


@pytest.mark.parametrize(
    ("measure", "months", "holds"),
    [("warning", 0, True), ("freeze", 0, False), ("freeze", 1, True), ("no_preference", 0, False)],
)
def test_only_a_warning_may_have_no_months(measure, months, holds):
    assert months_fit_the_measure(measure, months).holds == holds


@pytest.mark.parametrize(
    ("measure", "severity", "holds"),
    [
        ("removal", "serious", True),
        ("removal", "general", False),
        ("removal", "minor", False),
        ("freeze", "minor", True),
    ],
)
def test_removal_is_for_serious_misconduct_alone(measure, severity, holds):
    assert measure_fits_the_severity(measure, severity).holds == holds


@pytest.mark.parametrize("measure", Measure)
def test_only_a_freeze_may_be_limited_to_a_class(measure):
    wanted = proposal(restriction_kind=measure, service_class=ServiceClassFactory())

    assert class_fits_the_measure(wanted).holds == (measure == "freeze")


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        ({}, False),
        ({"stated": True}, False),
        ({"decided": True}, False),
        ({"dismissed": True}, True),
        ({"revoked": True}, True),
        ({"ended": True}, True),
    ],
)
def test_one_matter_is_one_case_while_it_runs(state, holds):
    known = CaseFactory(reference="JX360702-2026-00001", **state)
    again = proposal(organization=known.organization, reference=known.reference)
    verdict = matter_is_not_yet_a_case(again)

    assert verdict.holds == holds
    assert holds or verdict.refusal == f"同一件事已经立案：{known.number}"


def test_another_matter_is_another_case():
    known = CaseFactory(reference="JX360702-2026-00001")
    same = {"organization": known.organization, "reference": known.reference}

    assert matter_is_not_yet_a_case(proposal(**{**same, "kind": Conduct.BRIBERY})).holds
    assert matter_is_not_yet_a_case(proposal(**{**same, "reference": "x"})).holds
    assert matter_is_not_yet_a_case(proposal(**{**same, "organization": active_agency()})).holds
    assert matter_is_not_yet_a_case(proposal(**{**same, "reference": ""})).holds


@pytest.mark.parametrize(("moved", "in_time"), [(-INSTANT, True), (timedelta(), False)])
def test_a_statement_is_in_time_until_its_deadline_and_a_decision_after_the_grace(
    rules, moved, in_time
):
    case = CaseFactory()
    at = case.statement_due_at + moved

    assert statement_is_in_time(case, at).holds == in_time
    assert not statement_period_is_over(case, at).holds
    assert statement_period_is_over(case, at + GRACE).holds != in_time


def test_a_heard_case_may_be_decided_at_once():
    assert statement_period_is_over(CaseFactory(stated=True), NOON).holds


@pytest.mark.parametrize("state", ["stated", "decided", "dismissed", "revoked", "ended"])
def test_an_agency_is_heard_once(state):
    case = CaseFactory(**{state: True})

    assert not case_awaits_a_statement(case).holds
    assert failing(*may_state_case(case, NOON)) == ["case_awaits_a_statement"]


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


def test_another_place_s_rule_is_a_reference_and_no_basis(rules):
    law_without_text("湖口县规定")
    Law.objects.filter(name="湖口县规定").update(level=Law.Level.REFERENCE)

    alone = basis_verdicts("参考：湖口县规定", NOON)
    beside = basis_verdicts("《测试条例》；参考：湖口县规定", NOON)

    assert failing(*alone) == ["legal_basis_is_of_law"]
    assert failing(*beside) == []


def test_neither_officer_of_a_case_revokes_it():
    case = CaseFactory(decided=True)

    assert not reviewer_is_a_third_officer(case, case.opened_by).holds
    assert not reviewer_is_a_third_officer(case, case.decided_by).holds
    assert reviewer_is_a_third_officer(case, UserFactory()).holds


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
