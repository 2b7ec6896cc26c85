"""The order of the owners who wait, and what each side finds to do."""

from datetime import timedelta

import pytest

from marketplace.models import Buyer
from marketplace.pages.owners import (
    own_corrections,
    owner_orders,
    owners_to_check,
    sorted_owners,
)
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, division

pytestmark = pytest.mark.django_db
S = Buyer.Status


def test_the_officers_find_who_registered_first_in_front_and_the_owner_what_to_correct() -> None:
    later, first = (
        BuyerFactory(registered=True, organization__registered_at=NOON - timedelta(days=days))
        for days in (1, 2)
    )
    returned = BuyerFactory(status=S.RETURNED, return_reasons="缺授权委托书")
    BuyerFactory(registered=True, organization__division=division("360102"))
    queue = Buyer.objects.in_queue(first.organization.division, S.REGISTERED)

    assert [str(todo.subject).split("（")[0] for todo in owners_to_check("360702")] == [
        str(first),
        str(later),
    ]
    assert [*sorted_owners(queue, owner_orders()[1])] == [later, first]
    assert [todo.subject for todo in own_corrections(returned.pk)] == ["缺授权委托书"]
    assert [*own_corrections(first.pk)] == []
