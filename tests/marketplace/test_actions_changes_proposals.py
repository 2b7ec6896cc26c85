from __future__ import annotations

from typing import Any

import pytest

from marketplace.actions.changes import (
    confirm_change,
    correct_change,
    propose_change,
    return_change,
    withdraw_change,
)
from marketplace.guards.versions import version_of_application
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    ChangeProposal,
    Message,
    User,
)
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    QualificationFactory,
    UserFactory,
)
from tests.marketplace.changes import (
    LATER,
    NEW_NAME,
    OLD_NAME,
    change_facts,
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


def test_several_may_be_open_but_not_two_on_one_field(agency: Agency, manager: User) -> None:
    change_facts(agency, manager, name=NEW_NAME)
    other = change_facts(agency, manager, contact_phone="079187654321")

    with pytest.raises(Refused) as refused:
        change_facts(agency, manager, name="江西第三名咨询有限公司", address="别处")

    assert refusals(refused) == ["nothing_is_open_on_the_same"]
    assert "名称" in str(refused.value.verdicts[0].refusal)
    assert ChangeProposal.objects.count() == 2
    withdraw_change(proposal=other, by=manager, at=LATER)
    assert change_facts(agency, manager, contact_phone="079187654322").status == S.SUBMITTED


@pytest.mark.parametrize(
    ("status", "values", "files", "guard"),
    [
        ("active", {"name": OLD_NAME}, 1, "change_differs"),
        ("active", {"name": NEW_NAME}, 0, "change_has_its_papers"),
        ("submitted", {"name": NEW_NAME}, 1, "agency_is_on_the_register"),
        ("active", {"uscc": "91360702MA0000000A"}, 1, "uscc_is_new"),
    ],
)
def test_what_cannot_be_proposed_stores_nothing(
    status: str, values: dict[str, Any], files: int, guard: str
) -> None:
    agency = AgencyFactory(**{status: True}, organization__name=OLD_NAME)
    AgencyFactory(organization__uscc="91360702MA0000000A")

    with pytest.raises(Refused) as refused:
        propose_change(
            agency=agency,
            part=Part.FACTS,
            act=Act.CHANGE,
            values=values,
            files=[pdf()] * files,
            by=UserFactory(),
            at=NOON,
        )

    assert refusals(refused) == [guard]
    assert not ChangeProposal.objects.exists()


def test_a_stale_page_proposes_nothing(agency: Agency, manager: User) -> None:
    seen = version_of_application(agency).token
    QualificationFactory(agency=agency)

    with pytest.raises(Refused):
        propose_change(
            agency=agency,
            part=Part.FACTS,
            act=Act.CHANGE,
            values={"contact_name": "新联系人"},
            by=manager,
            at=NOON,
            seen=seen,
        )

    assert not ChangeProposal.objects.exists()


def test_what_comes_back_is_corrected_and_counts_then(
    agency: Agency, manager: User, officer: User
) -> None:
    proposal = change_facts(agency, manager, address="江西省赣州市章贡区新路8号")

    proposal = return_change(proposal=proposal, reasons="门牌号不符", by=officer, at=LATER)

    assert (proposal.status, proposal.return_reasons) == (S.RETURNED, "门牌号不符")
    assert Message.objects.get().subject == "登记变更已退回：登记地址"
    proposal = correct_change(
        proposal=proposal, values={"address": "江西省赣州市章贡区新路9号"}, by=manager, at=LATER
    )
    assert (proposal.status, proposal.papers.count()) == (S.SUBMITTED, 1)
    confirm_change(proposal=proposal, by=officer, at=LATER)
    agency.organization.refresh_from_db()
    assert agency.organization.address == "江西省赣州市章贡区新路9号"
