"""What becomes of second factors is on record."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from marketplace.actions.factors import (
    ask_for_reset,
    confirm_reset,
    give_demo_factor,
    withdraw_reset,
)
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import FactorReset, Membership, Message, OfficerIdentity, User
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, party
from tests.senders import app_of, identify

pytestmark = pytest.mark.django_db


def test_the_demo_stores_no_secret() -> None:
    user = UserFactory()

    give_demo_factor(user=user, at=NOON)

    app = Authenticator.objects.get(user=user)
    assert (app.type, app.data, app.created_at) == ("totp", {"secret": "demo"}, NOON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.at) == ("factor.added", user, NOON)
    assert entry.data == {"type": "totp", "factor": app.pk}


@pytest.fixture
def people() -> tuple[Membership, User, User]:
    """The membership of who has lost the telephone, a manager, and another officer."""
    office = AuthorityFactory()
    loser = party(office, Role.OPERATOR).user
    app_of(loser)
    others = (party(office, role).user for role in (Role.MANAGER, Role.REGULATOR))
    return Membership.objects.get(user=loser), *others


def refusals(act: object, **given: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**given, at=NOON)
    return [verdict.guard for verdict in refused.value.verdicts]


def test_a_lost_device_is_reset_by_two_and_the_person_is_told(
    people: tuple[Membership, User, User],
) -> None:
    membership, manager, second = people
    loser = membership.user

    identify(loser)
    reset = ask_for_reset(membership=membership, reasons="手机遗失", by=manager, at=NOON)
    assert Authenticator.objects.filter(user=loser).exists()
    again = refusals(ask_for_reset, membership=membership, reasons="同上", by=second)
    assert again == ["no_reset_waits"]
    confirm_reset(reset=reset, by=second, at=NOON)

    assert not Authenticator.objects.filter(user=loser).exists()
    assert not OfficerIdentity.objects.filter(user=loser).exists()
    reset.refresh_from_db()
    assert (reset.confirmed_by, reset.confirmed_at) == (second, NOON)
    trail = AuditEntry.objects.order_by("pk").values_list("verb", "by")
    assert list(trail) == [
        ("factor_reset.asked", manager.pk),
        ("factor_reset.confirmed", second.pk),
    ]
    told = Message.objects.order_by("pk").values_list("user", "subject")
    assert list(told) == [
        (loser.pk, "有人申请重置您的二次验证"),
        (loser.pk, "您的二次验证已重置"),
    ]
    assert refusals(confirm_reset, reset=reset, by=second) == ["reset_waits"]


def test_nobody_is_two_of_the_three_people(people: tuple[Membership, User, User]) -> None:
    membership, manager, second = people
    own = refusals(ask_for_reset, membership=membership, reasons="自己", by=membership.user)
    assert own == ["reset_is_for_another"]
    reset = ask_for_reset(membership=membership, reasons="手机遗失", by=manager, at=NOON)

    for by in (manager, membership.user):
        assert refusals(confirm_reset, reset=reset, by=by) == ["reset_is_confirmed_by_a_third"]

    assert Authenticator.objects.filter(user=membership.user).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.update(confirmed_by=manager, confirmed_at=NOON)
    withdraw_reset(reset=reset, by=manager, at=NOON)
    assert refusals(confirm_reset, reset=reset, by=second) == ["reset_waits"]


def test_who_has_bound_nothing_needs_no_reset(people: tuple[Membership, User, User]) -> None:
    membership, manager, _second = people
    Authenticator.objects.all().delete()

    found = refusals(ask_for_reset, membership=membership, reasons="手机遗失", by=manager)

    assert found == ["a_factor_is_bound"]
    assert not FactorReset.objects.exists()
