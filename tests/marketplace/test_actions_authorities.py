"""Authorities run and watch the platform: the first by a command, others from the one above."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.actions.authorities import (
    confirm_authority,
    propose_authority,
    set_up_authority,
    withdraw_authority,
)
from marketplace.actions.memberships import accept_invitation
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    AuthorityProposal,
    Buyer,
    Invitation,
    Membership,
    Message,
    Organization,
    User,
)
from tests.clock import NOON
from tests.factories.marketplace import (
    CITY,
    PROVINCE,
    AuthorityFactory,
    Role,
    UserFactory,
    division,
    load_rules,
    party,
)

pytestmark = pytest.mark.django_db
NAME = "测试区网上中介服务超市运营中心"


def test_an_authority_is_set_up_for_its_area_without_a_credit_code() -> None:
    authority = set_up_authority(
        name="赣州测试行政审批局", division=division("360700"), by=None, at=NOON
    )

    stored = Organization.objects.get()
    assert stored == authority
    assert (stored.kind, stored.name, stored.division_id) == (
        Organization.Kind.AUTHORITY,
        "赣州测试行政审批局",
        "360700",
    )
    assert (stored.uscc, stored.uscc_confirmed_at, stored.registered_at) == (None, None, NOON)
    assert len(stored.slug) == 12
    assert not Agency.objects.exists()
    assert not Buyer.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("own", "covered"),
    [
        (PROVINCE, [True, True, True]),
        ("360700", [False, True, True]),
        (CITY, [False, False, False]),
    ],
)
def test_it_acts_for_its_area_and_those_below_and_no_other(own: str, covered: list[bool]) -> None:
    authority = set_up_authority(name="测试局", division=division(own), by=None, at=NOON)
    officer = party(authority, Membership.Role.OPERATOR)

    areas = [division(code) for code in (PROVINCE, "360700", "360702")]

    assert [officer.covers(area) for area in areas] == covered


@pytest.mark.parametrize("has_founder", [True, False])
def test_who_set_it_up_is_recorded(has_founder: bool) -> None:
    by = UserFactory() if has_founder else None

    authority = set_up_authority(name="测试局", division=division(CITY), by=by, at=NOON)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.at, entry.by) == ("authority.set_up", NOON, by)
    assert (entry.target_type, entry.target_id, entry.organization) == (
        "marketplace.organization",
        str(authority.pk),
        authority,
    )
    assert (entry.before, entry.after, entry.data) == ("", "", {})


def test_nothing_is_found_or_sent_because_of_an_authority() -> None:
    set_up_authority(name="测试局", division=division(CITY), by=None, at=NOON)

    assert not Effect.objects.exists()
    assert not Organization.objects.active_agencies().exists()


def test_without_an_area_nothing_is_stored_and_nothing_recorded() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        set_up_authority(name="测试局", division=None, by=None, at=NOON)

    assert not Organization.objects.exists()
    assert not AuditEntry.objects.exists()


# --- from the office above ---
@pytest.fixture
def office() -> Organization:
    load_rules()
    return AuthorityFactory(division=division("360700"))


def put_up(office: Organization, by: User, login: str = "xin") -> AuthorityProposal:
    return propose_authority(
        office=office, name=f" {NAME} ", division=division(), login=login, by=by, at=NOON
    )


def below() -> list[str]:
    rows = Organization.objects.filter(kind="authority", division=division())
    return [one.name for one in rows]


def test_an_authority_is_there_with_the_second_word_and_its_manager_accepts(
    office: Organization,
) -> None:
    manager, second = (party(office, Role.MANAGER).user for _one in range(2))
    invited = UserFactory(username="xin")

    proposal = put_up(office, manager)
    assert (below(), Invitation.objects.count()) == ([], 0)
    told = Message.objects.values_list("user", "subject")
    assert {*told} == {(one.pk, f"请确认设立“{NAME}”") for one in (manager, second)}
    proposal = confirm_authority(proposal=proposal, by=second, at=NOON)

    assert below() == [NAME]
    invitation = Invitation.objects.get()
    assert (invitation.organization, invitation.user) == (proposal.authority, invited)
    assert (invitation.invited_by, invitation.confirmed_by) == (manager, second)
    membership = accept_invitation(invitation=invitation, by=invited, at=NOON)
    assert (membership.organization, membership.role) == (proposal.authority, Role.MANAGER)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert [*verbs][:4] == [
        *("authority.proposed", "authority.set_up", "authority.confirmed", "invitation.sent")
    ]


def test_one_whose_manager_never_came_is_given_another_and_stays_one(office: Organization) -> None:
    manager, second = (party(office, Role.MANAGER).user for _one in range(2))
    confirm_authority(proposal=put_up(office, manager, "nobody"), by=second, at=NOON)

    confirm_authority(proposal=put_up(office, manager, "xin"), by=second, at=NOON)

    assert below() == [NAME]
    assert [*Invitation.objects.order_by("pk").values_list("login", flat=True)] == ["nobody", "xin"]


def test_a_refusal_sets_nothing_up(office: Organization) -> None:
    manager, second = (party(office, Role.MANAGER).user for _one in range(2))
    proposal = put_up(office, manager)

    with pytest.raises(Refused) as twice:
        put_up(office, second)
    with pytest.raises(Refused) as own:
        confirm_authority(proposal=proposal, by=manager, at=NOON)
    withdraw_authority(proposal=proposal, by=manager, at=NOON)
    with pytest.raises(Refused) as over:
        confirm_authority(proposal=proposal, by=second, at=NOON)
    with pytest.raises(Refused) as again:
        withdraw_authority(proposal=proposal, by=manager, at=NOON)

    assert [[one.guard for one in found.value.verdicts] for found in (twice, own, over, again)] == [
        ["authority_is_not_proposed"],
        ["authority_is_confirmed_by_a_third"],
        ["authority_proposal_waits"],
        ["authority_proposal_waits"],
    ]
    assert (below(), Invitation.objects.count()) == ([], 0)


def test_an_invitation_falls_when_who_sent_it_manages_no_more(office: Organization) -> None:
    manager, second = (party(office, Role.MANAGER).user for _one in range(2))
    invited = UserFactory(username="xin")
    confirm_authority(proposal=put_up(office, manager), by=second, at=NOON)
    manager.memberships.update(is_active=False)

    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=Invitation.objects.get(), by=invited, at=NOON)

    assert [one.guard for one in refused.value.verdicts] == ["inviter_still_manages"]
    assert not invited.memberships.exists()
