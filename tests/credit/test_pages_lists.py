"""The lists that are open to many."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from credit.pages.lists import (
    public_restrictions,
    rank,
    restriction_counts,
    rows_of,
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

    with django_assert_num_queries(6):
        ranks = rank(Organization.objects.active_agencies(), NOON)

    assert [one.organization for one in ranks] == [restricted.pk, bad.pk, good.pk]
    assert [row.organization for row in rows_of(ranks[:2], NOON)] == [restricted, bad]


def test_a_rank_says_what_the_standing_of_the_same_agency_says() -> None:
    agencies = [active_agency(), active_agency()]
    EntryFactory(organization=agencies[0])
    RestrictionFactory(organization=agencies[0])
    ranks = rank(Organization.objects.filter(pk__in=[one.pk for one in agencies]), NOON)

    for one, row in zip(ranks, rows_of(ranks, NOON), strict=True):
        assert (one.score, one.grade) == (row.standing.score, row.standing.grade)
        assert one.is_restricted is bool(row.standing.restrictions)


def test_agencies_can_be_read_by_their_score_alone_from_either_end() -> None:
    _good, bad, restricted = active_agency(), active_agency(), active_agency()
    EntryFactory(organization=bad)
    RestrictionFactory(organization=restricted)
    agencies = Organization.objects.active_agencies()

    found = {
        order.name: [one.score for one in rank(agencies, NOON, order.name)]
        for order in standing_orders()
    }

    assert found["rising"] == sorted(found["rising"])
    assert found["falling"] == found["rising"][::-1]
    assert found["rising"][0] < found["rising"][-1]
    assert rank(agencies, NOON, "rising")[0].organization == bad.pk
