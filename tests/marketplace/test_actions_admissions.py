from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.actions import admissions as actions
from marketplace.kernel.models import AuditEntry, Effect, Parameter
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    Message,
    Practitioner,
    Qualification,
)
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    OrganizationFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    UserFactory,
    valid_uscc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = Agency.Status
BEIJING = ZoneInfo("Asia/Shanghai")


def guards_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [verdict.guard for verdict in refused.value.verdicts]


def submitted(**values) -> Agency:
    return AgencyFactory(submitted=True, **values)


def complete() -> Agency:
    return AgencyFactory(complete=True, qualified_in=ServiceClassFactory())


# --- filling in -------------------------------------------------------------------------------
def test_change_agency_stores_facts_of_both_rows_and_records_only_their_names() -> None:
    agency, by = AgencyFactory(), UserFactory()

    actions.change_agency(
        agency=agency,
        by=by,
        at=NOON,
        name="江西新名有限公司",
        nature="company",
        founded_on=date(2020, 1, 2),
        contact_name=agency.organization.contact_name,
    )

    agency = Agency.objects.select_related("organization").get()
    assert agency.organization.name == "江西新名有限公司"
    assert (agency.nature, agency.founded_on) == ("company", date(2020, 1, 2))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.data) == (
        "agency.changed",
        {"fields": ["founded_on", "name", "nature"]},
    )


def test_a_new_credit_code_waits_for_confirmation_again() -> None:
    agency = AgencyFactory(returned=True, organization__uscc_confirmed_at=NOON)
    right = valid_uscc(777)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")

    actions.change_agency(agency=agency, by=UserFactory(), at=NOON, uscc=wrong)

    organization = Agency.objects.get().organization
    assert (organization.uscc, organization.has_valid_check_digit) == (wrong, False)
    assert organization.uscc_confirmed_at is None


def test_an_agency_cannot_take_another_one_s_code() -> None:
    taken = OrganizationFactory().uscc
    agency = AgencyFactory()

    with pytest.raises(Refused) as refused:
        actions.change_agency(agency=agency, by=UserFactory(), at=NOON, uscc=taken, name="改名")

    assert guards_of(refused) == ["uscc_is_new"]
    assert Agency.objects.get().organization.name == agency.organization.name


def test_a_fact_that_no_agency_has_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(actions.UnknownFact, match="status"):
        actions.change_agency(agency=AgencyFactory(), by=UserFactory(), at=NOON, status="active")


@pytest.mark.parametrize("state", ["submitted", "publicity", "active", "withdrawn"])
def test_a_closed_application_refuses_every_change_and_keeps_what_it_has(state: str) -> None:
    agency = AgencyFactory(**{state: True})
    certificate = QualificationFactory(agency=agency)
    person = PractitionerFactory(agency=agency)
    common = {"by": UserFactory(), "at": NOON}
    acts = [
        lambda: actions.change_agency(agency=agency, introduction="改", **common),
        lambda: actions.add_qualification(
            agency=agency,
            service_class=ServiceClassFactory(),
            certificate_number="NEW",
            valid_from=date(2026, 1, 1),
            **common,
        ),
        lambda: actions.remove_qualification(qualification=certificate, **common),
        lambda: actions.add_practitioner(agency=agency, certificate_number="NEW", **common),
        lambda: actions.remove_practitioner(practitioner=person, **common),
        lambda: actions.submit_admission(agency=agency, **common),
    ]

    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert guards_of(refused)[0] == "admission_is_open"

    assert Agency.objects.get().introduction == ""
    assert [*Qualification.objects.all()] == [certificate]
    assert [*Practitioner.objects.all()] == [person]
    assert not AuditEntry.objects.exists()


def test_certificates_and_professionals_come_and_go_with_a_trail() -> None:
    agency, by = AgencyFactory(), UserFactory()

    certificate = actions.add_qualification(
        agency=agency,
        by=by,
        at=NOON,
        service_class=ServiceClassFactory(),
        certificate_number="A1",
        name="资质",
        issuer="厅",
        valid_from=date(2026, 1, 1),
    )
    person = actions.add_practitioner(
        agency=agency, by=by, at=NOON, certificate_number="P1", name="王", certificate_name="师"
    )
    actions.remove_qualification(qualification=certificate, by=by, at=NOON)
    actions.remove_practitioner(practitioner=person, by=by, at=NOON)

    assert not Qualification.objects.exists()
    assert not Practitioner.objects.exists()
    assert [*AuditEntry.objects.order_by("pk").values_list("verb", flat=True)] == [
        "qualification.added",
        "practitioner.added",
        "qualification.removed",
        "practitioner.removed",
    ]


def test_a_certificate_and_a_professional_are_not_entered_twice() -> None:
    known, person = QualificationFactory(), PractitionerFactory()
    common = {"agency": known.agency, "by": UserFactory(), "at": NOON}

    with pytest.raises(Refused) as twice:
        actions.add_qualification(
            service_class=known.service_class,
            certificate_number=known.certificate_number,
            valid_from=date(2026, 1, 1),
            **common,
        )
    with pytest.raises(Refused) as elsewhere:
        actions.add_practitioner(certificate_number=person.certificate_number, **common)

    assert guards_of(twice) == ["certificate_is_new"]
    assert guards_of(elsewhere) == ["practitioner_is_new"]
    assert Qualification.objects.count() == Practitioner.objects.count() == 1


# --- submission ---------------------------------------------------------------------------------
def test_submit_signs_the_commitment_and_starts_two_working_days() -> None:
    agency = complete()

    actions.submit_admission(agency=agency, by=UserFactory(), at=NOON)

    agency.refresh_from_db()
    assert agency.status == S.SUBMITTED
    assert agency.submitted_at == agency.commitment_signed_at == NOON
    assert agency.check_due_at == datetime(2026, 11, 27, tzinfo=BEIJING)
    assert not agency.is_due_provisional
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == ("agency.submitted", "draft", "submitted")


def test_the_deadline_reads_the_rulebook_of_the_day() -> None:
    Parameter.objects.filter(key="onboarding.formal_check").update(value=1)
    agency = complete()

    actions.submit_admission(agency=agency, by=UserFactory(), at=NOON)

    agency.refresh_from_db()
    assert agency.check_due_at == datetime(2026, 11, 26, tzinfo=BEIJING)


def test_a_deadline_in_a_year_without_a_calendar_is_provisional() -> None:
    at = datetime(2026, 12, 31, 12, 0, tzinfo=BEIJING)
    agency = complete()

    actions.submit_admission(agency=agency, by=UserFactory(), at=at)

    agency.refresh_from_db()
    assert agency.is_due_provisional


def test_submit_refuses_an_incomplete_application_and_changes_nothing() -> None:
    agency = AgencyFactory()

    with pytest.raises(Refused) as refused:
        actions.submit_admission(agency=agency, by=UserFactory(), at=NOON)

    assert guards_of(refused) == ["facts_are_complete", "agency_has_valid_qualification"]
    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (S.DRAFT, None)
    assert not AuditEntry.objects.exists()


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


def test_a_returned_application_is_corrected_and_submitted_again() -> None:
    agency = AgencyFactory(returned=True, qualified_in=ServiceClassFactory())
    by, later = UserFactory(), NOON + timedelta(days=1)

    actions.change_agency(agency=agency, by=by, at=later, office_address="新地址")
    actions.submit_admission(agency=agency, by=by, at=later)

    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (S.SUBMITTED, later)


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
