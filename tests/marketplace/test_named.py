import pytest

from marketplace.named import Named, named
from tests.factories.marketplace import OrganizationFactory

pytestmark = pytest.mark.django_db


def test_parties_are_named_in_the_order_of_their_keys_and_who_is_gone_is_left_out(
    django_assert_num_queries,
) -> None:
    first, second = OrganizationFactory(), OrganizationFactory()
    named([first.pk])  # the places are known from here on

    with django_assert_num_queries(2):
        found = named([second.pk, 0, first.pk])

    assert list(found) == [second.pk, first.pk]
    assert found[first.pk] == Named(first.slug, first.name, first.uscc, first.division.full_name)
