"""Three people are in the reset of a second factor, and each is another."""

import pytest

from marketplace.guards.factors import may_ask_for_reset, may_confirm_reset
from marketplace.models import FactorReset, Membership, User
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, MembershipFactory, UserFactory
from tests.senders import app_of


def failed(verdicts: object) -> list[str]:
    return [verdict.guard for verdict in verdicts if not verdict.holds]


@pytest.mark.parametrize(
    ("by", "ended", "guards"),
    [
        (3, {}, []),
        (1, {}, ["reset_is_confirmed_by_a_third"]),
        (2, {}, ["reset_is_confirmed_by_a_third"]),
        (3, {"confirmed_at": NOON}, ["reset_waits"]),
        (3, {"withdrawn_at": NOON}, ["reset_waits"]),
    ],
)
def test_a_third_person_confirms_while_the_request_waits(
    by: int, ended: dict[str, object], guards: list[str]
) -> None:
    reset = FactorReset(user_id=1, asked_by_id=2, **ended)

    assert failed(may_confirm_reset(reset, User(pk=by))) == guards


@pytest.mark.django_db
def test_another_asks_once_for_whom_has_something_to_unbind() -> None:
    membership: Membership = MembershipFactory(organization=AuthorityFactory())
    other = UserFactory()

    assert failed(may_ask_for_reset(membership, other)) == ["a_factor_is_bound"]

    app_of(membership.user)
    assert failed(may_ask_for_reset(membership, other)) == []
    assert failed(may_ask_for_reset(membership, membership.user)) == ["reset_is_for_another"]

    FactorReset.objects.create(
        organization=membership.organization,
        user=membership.user,
        asked_by=other,
        asked_at=NOON,
    )
    assert failed(may_ask_for_reset(membership, other)) == ["no_reset_waits"]
