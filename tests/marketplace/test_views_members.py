import pytest
from django.test import Client

from marketplace.actions.memberships import invite_member
from marketplace.models import Invitation, Membership
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.marketplace import (
    CITY,
    COUNTY,
    PROVINCE,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    UserFactory,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role


@pytest.fixture
def manager() -> Party:
    return party(BuyerFactory().organization, Role.BUYER_MANAGER)


@pytest.fixture
def office(client: Client, manager: Party) -> Client:
    client.force_login(manager.user)
    return client


def invite(manager: Party, login: str) -> Invitation:
    return invite_member(
        organization=manager.organization,
        login=login,
        role=Role.BUYER_AGENT,
        by=manager.user,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("kind", "role", "status"),
    [
        ("agency", Role.AGENCY_MANAGER, 200),
        ("agency", Role.AGENCY_AGENT, 403),
        ("buyer", Role.BUYER_MANAGER, 200),
        ("buyer", Role.BUYER_AGENT, 403),
        ("authority", Role.MANAGER, 200),
        ("authority", Role.OPERATOR, 403),
        ("authority", Role.REGULATOR, 403),
        ("authority", Role.INSPECTOR, 403),
    ],
)
def test_only_managers_see_and_set_the_members(
    client: Client, kind: str, role: str, status: int
) -> None:
    made = {"agency": AgencyFactory, "buyer": BuyerFactory}.get(kind)
    organization = made().organization if made else AuthorityFactory()
    user = party(organization, role).user
    client.force_login(user)
    end_url = f"/members/{user.memberships.get().pk}/end/"
    refused = 422 if status == 200 else 403

    assert client.get("/members/").status_code == status
    assert client.post("/members/", {}).status_code == refused
    assert client.post(end_url).status_code == refused


def test_the_answer_is_the_same_for_a_login_that_exists_and_one_that_does_not(
    office: Client,
) -> None:
    UserFactory(username="wang")
    answers = {}
    for login in ("wang", "wong"):
        page = office.post("/members/", {"login": login, "role": Role.BUYER_AGENT}, follow=True)
        answers[login] = page.content.decode().split('role="status"')[1].split("</div>")[0]
        Invitation.objects.all().delete()

    assert "如果这个账号存在，对方会收到邮件" in answers["wang"]
    assert answers["wang"].replace("wang", "wong") == answers["wong"]


def test_an_unfitting_role_is_refused(office: Client) -> None:
    page = office.post("/members/", {"login": "wang", "role": Role.OPERATOR})

    assert page.status_code == 422
    assert not Invitation.objects.exists()


def test_a_manager_ends_a_membership_but_not_the_last_manager_s(
    office: Client, manager: Party
) -> None:
    agent = MembershipFactory(organization=manager.organization, role=Role.BUYER_AGENT)
    own = Membership.objects.get(user=manager.user)

    office.post(f"/members/{agent.pk}/end/")
    refused = office.post(f"/members/{own.pk}/end/", follow=True)

    agent.refresh_from_db()
    own.refresh_from_db()
    assert (agent.is_active, own.is_active) == (False, True)
    assert "这是最后一位管理员。" in refused.content.decode()


def test_another_organization_s_membership_and_invitation_are_404(office: Client) -> None:
    other = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    membership = MembershipFactory(organization=other.organization, role=Role.BUYER_AGENT)
    invitation = invite(other, "wang")

    ended = office.post(f"/members/{membership.pk}/end/")
    withdrawn = office.post(f"/invitations/{invitation.slug}/withdraw/")

    assert (ended.status_code, withdrawn.status_code) == (404, 404)
    for key in ("x", "-1", "²", "１", "9" * 19, "9" * 5000):
        assert office.post(f"/members/{key}/end/").status_code == 404
    membership.refresh_from_db()
    invitation.refresh_from_db()
    assert membership.is_active
    assert invitation.withdrawn_at is None


def test_what_changes_something_is_asked_for_by_post_alone(office: Client, manager: Party) -> None:
    invitation = invite(manager, "wang")

    assert office.get("/members/0/end/").status_code == 405
    assert office.get(f"/invitations/{invitation.slug}/withdraw/").status_code == 405


def test_a_manager_withdraws_an_invitation(office: Client, manager: Party) -> None:
    invitation = invite(manager, "wang")

    office.post(f"/invitations/{invitation.slug}/withdraw/")

    invitation.refresh_from_db()
    assert invitation.withdrawn_at == NOON


def test_the_person_invited_accepts_and_acts_for_the_organization(
    client: Client, manager: Party
) -> None:
    user = UserFactory(username="wang")
    invitation = invite(manager, "wang")
    client.force_login(user)

    assert invitation.slug in client.get("/workbench/").content.decode()
    assert client.get(f"/invitations/{invitation.slug}/").status_code == 200
    page = client.post(f"/invitations/{invitation.slug}/", follow=True)

    assert page.context["party"].organization == manager.organization
    assert "您已加入" in page.content.decode()


def test_an_invitation_is_404_for_anybody_else_and_asks_for_a_log_in(
    client: Client, manager: Party
) -> None:
    UserFactory(username="wang")
    url = f"/invitations/{invite(manager, 'wang').slug}/"

    assert client.get(url).url == f"/accounts/login/?next={url}"
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    assert Membership.objects.count() == 1


# --- a second officer confirms ------------------------------------------------------------------
def officer_invited(of: Party) -> Invitation:
    return invite_member(
        organization=of.organization, login="wang", role=Role.OPERATOR, by=of.user, at=NOON
    )


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR])
def test_an_officer_of_the_authority_confirms_the_new_one(client: Client, role: str) -> None:
    chief = party(AuthorityFactory(), Role.MANAGER)
    second = party(chief.organization, role)
    invitation = officer_invited(chief)
    page = f"/invitations/{invitation.slug}/confirm/"
    client.force_login(second.user)

    assert page in client.get("/workbench/").content.decode()
    assert "不是邀请人自己的另一个账号" in client.get(page).content.decode()
    client.post(page)

    invitation.refresh_from_db()
    assert invitation.confirmed_by == second.user
    assert page not in client.get("/workbench/").content.decode()


