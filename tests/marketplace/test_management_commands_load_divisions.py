"""The divisions in the database are those of the file."""

import pytest

from marketplace.models import Division
from tests.loading import load

pytestmark = pytest.mark.django_db


def test_a_second_load_asks_for_all_at_once_and_closes_none(django_assert_num_queries):
    load("load_divisions")

    with django_assert_num_queries(4) as queries:
        load("load_divisions")

    assert [
        query["sql"].split()[0] for query in queries if "SELECT" not in query["sql"].split()[0]
    ] == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_divisions_hang_together():
    load("load_divisions")

    county = Division.objects.get(code="360702")
    assert (county.name, county.level, county.full_name) == ("章贡区", "county", "赣州市章贡区")
    assert county.parent.parent.code == "360000"
    assert Division.objects.within(county.parent).count() == 19
