"""Which scheme holds at a moment, and with whose numbers."""

from decimal import Decimal

import pytest

from credit.actions.schemes import load_scheme
from credit.in_force import breaches_at, kind_under, scheme_at
from credit.models import Conduct
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import Parameter
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.marketplace import division, load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_before_a_scheme_is_loaded_the_rulebook_is_one():
    scheme = scheme_at(NOON)

    assert (scheme.code, scheme.base, scheme.by_code["abandonment"].points) == (
        "rulebook",
        100,
        -10,
    )
    assert set(breaches_at(NOON)) == {*Conduct.values} - {
        *("on_time", "high_rating", "low_rating", "buyer_not_rated"),
        "cancelled_after_opening",
    }


def test_points_are_those_of_the_order_s_rulebook():
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    Parameter.objects.filter(key="credit.points.late_service").update(value=-50)

    assert kind_under(rulebook, "late_service", NOON).points == Decimal(-5)
    assert scheme_at(NOON).by_code["late_service"].points == Decimal(-50)
