"""The values in force are one version wherever and whenever they are the same."""

from datetime import date, timedelta

import pytest

from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.declarations import RuleMissing
from marketplace.kernel.models import Parameter, RulebookVersion
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, ParameterFactory, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

NEW = "order.min_signups.lowest.fiscal.C02"


def test_the_same_values_in_another_area_are_the_same_version() -> None:
    first = pin_rulebook(division=division("360702"), at=NOON)
    ParameterFactory(key="order.signup_min", value=6, division=division("360781"))

    assert pin_rulebook(division=division(PROVINCE), at=NOON) == first
    assert first.division.code == PROVINCE
    own = pin_rulebook(division=division("360781"), at=NOON)
    assert (own.number, own.division.code) == ("2026.2", "360781")


def test_another_basis_for_the_same_value_makes_no_version() -> None:
    first = pin_rulebook(division=division(PROVINCE), at=NOON)
    Parameter.objects.filter(key="order.signup_min").update(
        legal_basis="平台默认（参考：湖南省规定）"
    )

    assert pin_rulebook(division=division(PROVINCE), at=NOON) == first
    assert first.words["order.signup_min"]["legal_basis"] == "平台默认"


def test_the_same_values_are_pinned_once_and_other_values_get_the_next_number() -> None:
    province = division(PROVINCE)

    first = pin_rulebook(division=province, at=NOON)
    again = pin_rulebook(division=province, at=NOON + timedelta(days=1))
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=date(2026, 11, 26))
    other = pin_rulebook(division=province, at=NOON + timedelta(days=2))

    assert first.pk == again.pk
    assert (first.number, other.number) == ("2026.1", "2026.2")


def test_without_a_value_that_code_asks_for_there_is_no_version() -> None:
    Parameter.objects.filter(key="order.signup_min").delete()

    with pytest.raises(RuleMissing, match=r"order\.signup_min$"):
        pin_rulebook(division=division(PROVINCE), at=NOON)

    assert not RulebookVersion.objects.exists()
