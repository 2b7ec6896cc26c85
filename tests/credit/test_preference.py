"""A good record goes first, and a warning or any other measure takes that away."""

from decimal import Decimal

import pytest

from credit.actions.schemes import load_scheme
from credit.models import Measure
from credit.preference import preferred_first, weights_of
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.credit import EntryFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_grades_go_first_and_who_is_warned_or_measured_goes_last():
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    good, fair, watched, warned, unpublished = (active_agency() for _each in range(5))
    EntryFactory(organization=fair, points=Decimal(-10))
    EntryFactory(organization=watched, points=Decimal(-20))
    RestrictionFactory(organization=warned, kind=Measure.WARNING)
    RestrictionFactory(organization=unpublished, kind=Measure.WARNING, is_public=False)

    keys = [watched.pk, warned.pk, fair.pk, good.pk, unpublished.pk]
    found = weights_of(keys, NOON)

    assert [found[key] for key in keys] == [0, 0, 2, 3, 3]
    assert preferred_first(keys, NOON) == [
        *(good.pk, unpublished.pk, fair.pk),
        *(watched.pk, warned.pk),
    ]
