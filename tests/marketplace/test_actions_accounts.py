"""Accounts that somebody opens for another person."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.test import Client

from marketplace.actions.accounts import open_account, vouch_for_address
from marketplace.addresses import has_confirmed_address
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db
HASH = make_password("Lu-ban-2026-x")


def opened(**changed) -> User:
    return open_account(
        **{
            "username": "ganzhou-operator",
            "name": "周敏",
            "email": "zhou@example.test",
            "password_hash": HASH,
            "by": None,
            "at": NOON,
            **changed,
        }
    )


def test_an_account_is_opened_with_its_name_address_and_password() -> None:
    user = opened()

    stored = User.objects.get()
    assert stored == user
    assert (stored.username, stored.name, stored.email) == (
        "ganzhou-operator",
        "周敏",
        "zhou@example.test",
    )
    assert (stored.phone, stored.is_phone_verified) == (None, False)
    assert stored.check_password("Lu-ban-2026-x")
    assert (stored.is_active, stored.is_staff, stored.is_superuser) == (True, False, False)
    assert stored.date_joined == NOON
    assert not stored.memberships.exists()


def test_the_person_logs_in_with_it(client: Client) -> None:
    user = opened()

    client.post("/accounts/login/", {"login": user.username, "password": "Lu-ban-2026-x"})

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("has_opener", [True, False])
def test_who_opened_it_is_recorded_without_the_password(has_opener: bool) -> None:
    by = UserFactory() if has_opener else None

    user = opened(by=by)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.at, entry.by) == ("user.registered", NOON, by)
    assert (entry.target_type, entry.target_id) == ("marketplace.user", str(user.pk))
    assert (entry.before, entry.after, entry.organization) == ("", "", None)
    assert (entry.data, entry.is_sealed) == ({}, False)
    assert not Effect.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "taken"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "a" * 151}, "username"),
        ({"username": "360702199001011237"}, "username"),
        ({"name": "名" * 33}, "name"),
        ({"email": "no-address"}, "email"),
        ({"password_hash": ""}, "password"),
    ],
    ids=[
        *("taken", "empty", "blank", "long", "ID card number"),
        *("long name", "no address", "no password"),
    ],
)
def test_what_is_no_account_is_refused_and_nothing_is_stored(
    changed: dict[str, str], field: str
) -> None:
    known = UserFactory(username="taken")

    with pytest.raises(ValidationError) as refused:
        opened(**changed)

    assert list(refused.value.message_dict) == [field]
    assert list(User.objects.all()) == [known]
    assert not AuditEntry.objects.exists()


def test_an_address_that_somebody_vouches_for_is_confirmed_and_on_record() -> None:
    user = UserFactory(email="")

    vouch_for_address(user=user, address="wang@example.test", by=None, at=NOON)

    user.refresh_from_db()
    assert user.email == "wang@example.test"
    assert has_confirmed_address(user)
    assert AuditEntry.objects.get(verb="user.address_confirmed").target_id == str(user.pk)
