"""What keeps the demo out of a database."""

import pytest

from cms.demo.emptiness import data_beside_reference
from tests.factories.bidding import load_reference
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_reference_data_are_none_of_anybodys() -> None:
    load_reference()

    assert data_beside_reference() == []


def test_a_person_is_named() -> None:
    UserFactory()

    assert data_beside_reference() == ["marketplace.User"]
