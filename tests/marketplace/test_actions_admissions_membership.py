"""The way out of the register, and back."""

from datetime import timedelta

import pytest

from marketplace.actions import admissions as actions
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency
from tests.clock import NOON
from tests.factories.credit import CaseFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import (
    AgencyFactory,
    PractitionerFactory,
    ServiceClassFactory,
    UserFactory,
    file_papers,
)
from tests.marketplace.refusals import guards_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = Agency.Status


# --- out ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "before"),
    [({}, "draft"), ({"returned": True}, "returned"), ({"active": True}, "active")],
    ids=["draft", "returned", "active"],
)
def test_an_agency_leaves_from_every_state_that_allows_it(
    state: dict[str, bool], before: str
) -> None:
    agency, by = AgencyFactory(**state), UserFactory()

    actions.withdraw_agency(agency=agency, by=by, at=NOON)

    agency.refresh_from_db()
    assert (agency.status, agency.withdrawn_at) == (S.WITHDRAWN, NOON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.before, entry.after) == (
        "agency.withdrawn",
        by,
        before,
        "withdrawn",
    )


@pytest.mark.parametrize("state", ["submitted", "publicity", "withdrawn"])
def test_an_agency_does_not_leave_while_it_is_checked_or_twice(state: str) -> None:
    agency = AgencyFactory(**{state: True})

    with pytest.raises(Refused) as refused:
        actions.withdraw_agency(agency=agency, by=UserFactory(), at=NOON + timedelta(days=1))

    assert guards_of(refused) == ["agency_can_leave"]
    left_at = agency.withdrawn_at
    agency.refresh_from_db()
    assert (agency.status, agency.withdrawn_at) == (state, left_at)
    assert not AuditEntry.objects.exists()


def test_an_agency_with_an_open_case_does_not_leave() -> None:
    case = CaseFactory()
    agency = Agency.objects.get(pk=case.organization_id)

    with pytest.raises(Refused) as refused:
        actions.withdraw_agency(agency=agency, by=UserFactory(), at=NOON)

    assert guards_of(refused) == ["organization_has_no_open_case"]
    agency.refresh_from_db()
    assert (agency.status, agency.withdrawn_at) == (S.ACTIVE, None)
    assert not AuditEntry.objects.exists()


# --- and back -----------------------------------------------------------------------------------
def test_an_agency_that_left_applies_again_with_its_code_and_what_it_had() -> None:
    agency, by = AgencyFactory(withdrawn=True, qualified_in=ServiceClassFactory()), UserFactory()
    PractitionerFactory(agency=agency)
    code, was_active = agency.organization.uscc, agency.activated_at

    actions.reapply_agency(agency=agency, by=by, at=NOON)

    agency.refresh_from_db()
    assert (agency.status, agency.organization.uscc) == (S.DRAFT, code)
    assert (agency.qualifications.count(), agency.practitioners.count()) == (1, 1)
    assert (agency.submitted_at, agency.checked_at, agency.publicity_ends_at) == (None, None, None)
    assert (agency.withdrawn_at, agency.activated_at) == (None, was_active)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.before, entry.after) == (
        "agency.reapplied",
        by,
        "withdrawn",
        "draft",
    )


def test_a_readmission_goes_through_check_and_publicity_once_more() -> None:
    agency = AgencyFactory(withdrawn=True, qualified_in=ServiceClassFactory())
    file_papers(agency)
    by, officer = UserFactory(), UserFactory()

    actions.reapply_agency(agency=agency, by=by, at=NOON)
    agency = actions.submit_admission(agency=agency, by=by, at=NOON)
    agency = actions.approve_admission(agency=agency, by=officer, at=NOON)
    end = agency.publicity_ends_at
    with pytest.raises(Refused):
        actions.activate_agency(agency=agency, at=end - timedelta(microseconds=1))
    actions.activate_agency(agency=agency, at=end)

    agency.refresh_from_db()
    assert (agency.status, agency.activated_at) == (S.ACTIVE, end)


def test_an_agency_that_left_as_a_draft_may_begin_again() -> None:
    agency, by = AgencyFactory(), UserFactory()
    actions.withdraw_agency(agency=agency, by=by, at=NOON)

    actions.reapply_agency(agency=agency, by=by, at=NOON)

    agency.refresh_from_db()
    assert (agency.status, agency.activated_at) == (S.DRAFT, None)


@pytest.mark.parametrize("state", ["submitted", "returned", "publicity", "active"])
def test_an_agency_that_has_not_left_does_not_apply_again(state: str) -> None:
    agency = AgencyFactory(**{state: True})

    with pytest.raises(Refused) as refused:
        actions.reapply_agency(agency=agency, by=UserFactory(), at=NOON)

    assert guards_of(refused) == ["agency_has_left"]
    agency.refresh_from_db()
    assert agency.status == state
    assert not AuditEntry.objects.exists()


def test_a_running_restriction_keeps_an_agency_out_until_it_ends() -> None:
    restriction = RestrictionFactory(organization=active_agency())
    agency = Agency.objects.get(pk=restriction.organization_id)
    agency.withdraw(at=NOON)
    agency.save()
    last = restriction.effective_to - timedelta(microseconds=1)

    with pytest.raises(Refused) as refused:
        actions.reapply_agency(agency=agency, by=UserFactory(), at=last)

    assert guards_of(refused) == ["organization_is_not_restricted"]
    assert str(restriction.case.decision_number) in refused.value.verdicts[0].refusal
    agency.refresh_from_db()
    assert agency.status == S.WITHDRAWN
    assert not AuditEntry.objects.exists()
    actions.reapply_agency(agency=agency, by=UserFactory(), at=restriction.effective_to)


@pytest.mark.parametrize("facts", [{"name": "改了名的公司"}, {"uscc": "91360702MA000777XX"}])
def test_a_name_in_public_records_is_not_changed_by_applying_again(facts: dict[str, str]) -> None:
    agency, by = AgencyFactory(withdrawn=True), UserFactory()
    name, code = agency.organization.name, agency.organization.uscc
    actions.reapply_agency(agency=agency, by=by, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.change_agency(agency=agency, by=by, at=NOON, introduction="新", **facts)

    assert guards_of(refused) == ["public_names_stay"]
    agency = Agency.objects.select_related("organization").get()
    assert (agency.organization.name, agency.organization.uscc) == (name, code)
    assert agency.introduction == ""
    actions.change_agency(agency=agency, by=by, at=NOON, name=name, introduction="新")
