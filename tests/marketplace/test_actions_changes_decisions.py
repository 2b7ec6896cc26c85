from __future__ import annotations

from datetime import date

import pytest

from marketplace.actions.changes import (
    confirm_change,
    propose_change,
    return_change,
)
from marketplace.guards.versions import version_of_change
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    ChangeProposal,
    Message,
    Organization,
    Practitioner,
    Qualification,
    RegisterEntry,
    User,
)
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceClassFactory,
    UserFactory,
)
from tests.marketplace.changes import (
    LATER,
    NEW_NAME,
    OLD_NAME,
    change_facts,
    name_of,
    pdf,
    refusals,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Act, Part, S = ChangeProposal.Act, ChangeProposal.Part, ChangeProposal.Status


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(active=True, organization__name=OLD_NAME)


@pytest.fixture
def manager(agency: Agency) -> User:
    return MembershipFactory(organization=agency.organization).user


@pytest.fixture
def officer() -> User:
    return UserFactory()


def test_a_new_name_counts_only_after_the_check_and_the_register_keeps_the_old_one(
    agency: Agency, manager: User, officer: User
) -> None:
    proposal = change_facts(agency, manager, name=NEW_NAME, legal_representative="陈测试")

    assert (proposal.status, proposal.values) == (S.SUBMITTED, {"name": NEW_NAME})
    assert proposal.base["name"] == OLD_NAME
    assert proposal.check_due_at is not None
    assert name_of(agency) == OLD_NAME
    assert proposal.papers.get().document.content_type == "application/pdf"

    confirm_change(proposal=proposal, by=officer, at=LATER)

    assert name_of(agency) == NEW_NAME
    entry = RegisterEntry.objects.get()
    assert (entry.before, entry.after) == ({"name": OLD_NAME}, {"name": NEW_NAME})
    assert (entry.proposed_by, entry.confirmed_by, entry.at) == (manager, officer, LATER)
    assert Message.objects.get().subject == "登记变更已生效：名称"
    assert [row.verb for row in AuditEntry.objects.filter(target_type__endswith="proposal")] == [
        "change.confirmed",
        "change.proposed",
    ]


def test_a_renewal_before_the_end_leaves_no_day_uncovered(
    agency: Agency, manager: User, officer: User
) -> None:
    service_class = ServiceClassFactory()
    old = QualificationFactory(
        agency=agency, service_class=service_class, valid_until=date(2026, 12, 31)
    )
    renewal = propose_change(
        agency=agency,
        part=Part.QUALIFICATION,
        act=Act.RENEW,
        target=old.pk,
        values={
            "service_class": service_class,
            "kind": old.kind,
            "name": old.name,
            "certificate_number": old.certificate_number,
            "level": old.level,
            "issuer": old.issuer,
            "valid_from": date(2027, 1, 1),
            "valid_until": date(2031, 12, 31),
        },
        files=[pdf()],
        by=manager,
        at=NOON,
    )
    assert Qualification.objects.count() == 1

    confirm_change(proposal=renewal, by=officer, at=LATER)

    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2031, 12, 31)):
        assert Qualification.objects.valid_on(day).count() == 1
    assert Qualification.objects.valid_on(date(2032, 1, 1)).count() == 0
    new = Qualification.objects.exclude(pk=old.pk).get()
    assert new.papers.get().proposal == renewal


@pytest.mark.parametrize("part", [Part.QUALIFICATION, Part.PRACTITIONER])
def test_a_row_is_edited_or_ended_and_its_history_stays(
    agency: Agency, manager: User, officer: User, part: Part
) -> None:
    factory = QualificationFactory if part == Part.QUALIFICATION else PractitionerFactory
    row = factory(agency=agency)
    asked = {"agency": agency, "part": part, "target": row.pk, "by": manager, "at": NOON}

    change = propose_change(act=Act.CHANGE, values={"name": "李更名"}, files=[pdf()], **asked)
    confirm_change(proposal=change, by=officer, at=LATER)
    row.refresh_from_db()
    assert row.name == "李更名"

    end = propose_change(act=Act.END, **asked)
    confirm_change(proposal=end, by=officer, at=LATER)

    assert not type(row).objects.exists()
    first, last = RegisterEntry.objects.all()
    assert first.after == {"name": "李更名"}
    assert (last.before["name"], last.after) == ("李更名", {})
    assert change.papers.get().removed_at == LATER


def test_somebodys_authority_is_limited_to_classes(
    agency: Agency, manager: User, officer: User
) -> None:
    agent = MembershipFactory(organization=agency.organization, role="agency_agent")
    service_class = ServiceClassFactory()

    proposal = propose_change(
        agency=agency,
        part=Part.AGENT,
        act=Act.CHANGE,
        target=agent.pk,
        values={"service_classes": [service_class]},
        files=[pdf()],
        by=manager,
        at=NOON,
    )
    confirm_change(proposal=proposal, by=officer, at=LATER)

    assert [*agent.service_classes.all()] == [service_class]


def test_nobody_checks_what_they_proposed_or_their_own_agency(
    agency: Agency, manager: User
) -> None:
    proposal = change_facts(agency, manager, name=NEW_NAME)

    with pytest.raises(Refused) as refused:
        confirm_change(proposal=proposal, by=manager, at=LATER)

    assert refusals(refused) == ["officer_is_independent", "change_is_checked_by_another"]
    assert name_of(agency) == OLD_NAME


def test_the_second_officer_learns_that_it_is_decided(
    agency: Agency, manager: User, officer: User
) -> None:
    proposal = change_facts(agency, manager, name=NEW_NAME)
    seen = version_of_change(proposal).token
    return_change(proposal=proposal, reasons="材料不清", by=officer, at=LATER, seen=seen)

    with pytest.raises(Refused) as refused:
        confirm_change(proposal=proposal, by=UserFactory(), at=LATER, seen=seen)

    assert refusals(refused) == ["change_awaits_check", "nothing_has_changed_since"]
    assert name_of(agency) == OLD_NAME


def test_what_was_confirmed_was_seen(agency: Agency, manager: User, officer: User) -> None:
    proposal = change_facts(agency, manager, name=NEW_NAME)
    seen = version_of_change(proposal).token
    Organization.objects.filter(pk=agency.pk).update(legal_representative="赵另人")

    with pytest.raises(Refused) as refused:
        confirm_change(proposal=proposal, by=officer, at=LATER, seen=seen)

    assert refusals(refused) == ["nothing_has_changed_since"]
    assert name_of(agency) == OLD_NAME


def test_a_professional_of_another_agency_is_refused_again_at_the_check(
    agency: Agency, manager: User, officer: User
) -> None:
    values = {"name": "王一", "certificate_name": "注册测试工程师", "certificate_number": "X1"}
    proposal = propose_change(
        agency=agency,
        part=Part.PRACTITIONER,
        act=Act.ADD,
        values=values,
        files=[pdf()],
        by=manager,
        at=NOON,
    )
    PractitionerFactory(certificate_number="X1")

    with pytest.raises(Refused) as refused:
        confirm_change(proposal=proposal, by=officer, at=LATER)

    assert refusals(refused) == ["practitioner_is_new"]
    assert Practitioner.objects.count() == 1
