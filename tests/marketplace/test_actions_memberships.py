from datetime import datetime, timedelta

import pytest

from marketplace.actions import memberships as actions
from marketplace.actions.changes import propose_change
from marketplace.addresses import confirm_address
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.kernel.verdicts import Refused
from marketplace.models import ChangeProposal, Invitation, Membership, Message, Organization
from marketplace.models.changes import Part
from marketplace.pages.changes import history_rows
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    ServiceClassFactory,
    UserFactory,
)
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role
END = datetime(2026, 12, 2, tzinfo=CHINA)  # 24:00 of the seventh day after NOON


@pytest.fixture
def manager() -> Membership:
    return MembershipFactory(organization=BuyerFactory().organization, role=Role.BUYER_MANAGER)


def invite(manager: Membership, login: str, role: str = Role.BUYER_AGENT) -> Invitation:
    return actions.invite_member(
        organization=manager.organization, login=login, role=role, by=manager.user, at=NOON
    )


def test_add_member_gives_a_role_and_takes_up_an_ended_one(manager: Membership) -> None:
    user = UserFactory()
    common = {"organization": manager.organization, "user": user, "role": Role.BUYER_AGENT}

    first = actions.add_member(**common, by=manager.user, at=NOON)
    actions.end_membership(membership=first, by=manager.user, at=NOON)
    second = actions.add_member(**common, by=manager.user, at=NOON)

    assert first.pk == second.pk
    assert second.is_active
    assert [*AuditEntry.objects.order_by("pk").values_list("verb", flat=True)] == [
        "membership.added",
        "membership.ended",
        "membership.added",
    ]


def test_whose_membership_another_ends_is_told_and_who_leaves_is_not(manager: Membership) -> None:
    common = {"organization": manager.organization, "role": Role.BUYER_AGENT}
    sent_away, leaves = (MembershipFactory(**common) for _person in range(2))

    actions.end_membership(membership=sent_away, by=manager.user, at=NOON)
    actions.end_membership(membership=leaves, by=leaves.user, at=NOON)

    message = Message.objects.get()
    name = manager.organization.name
    assert (message.user, message.url) == (sent_away.user, "/workbench/")
    assert message.subject == f"任职已经结束：{name}"
    assert f"“{name}”的管理员已结束您的“采购受托人”任职，即时生效。" in message.body


