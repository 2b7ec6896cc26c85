from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import Agency, Buyer, Membership, Organization
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
    division,
)

S = Agency.Status
OFFICER = UserFactory.build()
ARGS = {
    "submit": {"at": NOON},
    "send_back": {"at": NOON, "by": OFFICER, "reasons": "缺少证书编号"},
    "approve": {"at": NOON, "by": OFFICER},
    "activate": {"at": NOON},
    "uphold_objection": {"at": NOON, "by": OFFICER, "reasons": "异议成立"},
    "withdraw": {"at": NOON},
    "reapply": {},
}
VERBS = {transition.name for transition in Agency().get_all_status_transitions()}  # type: ignore[attr-defined]
ALLOWED = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.RETURNED, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "send_back"): S.RETURNED,
    (S.SUBMITTED, "approve"): S.PUBLICITY,
    (S.PUBLICITY, "activate"): S.ACTIVE,
    (S.DRAFT, "withdraw"): S.WITHDRAWN,
    (S.RETURNED, "withdraw"): S.WITHDRAWN,
    (S.ACTIVE, "withdraw"): S.WITHDRAWN,
    (S.PUBLICITY, "uphold_objection"): S.RETURNED,
    (S.WITHDRAWN, "reapply"): S.DRAFT,
}


@pytest.mark.parametrize(("status", "verb"), [*product(S, sorted(VERBS))])
def test_agency_moves_only_as_the_table_says(status: S, verb: str) -> None:
    agency = Agency(status=status)
    move = getattr(agency, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert agency.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert agency.status == status


def test_the_table_names_every_verb() -> None:
    assert VERBS == set(ARGS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lacking",
    [
        {"status": "submitted"},
        {"status": "returned", "submitted_at": NOON, "commitment_signed_at": NOON},
        {"status": "publicity", "submitted_at": NOON, "commitment_signed_at": NOON},
        {
            "status": "active",
            "submitted_at": NOON,
            "commitment_signed_at": NOON,
            "checked_at": NOON,
        },
        {"status": "withdrawn", "submitted_at": NOON, "commitment_signed_at": NOON},
    ],
    ids=lambda lacking: str(lacking["status"]),
)
def test_no_state_exists_without_its_moments_whoever_writes_the_row(
    lacking: dict[str, object],
) -> None:
    agency = AgencyFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(**lacking)

    agency.refresh_from_db()
    assert agency.status == S.DRAFT


@pytest.mark.django_db
@pytest.mark.parametrize("uscc", ["91360702MA000001", "91360702MA0000000I", None])
def test_a_party_cannot_be_stored_without_a_credit_code_in_form(uscc: str | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationFactory(uscc=uscc)

    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_an_organization_leads_to_its_own_agency_and_a_buyer_to_none() -> None:
    agency, unfinished = AgencyFactory(), OrganizationFactory(kind=Organization.Kind.AGENCY)

    found = Agency.objects.of(agency.organization)

    assert found == agency
    assert found.organization is agency.organization
    assert Agency.objects.of(unfinished) is None
    assert Agency.objects.of(BuyerFactory().organization) is None


@pytest.mark.django_db
def test_a_queue_holds_one_state_of_one_area_the_most_urgent_first() -> None:
    place, elsewhere = division("360702"), division("360103")
    late = AgencyFactory(submitted=True, check_due_at=NOON, organization__division=place)
    AgencyFactory(submitted=True, organization__division=elsewhere)
    AgencyFactory(publicity=True, organization__division=place)
    first = AgencyFactory(
        submitted=True, check_due_at=NOON - timedelta(days=1), organization__division=place
    )

    assert [*Agency.objects.queued("3607", S.SUBMITTED)] == [first, late]
    assert Agency.objects.queued("36", S.SUBMITTED).count() == 3


@pytest.mark.django_db
def test_memberships_are_found_from_both_sides_while_they_last() -> None:
    first = MembershipFactory(role=Membership.Role.AGENCY_MANAGER)
    second = MembershipFactory(user=first.user, role=Membership.Role.AGENCY_AGENT)
    MembershipFactory(user=first.user, is_active=False)
    MembershipFactory(organization=first.organization, is_active=False)
    MembershipFactory()

    assert [*Membership.objects.held_by(first.user)] == [first, second]
    assert [*Membership.objects.members_of(first.organization)] == [first]


B = Buyer.Status
OWNER_ARGS = {
    "ask_again": {},
    "approve": {"at": NOON, "by": OFFICER},
    "send_back": {"at": NOON, "by": OFFICER, "reasons": "授权委托书没有盖章"},
}
OWNER_MOVES = {
    (B.REGISTERED, "ask_again"): B.REGISTERED,
    (B.RETURNED, "ask_again"): B.REGISTERED,
    (B.CHECKED, "ask_again"): B.REGISTERED,
    (B.REGISTERED, "approve"): B.CHECKED,
    (B.REGISTERED, "send_back"): B.RETURNED,
}


@pytest.mark.parametrize(("status", "verb"), [*product(B, sorted(OWNER_ARGS))])
def test_the_check_of_an_owner_moves_only_as_the_table_says(status: B, verb: str) -> None:
    buyer = Buyer(status=status)
    move = getattr(buyer, verb)

    if target := OWNER_MOVES.get((status, verb)):
        move(**OWNER_ARGS[verb])
        assert buyer.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**OWNER_ARGS[verb])
        assert buyer.status == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"identity_key": "f" * 64},
        {"uscc": None},
        {"kind": Organization.Kind.BUYER, "uscc": None},
    ],
    ids=["two numbers", "none", "an owner with none"],
)
def test_a_party_has_a_credit_code_or_is_a_person(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationFactory(**wrong)
