"""What every queryset can do: lock rows, freshly read, in one order."""

import pytest

from marketplace.kernel.models import Sequence
from marketplace.models import Organization
from tests.factories.marketplace import OrganizationFactory

pytestmark = pytest.mark.django_db


def test_a_locked_row_is_read_afresh() -> None:
    stale = OrganizationFactory(name="旧名")
    Organization.objects.filter(pk=stale.pk).update(name="新名")

    assert Organization.objects.lock(stale.pk).name == "新名"
    assert stale.name == "旧名"


def test_a_row_that_is_gone_cannot_be_locked() -> None:
    with pytest.raises(Sequence.DoesNotExist):
        Sequence.objects.lock(404)


def test_rows_are_locked_by_their_keys_whatever_order_was_asked_for() -> None:
    first, second = OrganizationFactory(name="乙"), OrganizationFactory(name="甲")

    locked = Organization.objects.filter(pk__in=[first.pk, second.pk]).order_by("name").lock_all()

    assert [row.pk for row in locked] == sorted([first.pk, second.pk])