@pytest.mark.parametrize(
    ("role", "guard"),
    [(Role.OPERATOR, "role_fits_organization"), (Role.BUYER_MANAGER, "member_is_new")],
)
def test_add_member_refuses_and_changes_nothing(manager: Membership, role: str, guard: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_member(
            organization=manager.organization, user=manager.user, role=role, by=None, at=NOON
        )

    assert [verdict.guard for verdict in refused.value.verdicts] == [guard]
    assert [*Membership.objects.all()] == [manager]
    assert not AuditEntry.objects.exists()


def test_a_manager_cannot_appoint_themselves(manager: Membership) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_member(
            organization=manager.organization,
            user=manager.user,
            role=Role.BUYER_AGENT,
            by=manager.user,
            at=NOON,
        )

    assert [verdict.guard for verdict in refused.value.verdicts] == ["appointed_by_another"]


def test_the_last_manager_cannot_end_their_own_membership(manager: Membership) -> None:
    with pytest.raises(Refused) as refused:
        actions.end_membership(membership=manager, by=manager.user, at=NOON)

    assert [verdict.guard for verdict in refused.value.verdicts] == ["organization_keeps_a_manager"]
    manager.refresh_from_db()
    assert manager.is_active


@pytest.mark.parametrize("by_what", ["username", "email", "email in capitals"])
def test_an_invitation_reaches_the_one_with_exactly_this_login(
    manager: Membership, by_what: str
) -> None:
    user = UserFactory(username="wang", email="wang@example.test")
    confirm_address(user)
    login = {"username": "wang", "email": "wang@example.test"}.get(by_what, "WANG@example.test")

    invitation = invite(manager, login)

    assert (invitation.user, invitation.expires_at) == (user, END)
    message = Message.objects.get()
    assert message.user == user
    assert message.url == f"/invitations/{invitation.slug}/"
    assert Effect.objects.get().kind == "email"
    assert not Membership.objects.filter(user=user).exists()


def test_an_address_that_nobody_has_confirmed_reaches_nobody(manager: Membership) -> None:
    UserFactory(username="wang", email="mayor@example.test")

    assert invite(manager, "mayor@example.test").user is None
    assert not Message.objects.exists()


@pytest.mark.parametrize("login", ["wan", "wang2", "nobody@example.test"])
def test_an_invitation_to_nobody_looks_the_same_and_reaches_nobody(
    manager: Membership, login: str
) -> None:
    UserFactory(username="wang")

    invitation = invite(manager, login)

    assert (invitation.login, invitation.user) == (login, None)
    assert not Message.objects.exists()


def test_accepting_makes_a_member_once(manager: Membership) -> None:
    user = UserFactory(username="wang")
    invitation = invite(manager, "wang")

    membership = actions.accept_invitation(invitation=invitation, by=user, at=NOON)
    actions.end_membership(membership=membership, by=manager.user, at=NOON)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(invitation=invitation, by=user, at=NOON)

    assert [verdict.guard for verdict in refused.value.verdicts] == ["invitation_is_unused"]
    membership.refresh_from_db()
    assert not membership.is_active


@pytest.mark.parametrize(
    ("at", "accepted"),
    [(END - timedelta(microseconds=1), True), (END, False)],
)
def test_an_invitation_can_be_accepted_until_its_end(
    manager: Membership, at, accepted: bool
) -> None:
    user = UserFactory(username="wang")
    invitation = invite(manager, "wang")

    if accepted:
        actions.accept_invitation(invitation=invitation, by=user, at=at)
    else:
        with pytest.raises(Refused) as refused:
            actions.accept_invitation(invitation=invitation, by=user, at=at)
        assert [verdict.guard for verdict in refused.value.verdicts] == ["invitation_is_fresh"]

    assert Membership.objects.filter(user=user).exists() is accepted


def test_a_withdrawn_invitation_cannot_be_accepted(manager: Membership) -> None:
    user = UserFactory(username="wang")
    invitation = invite(manager, "wang")

    actions.withdraw_invitation(invitation=invitation, by=manager.user, at=NOON)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(invitation=invitation, by=user, at=NOON)

    assert [verdict.guard for verdict in refused.value.verdicts] == ["invitation_stands"]
    assert not Membership.objects.filter(user=user).exists()


def test_the_trail_does_not_say_whether_the_login_exists(manager: Membership) -> None:
    UserFactory(username="wang")

    invite(manager, "wang")
    invite(manager, "nobody")

    entries = AuditEntry.objects.filter(verb="invitation.sent")
    assert [entry.data for entry in entries] == [{}, {}]
    assert Organization.objects.count() == 1


# --- one ticket, and none that is old -----------------------------------------------------------
def standing(organization: Organization) -> list[str]:
    rows = Invitation.objects.open_ones(organization).order_by("pk")
    return list(rows.values_list("login", flat=True))


def test_a_second_invitation_takes_the_place_of_the_first(manager: Membership) -> None:
    first, other = invite(manager, "wang"), invite(manager, "wang", Role.BUYER_MANAGER)

    second = invite(manager, "WANG")

    first.refresh_from_db()
    assert first.withdrawn_at == NOON
    assert {*Invitation.objects.open_ones(manager.organization)} == {second, other}


def test_one_membership_uses_up_every_invitation_of_the_person_to_the_role(
    manager: Membership,
) -> None:
    user = UserFactory(username="wang", email="wang@example.test")
    confirm_address(user)
    by_name, _by_address = invite(manager, "wang"), invite(manager, "wang@example.test")
    invite(manager, "wang", Role.BUYER_MANAGER)
    invite(manager, "somebody")

    actions.accept_invitation(invitation=by_name, by=user, at=NOON)

    assert standing(manager.organization) == ["wang", "somebody"]


def test_what_ends_a_membership_ends_the_open_invitations_to_and_from_the_person(
    manager: Membership,
) -> None:
    leaver = MembershipFactory(organization=manager.organization, role=Role.BUYER_MANAGER)
    elsewhere = MembershipFactory(organization=BuyerFactory().organization, user=leaver.user)
    tickets = [invite(manager, leaver.user.username), invite(leaver, "wang")]
    invite(manager, "li")
    other = invite(elsewhere, leaver.user.username)

    actions.end_membership(membership=leaver, by=manager.user, at=NOON)

    assert standing(manager.organization) == ["li"]
    assert standing(elsewhere.organization) == [other.login]
    for ticket in tickets:
        with pytest.raises(Refused) as refused:
            actions.accept_invitation(invitation=ticket, by=leaver.user, at=NOON)
        assert "invitation_stands" in [verdict.guard for verdict in refused.value.verdicts]
    assert not Membership.objects.active().filter(
        user=leaver.user, organization=manager.organization
    )


def test_an_authority_that_is_taken_back_ends_in_the_register_with_what_was_proposed() -> None:
    agency = AgencyFactory(active=True)
    manager = MembershipFactory(organization=agency.organization, role=Role.AGENCY_MANAGER)
    agent = MembershipFactory(organization=agency.organization, role=Role.AGENCY_AGENT)
    scope = ServiceClassFactory()
    agent.service_classes.add(scope)
    common = {"agency": agency, "part": Part.AGENT, "act": "change", "by": manager.user, "at": NOON}
    files = [upload()]
    proposal = propose_change(
        **common, target=agent.pk, values={"service_classes": []}, files=files
    )

    actions.end_membership(membership=agent, by=manager.user, at=NOON)

    proposal.refresh_from_db()
    assert proposal.status == ChangeProposal.Status.WITHDRAWN
    entry = agency.entries.get()
    assert (entry.title, entry.before) == (str(agent.user), {"service_classes": [scope.code]})
    assert (entry.after, entry.confirmed_by) == ({}, manager.user)
    [row] = history_rows(agency)
    assert row.title == f"{agent.user}：授权结束"
    assert [(one.before, one.after) for one in row.differences] == [(scope.name, "")]


# --- four eyes are people -----------------------------------------------------------------------
@pytest.fixture
def chief() -> Membership:
    return MembershipFactory(organization=AuthorityFactory(), role=Role.MANAGER)


def test_a_manager_alone_makes_no_officer(chief: Membership) -> None:
    mailbox = UserFactory(username="second")
    invitation = invite(chief, "second", Role.OPERATOR)

    for act in (actions.accept_invitation, actions.confirm_invitation):
        with pytest.raises(Refused):
            act(invitation=invitation, by=mailbox, at=NOON)
    with pytest.raises(Refused) as refused:
        actions.confirm_invitation(invitation=invitation, by=chief.user, at=NOON)

    assert [verdict.guard for verdict in refused.value.verdicts] == ["confirmed_by_a_third"]
    assert not Message.objects.exists()
    assert [*Membership.objects.all()] == [chief]


def test_a_second_officer_confirms_and_only_then_the_person_is_told(chief: Membership) -> None:
    user, second = UserFactory(username="wang"), UserFactory()
    invitation = invite(chief, "wang", Role.OPERATOR)

    invitation = actions.confirm_invitation(invitation=invitation, by=second, at=NOON)

    assert (invitation.confirmed_by, invitation.confirmed_at) == (second, NOON)
    assert Message.objects.get().user == user
    membership = actions.accept_invitation(invitation=invitation, by=user, at=NOON)
    assert (membership.role, membership.is_active) == (Role.OPERATOR, True)
    with pytest.raises(Refused) as refused:
        actions.confirm_invitation(invitation=invitation, by=second, at=NOON)
    assert "invitation_awaits_confirmation" in [one.guard for one in refused.value.verdicts]
