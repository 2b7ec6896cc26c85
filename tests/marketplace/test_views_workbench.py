from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace import pages
from marketplace.models import Membership
from marketplace.parties import SESSION_KEY
from marketplace.web.workbench import ASIDES, NAV, TODOS
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    ServiceClassFactory,
    UserFactory,
    party,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role


def test_the_workbench_asks_for_a_log_in(client: Client) -> None:
    assert client.get("/workbench/").url == "/accounts/login/?next=/workbench/"
    assert client.post("/workbench/switch/").status_code == 302


def test_a_person_without_an_organization_is_led_to_registration(client: Client) -> None:
    client.force_login(UserFactory())

    page = client.get("/workbench/").content.decode()

    assert 'href="/register/agency/"' in page
    assert 'href="/register/buyer/"' in page


EDIT = '<a href="/cms/">'


def test_an_editor_without_an_organization_is_shown_the_way_to_the_pages(client: Client) -> None:
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    page = client.get("/workbench/").content.decode()

    assert page.count(EDIT) == 1
    assert "进入编辑后台" in page


def test_an_editor_with_an_organization_finds_the_pages_in_the_person_menu(client: Client) -> None:
    editor = party(BuyerFactory().organization, Role.BUYER_MANAGER).user
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    assert client.get("/workbench/").content.decode().count(EDIT) == 1


def test_who_is_no_editor_is_not_sent_to_the_pages(client: Client) -> None:
    for user in (UserFactory(), party(BuyerFactory().organization, Role.BUYER_MANAGER).user):
        client.force_login(user)

        assert 'href="/cms/"' not in client.get("/workbench/").content.decode()


OWN_PAGES = ["/admission/", "/admission/changes/", "/admission/moves/", "/admission/performance/"]


@pytest.mark.parametrize(
    ("kind", "role", "urls"),
    [
        (
            "agency",
            Role.AGENCY_MANAGER,
            ["/workbench/", *OWN_PAGES, "/members/", "/inbox/"],
        ),
        (
            "agency",
            Role.AGENCY_AGENT,
            ["/workbench/", *OWN_PAGES, "/inbox/"],
        ),
        (
            "buyer",
            Role.BUYER_MANAGER,
            ["/workbench/", "/buyer/facts/", "/members/", "/inbox/"],
        ),
        ("buyer", Role.BUYER_AGENT, ["/workbench/", "/inbox/"]),
        (
            "authority",
            Role.OPERATOR,
            [
                "/workbench/",
                "/operator/admissions/",
                "/operator/changes/",
                "/operator/owners/",
                "/operator/moves/",
                "/operator/performance/",
                "/operator/stand-ins/",
                "/inbox/",
            ],
        ),
        (
            "authority",
            Role.MANAGER,
            [
                *("/workbench/", "/members/", "/operator/stand-ins/"),
                *("/manager/rules/", "/manager/sources/", "/manager/trail/", "/inbox/"),
            ],
        ),
        ("authority", Role.REGULATOR, ["/workbench/", "/operator/stand-ins/", "/inbox/"]),
    ],
)
def test_each_role_finds_its_own_entries_and_each_entry_opens(
    client: Client, answering, kind: str, role: str, urls: list[str]
) -> None:
    answering(NAV.answer(pages.nav))
    made = {"agency": AgencyFactory, "buyer": BuyerFactory}.get(kind)
    client.force_login(party(made().organization if made else AuthorityFactory(), role).user)

    page = client.get("/workbench/")

    assert [item.url for item in page.context["workbench_nav"]()] == urls
    assert {client.get(url).status_code for url in urls} == {200}


def test_an_operator_finds_applications_by_their_deadline(client: Client, answering) -> None:
    answering(TODOS.answer(pages.todos))
    operator = party(AuthorityFactory(), Role.OPERATOR)
    client.force_login(operator.user)
    for days in (-1, 3):
        AgencyFactory(submitted=True, check_due_at=NOON + timedelta(days=days))

    page = client.get("/workbench/")

    assert [todo.due_at for todo in page.context["todos"]] == [
        NOON - timedelta(days=1),
        NOON + timedelta(days=3),
    ]
    assert "<h1>待办 2 项，1 项已逾期</h1>" in on_one_line(page)


@pytest.mark.parametrize(
    ("due_at", "heading"),
    [
        (NOON.replace(hour=23, minute=59), "待办 1 项，今天 1 项到期"),
        (NOON.replace(hour=0) + timedelta(days=1), "待办 1 项，今天 1 项到期"),
        (NOON.replace(hour=0, minute=1) + timedelta(days=1), "待办 1 项，今天没有到期的"),
    ],
    ids=["today 23:59", "today 24:00", "tomorrow 00:01"],
)
def test_a_deadline_at_midnight_belongs_to_the_day_that_it_ends(
    client: Client, answering, due_at, heading: str
) -> None:
    answering(TODOS.answer(pages.todos))
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    AgencyFactory(submitted=True, check_due_at=due_at)

    assert f"<h1>{heading}</h1>" in on_one_line(client.get("/workbench/"))


def test_a_person_switches_between_their_own_organizations_alone(client: Client) -> None:
    user = UserFactory()
    first, second = BuyerFactory().organization, AgencyFactory().organization
    party(first, Role.BUYER_MANAGER, user=user)
    party(second, Role.AGENCY_MANAGER, user=user)
    foreign = BuyerFactory().organization
    client.force_login(user)

    assert client.get("/workbench/").context["party"].organization == first
    page = client.post("/workbench/switch/", {"organization": second.slug}, follow=True)
    assert page.context["party"].organization == second
    assert "现在代表" in page.content.decode()

    refused = client.post("/workbench/switch/", {"organization": foreign.slug})
    assert refused.status_code == 404
    assert client.session[SESSION_KEY] == second.slug
    assert client.get("/workbench/switch/").status_code == 405


def test_an_ended_membership_ends_at_once_even_in_an_open_session(client: Client) -> None:
    user = UserFactory()
    ended = MembershipFactory(
        user=user, organization=BuyerFactory().organization, role=Role.BUYER_MANAGER
    )
    client.force_login(user)
    client.post("/workbench/switch/", {"organization": ended.organization.slug})
    assert client.get("/members/").status_code == 200

    ended.is_active = False
    ended.save()

    assert client.get("/members/").status_code == 302


def test_the_workbench_needs_the_same_queries_for_one_thing_and_for_ten(
    client: Client, answering, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answering(TODOS.answer(pages.todos))
    answering(NAV.answer(pages.nav))
    answering(ASIDES.answer(pages.asides))
    client.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    AgencyFactory(submitted=True, qualified_in=ServiceClassFactory())
    client.get("/workbench/")
    with django_assert_num_queries(18) as one:
        client.get("/workbench/")
    for _row in range(9):
        AgencyFactory(submitted=True)

    with django_assert_num_queries(len(one)):
        client.get("/workbench/")
