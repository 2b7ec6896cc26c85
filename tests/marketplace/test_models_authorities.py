"""An authority is put up once at a time, by one officer and confirmed by another."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import AuthorityProposal
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, UserFactory, division

pytestmark = pytest.mark.django_db
AREA = "360700"
"""The city that 章贡区 lies in."""


def proposed(**more: Any) -> AuthorityProposal:
    given = {"name": "测试区中心", "division": division(), "login": "x", "proposed_at": NOON}
    office = AuthorityFactory(division=division(AREA))
    return AuthorityProposal.objects.create(
        **{"office": office, "proposed_by": UserFactory(), **given, **more}
    )


def test_what_waits_is_put_up_once_and_what_is_over_again() -> None:
    first = proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        proposed()
    AuthorityProposal.objects.filter(pk=first.pk).update(withdrawn_at=NOON)
    second = proposed()

    assert [*AuthorityProposal.objects.waiting()] == [second]
    assert str(second) == "测试区中心"


def test_nobody_confirms_the_own_word_and_nothing_is_confirmed_without_an_authority() -> None:
    one, other, authority = UserFactory(), UserFactory(), AuthorityFactory()
    wrong: list[dict[str, Any]] = [
        {"confirmed_by": one, "authority": authority},
        {"confirmed_by": other},
        {"confirmed_by": other, "authority": authority, "withdrawn_at": NOON},
    ]
    for given in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            proposed(proposed_by=one, confirmed_at=NOON, **given)

    proposed(proposed_by=one, confirmed_at=NOON, confirmed_by=other, authority=authority)
    assert not AuthorityProposal.objects.waiting().exists()
