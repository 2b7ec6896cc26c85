import pytest

from marketplace.models import Division
from tests.factories.marketplace import ParameterFactory, division

pytestmark = pytest.mark.django_db


def test_the_areas_with_rules_are_the_province_and_those_with_values_of_their_own() -> None:
    province, city = division("360000"), division("360700")
    division("360702")
    ParameterFactory(division=city)

    assert [*Division.objects.with_rules()] == [province, city]


def test_an_area_holds_itself_and_those_below_it() -> None:
    city, county = division("360700"), division("360702")
    division("360103")

    assert [*Division.objects.within(city)] == [city, county]