def test_where_there_is_no_second_officer_the_authority_above_confirms(client: Client) -> None:
    chief = party(AuthorityFactory(division=division(COUNTY)), Role.MANAGER)
    above = party(AuthorityFactory(division=division(PROVINCE)), Role.MANAGER)
    invitation = officer_invited(chief)
    page = f"/invitations/{invitation.slug}/confirm/"

    client.force_login(chief.user)
    assert page not in client.get("/workbench/").content.decode()
    assert client.post(page).status_code == 422
    client.force_login(above.user)
    assert page in client.get("/workbench/").content.decode()
    client.post(page)

    invitation.refresh_from_db()
    assert invitation.confirmed_by == above.user


def test_nobody_else_finds_the_page(client: Client) -> None:
    chief = party(AuthorityFactory(division=division(CITY)), Role.MANAGER)
    page = f"/invitations/{officer_invited(chief).slug}/confirm/"
    strangers = [
        party(AuthorityFactory(division=division(PROVINCE)), Role.OPERATOR),
        party(AuthorityFactory(division=division(CITY)), Role.MANAGER),
        party(AuthorityFactory(division=division(COUNTY)), Role.MANAGER),
        party(BuyerFactory().organization, Role.BUYER_MANAGER),
    ]

    for stranger in strangers:
        client.force_login(stranger.user)
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
    assert Invitation.objects.get().confirmed_at is None


def test_the_person_invited_sees_nothing_before_the_confirmation(client: Client) -> None:
    chief = party(AuthorityFactory(), Role.MANAGER)
    user = UserFactory(username="wang")
    invitation = officer_invited(chief)
    client.force_login(user)

    assert "等您答复的邀请" not in client.get("/workbench/").content.decode()
    assert client.post(f"/invitations/{invitation.slug}/").status_code == 422
    assert not Membership.objects.filter(user=user).exists()
