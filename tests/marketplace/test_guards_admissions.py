from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.guards import admissions as guards
from marketplace.models import Agency
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    PractitionerFactory,
    QualificationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
S = Agency.Status
STATES: dict[S, dict[str, bool]] = {
    S.DRAFT: {},
    S.SUBMITTED: {"submitted": True},
    S.RETURNED: {"returned": True},
    S.PUBLICITY: {"publicity": True},
    S.ACTIVE: {"active": True},
    S.WITHDRAWN: {"withdrawn": True},
}


@pytest.mark.parametrize(
    ("guard", "allowed"),
    [
        (guards.admission_is_open, {S.DRAFT, S.RETURNED}),
        (guards.admission_awaits_check, {S.SUBMITTED}),
        (guards.agency_is_in_publicity, {S.PUBLICITY}),
        (guards.agency_can_leave, {S.DRAFT, S.RETURNED, S.ACTIVE}),
    ],
)
def test_each_state_guard_holds_in_its_states_alone(guard, allowed: set[S]) -> None:
    agencies = {status: AgencyFactory(**trait) for status, trait in STATES.items()}

    assert {status for status, agency in agencies.items() if guard(agency).holds} == allowed


def test_a_refusal_names_the_state_it_found() -> None:
    verdict = guards.admission_is_open(AgencyFactory(active=True))

    assert verdict.refusal == "入驻资料只在草稿和退回修改时可以改，现在是“全省有效”"


def test_the_facts_that_are_missing_are_named() -> None:
    agency = AgencyFactory(complete=True, founded_on=None, organization__contact_name="")

    verdict = guards.facts_are_complete(agency)

    assert not verdict.holds
    assert verdict.refusal == "基本情况待补充：联系人、成立日期"
    assert guards.facts_are_complete(AgencyFactory(complete=True)).holds


BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=BEIJING), False),
        (datetime(2026, 11, 24, 0, 0, tzinfo=BEIJING), True),
        (datetime(2026, 11, 26, 23, 59, 59, tzinfo=BEIJING), True),
        (datetime(2026, 11, 27, 0, 0, tzinfo=BEIJING), False),
    ],
    ids=["before the first day", "first moment", "last moment", "after the last day"],
)
def test_a_certificate_counts_from_its_first_to_its_last_day_in_beijing(
    at: datetime, holds: bool
) -> None:
    agency = AgencyFactory()
    QualificationFactory(
        agency=agency, valid_from=date(2026, 11, 24), valid_until=date(2026, 11, 26)
    )

    assert guards.agency_has_valid_qualification(agency, at).holds is holds


def test_another_agency_s_certificate_does_not_count() -> None:
    QualificationFactory()

    assert not guards.agency_has_valid_qualification(AgencyFactory(), NOON).holds


@pytest.mark.parametrize(
    ("moved", "holds"),
    [(-timedelta(microseconds=1), False), (timedelta(), True), (timedelta(days=9), True)],
)
def test_publicity_is_over_at_its_end_and_not_a_moment_before(
    moved: timedelta, holds: bool
) -> None:
    agency = AgencyFactory(publicity=True)

    assert guards.publicity_is_over(agency, agency.publicity_ends_at + moved).holds is holds


def test_an_officer_may_not_check_an_agency_that_they_belong_to() -> None:
    agency, officer = AgencyFactory(submitted=True), UserFactory()
    membership = MembershipFactory(user=officer, organization=agency.organization)

    assert not guards.officer_is_independent(agency, officer).holds

    membership.is_active = False
    membership.save()
    assert guards.officer_is_independent(agency, officer).holds


@pytest.mark.parametrize(
    ("is_valid", "is_ticked", "holds"),
    [(True, False, True), (True, True, True), (False, False, False), (False, True, True)],
)
def test_a_wrong_check_digit_asks_for_the_officer_s_confirmation(
    is_valid: bool, is_ticked: bool, holds: bool
) -> None:
    agency = AgencyFactory(submitted=True, organization__has_valid_check_digit=is_valid)

    assert guards.uscc_is_confirmed(agency, is_ticked).holds is holds


@pytest.mark.parametrize(("reasons", "holds"), [("", False), (" \n", False), ("缺编号", True)])
def test_a_return_needs_reasons(reasons: str, holds: bool) -> None:
    assert guards.reasons_are_given(reasons).holds is holds


def test_a_certificate_is_entered_once_per_class_and_a_professional_once_anywhere() -> None:
    known, person = QualificationFactory(), PractitionerFactory()
    agency, number = known.agency, known.certificate_number

    assert not guards.certificate_is_new(agency, known.service_class, number).holds
    assert guards.certificate_is_new(AgencyFactory(), known.service_class, number).holds
    assert guards.certificate_is_new(agency, known.service_class, f"{number}-2").holds
    assert not guards.practitioner_is_new(person.certificate_number).holds
    assert guards.practitioner_is_new("CS-NEW").holds
