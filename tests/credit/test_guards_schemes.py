"""What a scheme allows for a kind: its last value and the first that it does not."""

from decimal import Decimal

import pytest

from credit.guards.schemes import (
    legal_basis_fits_the_kind,
    measure_fits_the_kind,
    months_fit_the_kind,
    severity_fits_the_kind,
)
from credit.models import Conduct
from credit.schemes import Kind

BOUND = Kind(
    code=Conduct.LATE_SERVICE,
    name="逾期",
    severity="general",
    points=Decimal(-5),
    basis="《测试条例》",
    measures=("warning", "freeze"),
    months=(3, 6),
    bases=("《测试条例》第三条",),
)
FREE = Kind(
    code=Conduct.LATE_SERVICE, name="逾期", severity="general", points=Decimal(-5), basis=""
)


@pytest.mark.parametrize(
    ("kind", "severity", "holds"),
    [
        (BOUND, "minor", True),
        (BOUND, "general", True),
        (BOUND, "serious", False),
        (FREE, "serious", True),
        (None, "serious", True),
    ],
)
def test_the_class_of_the_kind_is_the_gravest(kind, severity, holds):
    assert severity_fits_the_kind(kind, severity).holds == holds


@pytest.mark.parametrize(
    ("kind", "measure", "holds"),
    [
        (BOUND, "freeze", True),
        (BOUND, "removal", False),
        (FREE, "removal", True),
        (None, "removal", True),
    ],
)
def test_a_measure_is_one_that_the_kind_names_if_it_names_any(kind, measure, holds):
    assert measure_fits_the_kind(kind, measure).holds == holds


@pytest.mark.parametrize(
    ("kind", "months", "holds"),
    [
        (BOUND, 2, False),
        (BOUND, 3, True),
        (BOUND, 6, True),
        (BOUND, 7, False),
        (FREE, 7, True),
        (None, 7, True),
    ],
)
def test_the_months_lie_within_the_range_of_the_kind(kind, months, holds):
    assert months_fit_the_kind(kind, months).holds == holds


@pytest.mark.parametrize(
    ("kind", "basis", "holds"),
    [
        (BOUND, "《测试条例》第五条", True),
        (BOUND, "《别的条例》第三条", False),
        (BOUND, "《别的条例》；《测试条例》", True),
        (FREE, "《别的条例》", True),
        (None, "《别的条例》", True),
    ],
)
def test_one_of_the_laws_is_one_that_the_kind_names(kind, basis, holds):
    assert legal_basis_fits_the_kind(kind, basis).holds == holds
