"""What marketplace rests on is said of each guard, class and rule, for the day it must hold."""

from datetime import date, timedelta

import pytest

from marketplace.kernel.citations import Citation
from marketplace.pages.citations import CLASS, GUARD, RULE, cited
from tests.factories.marketplace import ParameterFactory, ServiceClassFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
BEGINS, DAY = date(2027, 1, 1), timedelta(days=1)


def of_kind(kind: object) -> list[Citation]:
    return [one for one in cited(on=TODAY) if one.kind == kind]


def test_a_value_is_asked_for_today_or_for_the_day_on_which_it_begins() -> None:
    now = ParameterFactory(key="order.signup_min", in_force_until=BEGINS)
    ParameterFactory(key="order.signup_min", in_force_from=BEGINS, legal_basis="《某法》第一条")
    ParameterFactory(key="order.signup_max", in_force_until=TODAY)
    ParameterFactory(key="order.no_longer_declared")

    found = of_kind(RULE)

    assert {(one.basis, one.on) for one in found} == {
        (now.legal_basis, TODAY),
        ("《某法》第一条", BEGINS),
    }
    assert {one.url for one in found} == {"/rules/#order.signup_min"}
    assert {one.label for one in found} == {"报名时间最短"}


def test_a_class_and_a_guard_are_asked_for_today() -> None:
    ServiceClassFactory(legal_basis="")
    asked = ServiceClassFactory(legal_basis="《测绘法》第二十七条")

    assert of_kind(CLASS) == [Citation(CLASS, asked.name, asked.legal_basis, TODAY)]
    guards = of_kind(GUARD)
    assert {one.on for one in guards} == {TODAY}
    assert "《优化营商环境条例》第四十三条第一款" in {str(one.basis) for one in guards}
