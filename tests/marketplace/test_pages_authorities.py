"""Which authorities an office looks after, and how many people each has."""

import pytest
from pytest_django import DjangoAssertNumQueries

from marketplace.pages.authorities import AuthorityRow, authority_rows
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    division,
    party,
)

pytestmark = pytest.mark.django_db
AREA = "360700"
"""The city that 章贡区 lies in."""


def test_people_are_counted_once_and_those_who_left_not_at_all(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = AuthorityFactory(name="市中心", division=division(AREA))
    county = AuthorityFactory(name="区中心")
    AuthorityFactory(division=division("360802"))
    party(county, Role.MANAGER, Role.OPERATOR)
    party(county, Role.OPERATOR)
    MembershipFactory(organization=county, role=Role.MANAGER, is_active=False)

    with django_assert_num_queries(2):
        rows = list(authority_rows(office))

    assert rows == [
        AuthorityRow("市中心", "赣州市", 0, 0),
        AuthorityRow("区中心", "赣州市章贡区", 2, 1),
    ]
