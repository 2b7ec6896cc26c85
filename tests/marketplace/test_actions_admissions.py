from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from marketplace.actions import admissions as actions
from marketplace.kernel.models import AuditEntry, Effect, Parameter
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Message
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import AgencyFactory, MembershipFactory, UserFactory
from tests.marketplace.refusals import guards_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = Agency.Status
BEIJING = ZoneInfo("Asia/Shanghai")


def submitted(**values) -> Agency:
    return AgencyFactory(submitted=True, **values)


# --- filling in -------------------------------------------------------------------------------


# --- submission ---------------------------------------------------------------------------------


# --- formal check -------------------------------------------------------------------------------
def test_return_keeps_the_reasons_and_tells_the_agency() -> None:
    agency, officer = submitted(), UserFactory()
    member = MembershipFactory(organization=agency.organization).user

    actions.return_admission(
        agency=agency,
        reasons=" 编号 <A&B> 与公布的不一致 ",
        by=officer,
        at=NOON,
    )

    agency.refresh_from_db()
    assert (agency.status, agency.return_reasons) == (S.RETURNED, "编号 <A&B> 与公布的不一致")
    assert (agency.checked_by, agency.checked_at) == (officer, NOON)
    message = Message.objects.get()
    assert (message.user, message.url) == (member, "/admission/")
    assert message.subject == f"入驻申请已退回：{agency.organization.name}"
    assert "编号 <A&B> 与公布的不一致" in message.body
    assert Effect.objects.get().payload == {"message": message.pk}


@pytest.mark.parametrize(
    ("state", "reasons", "guard"),
    [
        ("submitted", " ", "reasons_are_given"),
        ("returned", "再退", "admission_awaits_check"),
        ("publicity", "再退", "admission_awaits_check"),
        ("active", "再退", "admission_awaits_check"),
    ],
)
def test_return_refuses_and_changes_nothing(state: str, reasons: str, guard: str) -> None:
    agency = AgencyFactory(**{state: True})
    before = agency.return_reasons

    with pytest.raises(Refused) as refused:
        actions.return_admission(
            agency=agency,
            reasons=reasons,
            by=UserFactory(),
            at=NOON,
        )

    assert guards_of(refused) == [guard]
    agency.refresh_from_db()
    assert (agency.status, agency.return_reasons) == (state, before)
    assert not Message.objects.exists()


def test_approve_starts_five_working_days_of_publicity_and_tells_the_agency() -> None:
    agency, officer = submitted(), UserFactory()
    MembershipFactory(organization=agency.organization)

    actions.approve_admission(agency=agency, by=officer, at=NOON)

    agency.refresh_from_db()
    assert (agency.status, agency.checked_by) == (S.PUBLICITY, officer)
    assert agency.publicity_ends_at == datetime(2026, 12, 2, tzinfo=BEIJING)
    assert agency.activated_at is None
    assert "2026年12月1日 24:00" in Message.objects.get().body


def test_without_a_publicity_period_the_agency_is_due_at_once() -> None:
    Parameter.objects.filter(key="onboarding.publicity").update(value=0)
    agency = submitted()

    actions.approve_admission(agency=agency, by=UserFactory(), at=NOON)

    agency.refresh_from_db()
    assert agency.publicity_ends_at == NOON


def test_approve_confirms_a_wrong_check_digit_only_when_ticked() -> None:
    agency, officer = submitted(organization__has_valid_check_digit=False), UserFactory()

    with pytest.raises(Refused) as refused:
        actions.approve_admission(agency=agency, by=officer, at=NOON)
    assert guards_of(refused) == ["uscc_is_confirmed"]

    actions.approve_admission(agency=agency, by=officer, at=NOON, uscc_confirmed=True)

    organization = Agency.objects.get().organization
    assert organization.uscc_confirmed_at == NOON
    assert organization.uscc_is_settled
    assert AuditEntry.objects.get().data == {"uscc_confirmed": True}


def test_a_tick_confirms_nothing_where_the_check_digit_is_right() -> None:
    agency = submitted()

    actions.approve_admission(
        agency=agency,
        by=UserFactory(),
        at=NOON,
        uscc_confirmed=True,
    )

    assert Agency.objects.get().organization.uscc_confirmed_at is None


def test_nobody_checks_their_own_agency() -> None:
    agency, officer = submitted(), UserFactory()
    MembershipFactory(user=officer, organization=agency.organization)

    for act in (
        lambda: actions.approve_admission(agency=agency, by=officer, at=NOON),
        lambda: actions.return_admission(agency=agency, reasons="退", by=officer, at=NOON),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert guards_of(refused) == ["officer_is_independent"]

    assert Agency.objects.get().status == S.SUBMITTED


# --- the representative of a sanctioned agency ---------------------------------------------------
def test_a_namesake_of_a_sanctioned_representative_is_passed_only_when_checked() -> None:
    sanction = RestrictionFactory(organization=active_agency(legal_representative="周 敏"))
    agency, officer = submitted(organization__legal_representative="周敏"), UserFactory()
    number = sanction.case.decision_number

    with pytest.raises(Refused) as refused:
        actions.approve_admission(agency=agency, by=officer, at=NOON)
    [verdict] = refused.value.verdicts
    assert (verdict.guard, str(verdict.source)) == ("representative_is_not_sanctioned", "平台默认")
    assert f"{sanction.organization.name}（{number}）。信用限制期内" in verdict.refusal
    assert Agency.objects.get(pk=agency.pk).status == S.SUBMITTED
    assert not AuditEntry.objects.exists()

    actions.approve_admission(agency=agency, by=officer, at=NOON, ruled_out=[number])
    assert Agency.objects.get(pk=agency.pk).status == S.PUBLICITY
    assert AuditEntry.objects.get().data == {
        "uscc_confirmed": False,
        "not_the_namesake_of": [number],
    }


# --- publicity and after ------------------------------------------------------------------------
def test_activate_opens_the_province_from_the_end_of_publicity() -> None:
    agency = AgencyFactory(publicity=True)
    MembershipFactory(organization=agency.organization)
    end = agency.publicity_ends_at

    actions.activate_agency(agency=agency, at=end)

    agency.refresh_from_db()
    assert (agency.status, agency.activated_at) == (S.ACTIVE, end)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.at) == ("agency.activated", None, end)
    assert Message.objects.get().created_at == end


@pytest.mark.parametrize(
    ("state", "guards"),
    [
        ("publicity", ["publicity_is_over"]),
        ("submitted", ["agency_is_in_publicity", "publicity_is_over"]),
        ("active", ["agency_is_in_publicity"]),
    ],
)
def test_activate_refuses_before_the_end_and_twice(state: str, guards: list[str]) -> None:
    agency = AgencyFactory(**{state: True})

    with pytest.raises(Refused) as refused:
        actions.activate_agency(agency=agency, at=NOON)

    assert guards_of(refused) == guards
    assert Agency.objects.get().status == state
    assert not AuditEntry.objects.exists()
