"""Whose address counts: only one that its owner has confirmed."""

import pytest
from allauth.account.models import EmailAddress

from marketplace.addresses import confirm_address, has_confirmed_address, person_of
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_counts_once_it_is_confirmed_and_while_it_is_the_account_s() -> None:
    user = UserFactory(email="wang@example.test")
    assert not has_confirmed_address(user)

    confirm_address(user)
    confirm_address(user)

    assert has_confirmed_address(user)
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    user.email = "other@example.test"
    assert not has_confirmed_address(user)
    user.email = ""
    assert not has_confirmed_address(user)


def test_a_person_is_found_by_name_or_confirmed_address_while_the_account_is_active() -> None:
    wang, li = UserFactory(username="wang", email="wang@example.test"), UserFactory(username="li")
    confirm_address(wang)
    UserFactory(username="gone", is_active=False)

    assert person_of("wang") == person_of("WANG@example.test") == wang
    assert person_of("li") == li
    assert person_of(li.email) is None
    assert person_of("gone") is None


def test_a_login_that_names_two_people_names_nobody() -> None:
    wang = UserFactory(username="wang", email="wang@example.test")
    confirm_address(wang)
    UserFactory(username="wang@example.test")

    assert person_of("wang@example.test") is None
