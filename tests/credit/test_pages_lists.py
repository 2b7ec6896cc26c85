"""The lists that are open to many."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from credit.pages.lists import (
    agencies_by_standing,
    public_restrictions,
    restriction_counts,
    standing_orders,
)
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.credit import EntryFactory, RestrictionFactory, active_agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def test_published_restrictions_run_or_are_over():
    running = RestrictionFactory()
    over = RestrictionFactory(effective_from=NOON - 2 * DAY, effective_to=NOON)
    RestrictionFactory(is_public=False)

    assert [*public_restrictions(NOON, is_over=False)] == [running]
    assert [*public_restrictions(NOON, is_over=True)] == [over]
    assert restriction_counts(NOON) == {"running": 1, "over": 1}


def test_agencies_stand_restricted_ones_first_then_the_lowest_score(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    good, bad, restricted = active_agency(), active_agency(), active_agency()
    EntryFactory(organization=bad)
    RestrictionFactory(organization=restricted)

    with django_assert_num_queries(5):
        ranked = agencies_by_standing(Organization.objects.active_agencies(), NOON)

    assert [row.organization for row in ranked] == [restricted, bad, good]


def test_agencies_can_be_read_by_their_score_alone_from_either_end():
    _good, bad, restricted = active_agency(), active_agency(), active_agency()
    EntryFactory(organization=bad)
    RestrictionFactory(organization=restricted)
    agencies = Organization.objects.active_agencies()

    found = {
        order.name: [row.standing.score for row in agencies_by_standing(agencies, NOON, order.name)]
        for order in standing_orders()
    }

    assert found["lowest"] == sorted(found["lowest"])
    assert found["highest"] == found["lowest"][::-1]
    assert found["lowest"][0] < found["lowest"][-1]
    assert agencies_by_standing(agencies, NOON, "lowest")[0].organization == bad
