"""One person is behind one account, and an account of one person."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import OfficerIdentity
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_has_one_account_and_an_account_one_person() -> None:
    first, second = UserFactory(), UserFactory()
    OfficerIdentity.objects.create(user=first, key="a" * 64, stated_at=NOON)

    for user, key in ((first, "b" * 64), (second, "a" * 64)):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficerIdentity.objects.create(user=user, key=key, stated_at=NOON)

    assert [str(one) for one in OfficerIdentity.objects.all()] == [first.name]
