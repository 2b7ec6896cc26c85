"""An agency's part of its admission: it fills in and submits, while the application is open."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.actions import admissions as actions
from marketplace.kernel.models import AuditEntry, Parameter
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Practitioner, Qualification
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    OrganizationFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    UserFactory,
    valid_uscc,
)
from tests.marketplace.refusals import guards_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

S = Agency.Status
BEIJING = ZoneInfo("Asia/Shanghai")


def submitted(**values) -> Agency:
    return AgencyFactory(submitted=True, **values)


def complete() -> Agency:
    return AgencyFactory(complete=True, qualified_in=ServiceClassFactory())


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

    assert guards_of(refused) == [
        "facts_are_complete",
        "agency_has_valid_qualification",
        "papers_are_complete",
    ]
    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (S.DRAFT, None)
    assert not AuditEntry.objects.exists()


def test_a_returned_application_is_corrected_and_submitted_again() -> None:
    agency = AgencyFactory(returned=True, qualified_in=ServiceClassFactory())
    by, later = UserFactory(), NOON + timedelta(days=1)

    actions.change_agency(agency=agency, by=by, at=later, office_address="新地址")
    actions.submit_admission(agency=agency, by=by, at=later)

    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (S.SUBMITTED, later)


def test_a_word_holds_from_its_day_where_no_law_asks_for_a_certificate() -> None:
    agency, by = AgencyFactory(), UserFactory()
    free = ServiceClassFactory(requirement="commitment")
    bound = ServiceClassFactory(requirement="certificate", legal_basis="《测绘法》第二十七条")
    word = {"agency": agency, "by": by, "at": NOON, "kind": "commitment", "name": "承诺"}

    given = actions.add_qualification(service_class=free, **word)
    with pytest.raises(Refused) as refused:
        actions.add_qualification(service_class=bound, **word)

    assert (given.certificate_number, given.valid_from) == ("", NOON.date())
    [verdict] = refused.value.verdicts
    assert verdict.explained == (
        f"“{bound.name}”依法须有资质证书，不能只作承诺。依据：《测绘法》第二十七条。"
    )
    assert [*Qualification.objects.all()] == [given]
