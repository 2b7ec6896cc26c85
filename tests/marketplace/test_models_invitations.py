"""Which invitations can still be accepted, and which wait for a second officer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import Invitation, Membership, Organization, User
from tests.clock import NOON
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role
INSTANT = timedelta(microseconds=1)
END = NOON + timedelta(days=7)


def invitation(organization: Organization, login: str, by: User, **fields: Any) -> Invitation:
    facts = {"role": Role.BUYER_AGENT, "invited_at": NOON, "expires_at": END} | fields
    return Invitation.objects.create(organization=organization, login=login, invited_by=by, **facts)


def logins(found: object) -> set[str]:
    return {row.login for row in found}


def test_an_invitation_is_pending_until_it_is_used_withdrawn_or_run_out() -> None:
    buyer, by = BuyerFactory().organization, UserFactory()
    invitation(buyer, "new", by)
    invitation(buyer, "used", by, accepted_at=NOON)
    invitation(buyer, "withdrawn", by, withdrawn_at=NOON)
    invitation(buyer, "old", by, expires_at=NOON)
    invitation(BuyerFactory().organization, "elsewhere", by)

    assert logins(Invitation.objects.pending(NOON)) == {"new", "elsewhere"}
    assert logins(Invitation.objects.pending(END - INSTANT)) == {"new", "elsewhere"}
    assert logins(Invitation.objects.pending(END)) == set()
    assert logins(Invitation.objects.open_ones(buyer)) == {"new", "old"}


def test_an_authority_s_waits_for_a_second_officer_and_no_other_does() -> None:
    authority, by, second = AuthorityFactory(), UserFactory(), UserFactory()
    waits = invitation(authority, "waits", by, role=Role.OPERATOR)
    done = {"confirmed_at": NOON, "confirmed_by": second}
    invitation(authority, "confirmed", by, role=Role.OPERATOR, **done)
    buyers = invitation(BuyerFactory().organization, "buyers", by)

    assert logins(Invitation.objects.acceptable(NOON)) == {"confirmed", "buyers"}
    assert logins(Invitation.objects.unconfirmed(NOON)) == {"waits"}
    assert (waits.awaits_confirmation, buyers.awaits_confirmation) == (True, False)


def test_where_nobody_but_the_inviter_acts_no_second_officer_is_there() -> None:
    chief = MembershipFactory(organization=AuthorityFactory(), role=Role.MANAGER)
    invitation(chief.organization, "alone", chief.user, role=Role.OPERATOR)
    ended = MembershipFactory(organization=chief.organization, role=Role.OPERATOR, is_active=False)

    assert logins(Invitation.objects.without_a_second_officer()) == {"alone"}
    ended.is_active = True
    ended.save()
    assert logins(Invitation.objects.without_a_second_officer()) == set()


def test_what_contradicts_itself_cannot_be_stored() -> None:
    buyer, by = BuyerFactory().organization, UserFactory()
    invitation(buyer, "wang", by)
    wrong = [
        {"login": "wang"},
        {"login": "li", "accepted_at": NOON, "withdrawn_at": NOON},
        {"login": "li", "confirmed_at": NOON},
        {"login": "li", "confirmed_at": NOON, "confirmed_by": by},
    ]

    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            invitation(buyer, by=by, **fields)

    invitation(buyer, "li", by, accepted_at=NOON)
    invitation(buyer, "li", by)
    assert Invitation.objects.count() == 3
