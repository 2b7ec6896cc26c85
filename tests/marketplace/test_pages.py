"""What marketplace puts on the workbench: to-dos, duties, panels."""

from datetime import timedelta

import pytest
from django.test import Client

from marketplace import pages
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Parameter
from marketplace.models import Invitation, Membership
from marketplace.pages.laws import lapsed_rows
from marketplace.web.workbench import TODOS, todos_of
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, AgencyFactory, AuthorityFactory, division, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


Role = Membership.Role


def test_an_agency_is_reminded_of_its_draft_and_of_its_return(client: Client, answering) -> None:
    answering(TODOS.answer(pages.todos))
    draft = party(AgencyFactory().organization, Role.AGENCY_MANAGER)
    returned = party(AgencyFactory(returned=True).organization, Role.AGENCY_MANAGER)
    agent = party(AgencyFactory().organization, Role.AGENCY_AGENT)

    assert [todo.title for todo in todos_of(draft, NOON)] == ["填写并提交入驻申请"]
    assert [todo.title for todo in todos_of(returned, NOON)] == ["按退回理由更正入驻申请"]
    assert todos_of(agent, NOON) == []


def test_a_new_officer_is_confirmed_by_a_second_one_or_where_there_is_none_from_above() -> None:
    above = party(AuthorityFactory(division=division(PROVINCE)), Role.MANAGER)
    chief = party(AuthorityFactory(), Role.MANAGER)
    invitation = Invitation.objects.create(
        organization=chief.organization,
        login="wang",
        role=Role.OPERATOR,
        invited_by=chief.user,
        invited_at=NOON,
        expires_at=NOON + timedelta(days=7),
    )

    assert pages.todos(chief, NOON) == []
    [todo] = pages.todos(above, NOON)
    assert (todo.title, todo.due_at) == ("确认新的管理机构人员", invitation.expires_at)
    assert todo.url == f"/invitations/{invitation.slug}/confirm/"

    second = party(chief.organization, Role.REGULATOR)
    assert pages.todos(above, NOON) == []
    assert [one.url for one in pages.todos(second, NOON)] == [todo.url]


@pytest.mark.parametrize(
    ("minutes", "is_held"), [(9, False), (10, True)], ids=["within the grace", "after it"]
)
def test_what_should_have_become_active_by_itself_is_told_an_officer_of_its_area(
    minutes: int, is_held: bool
) -> None:
    agency = AgencyFactory(publicity=True, publicity_ends_at=NOON)
    officer = party(AuthorityFactory(), Role.OPERATOR)

    todos = pages.todos(officer, NOON + timedelta(minutes=minutes))

    url = f"/operator/admissions/{agency.organization.slug}/"
    assert [(one.url, one.due_at) for one in todos] == ([(url, NOON)] if is_held else [])


def test_an_officer_finds_what_is_due_first_with_its_end_in_front() -> None:
    officer = party(AuthorityFactory(), Role.OPERATOR)
    place = officer.organization.division
    late = AgencyFactory(submitted=True, check_due_at=NOON, organization__division=place)
    AgencyFactory(submitted=True, organization__division=division("360103"))
    day_before = NOON - timedelta(days=1)
    first = AgencyFactory(submitted=True, check_due_at=day_before, organization__division=place)
    late.deadlines.update(is_provisional=True)

    todos = pages.todos(officer, NOON)

    assert [(one.url, one.due_at, one.is_provisional) for one in todos] == [
        (f"/operator/admissions/{first.organization.slug}/", day_before, False),
        (f"/operator/admissions/{late.organization.slug}/", NOON, True),
    ]


def test_a_manager_of_an_authority_finds_what_they_look_after(client: Client) -> None:
    authority = AuthorityFactory()
    client.force_login(party(authority, Role.MANAGER).user)
    Parameter.objects.create(
        key="order.signup_min",
        division=authority.division,
        value=5,
        in_force_from=day_of(NOON) + timedelta(days=9),
        legal_basis="平台默认",
    )

    response = client.get("/workbench/")

    (panel,) = [one for one in response.context["asides"] if "duties" in one.context]
    assert [(duty.label, duty.count) for duty in panel.context["duties"]] == [
        ("已失效依据", len(lapsed_rows(day_of(NOON)))),
        ("将要生效的规则", 1),
        ("本单位成员", 1),
    ]
    assert "规则与单位" in response.content.decode()
