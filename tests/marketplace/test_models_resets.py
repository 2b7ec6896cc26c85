"""A request to unbind a lost device: one at a time, and decided by three people."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import FactorReset
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_has_one_open_request_and_nobody_is_two_of_the_three() -> None:
    loser, manager, second = (UserFactory() for _person in range(3))
    office = AuthorityFactory()

    def ask(**fields: Any) -> FactorReset:
        facts = {"organization": office, "user": loser, "asked_by": manager, "asked_at": NOON}
        return FactorReset.objects.create(**facts | fields)

    ask(withdrawn_at=NOON)
    done = ask(confirmed_at=NOON, confirmed_by=second)
    waits = ask()
    wrong = [
        {},
        {"asked_by": loser},
        {"confirmed_at": NOON, "confirmed_by": manager},
        {"confirmed_at": NOON, "confirmed_by": loser},
        {"confirmed_at": NOON},
    ]

    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            ask(**fields)

    assert FactorReset.objects.count() == 3
    assert [*FactorReset.objects.waiting()] == [waits]
    assert str(done) == f"{loser} {office}"
