"""What must hold of a case that is opened, at its last allowed and first forbidden value."""

from datetime import timedelta

import pytest

from credit.effects import Matter
from credit.guards.bases import legal_basis_is_stated
from credit.guards.cases import (
    class_fits_the_measure,
    conduct_is_misconduct,
    conduct_lies_in_the_past,
    facts_are_stated,
    matter_is_not_yet_a_case,
    matter_lies_in_the_authority,
    may_open_case,
    measure_fits_the_severity,
    months_are_within_range,
    months_fit_the_measure,
    party_is_an_admitted_agency,
    reference_names_a_matter,
)
from credit.models import Conduct, Measure
from credit.standing import sanction_range
from marketplace.models import Division, Organization
from tests.clock import NOON
from tests.factories.credit import CaseFactory, active_agency, proposal
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ServiceClassFactory,
    division,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
ZHANGGONG, GANZHOU, NANCHANG, PROVINCE = "360702", "360700", "360100", "360000"


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
