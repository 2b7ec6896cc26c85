"""What a row of a restriction may hold."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from credit.models import Restriction
from tests.clock import NOON
from tests.factories.credit import (
    RestrictionFactory,
)
from tests.factories.marketplace import ServiceClassFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def broken(model, pk, **values):
    """Write past the model and expect the database to refuse."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=pk).update(**values)


def test_a_restriction_without_legal_basis_cannot_be_stored():
    broken(Restriction, RestrictionFactory().pk, legal_basis="")


@pytest.mark.parametrize(
    ("at", "running"),
    [
        (NOON - INSTANT, False),
        (NOON, True),
        (NOON + timedelta(days=365) - INSTANT, True),
        (NOON + timedelta(days=365), False),
    ],
)
def test_a_restriction_is_in_force_from_its_first_instant_to_before_its_last(at, running):
    RestrictionFactory()

    assert Restriction.objects.in_force(at).exists() == running
    assert Restriction.objects.over(at).exists() == (at >= NOON + timedelta(days=365))


def test_a_restriction_of_one_class_touches_this_class_alone():
    mine, other = ServiceClassFactory(), ServiceClassFactory()
    RestrictionFactory(service_class=mine)

    assert Restriction.objects.touching(mine).exists()
    assert not Restriction.objects.touching(other).exists()
    assert not Restriction.objects.touching(None).exists()
