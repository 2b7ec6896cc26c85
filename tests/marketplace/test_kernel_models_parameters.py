"""A rule value holds from its first day until the day of the next, and names its basis."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.kernel.models import Parameter
from tests.factories.marketplace import ParameterFactory

pytestmark = pytest.mark.django_db
START, END = date(2025, 1, 1), date(2027, 1, 1)
DAY = timedelta(days=1)


def test_a_value_is_in_force_from_its_first_day_and_not_on_the_day_that_ends_it() -> None:
    ParameterFactory(in_force_from=START, in_force_until=END)
    ParameterFactory(in_force_from=END, value=2)

    values = [
        [row.value for row in Parameter.objects.in_force(day)]
        for day in (START - DAY, START, END - DAY, END)
    ]

    assert values == [[], [1], [1], [2]]


def test_a_second_value_for_a_day_cannot_be_stored() -> None:
    row = ParameterFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ParameterFactory(value=2)

    assert [*Parameter.objects.all()] == [row]
    assert str(row) == "order.service_max = 1"


@pytest.mark.parametrize("basis", ["", " "])
def test_no_value_is_in_force_on_a_basis_that_says_nothing(basis: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ParameterFactory(legal_basis=basis)

    assert not Parameter.objects.exists()


def test_a_value_is_planned_until_its_first_day() -> None:
    ParameterFactory(key="order.signup_min", in_force_from=date(2026, 12, 1))

    assert Parameter.objects.planned(date(2026, 11, 30)).count() == 1
    assert not Parameter.objects.planned(date(2026, 12, 1)).exists()
