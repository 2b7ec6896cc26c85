"""The agencies by how they stand, as officers see them."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from credit.pages.ranks import Ranking, grade_facet, rows_of, standing_orders
from marketplace.kernel import known
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.credit import EntryFactory, RestrictionFactory, active_agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
NOBODY: frozenset[str] = frozenset()


def ranking(order: str = "blocked", *kept_as: str) -> Ranking:
    return Ranking(Organization.objects.active_agencies(), order, NOON, kept_as)


def test_agencies_stand_restricted_ones_first_then_the_lowest_score() -> None:
    good, bad, restricted = active_agency(), active_agency(), active_agency()
    EntryFactory(organization=bad)
    RestrictionFactory(organization=restricted)
    found = ranking()

    assert found.keys(NOBODY).keys == [restricted.pk, bad.pk, good.pk]
    assert found.keys(frozenset({"blocked"})).keys == [restricted.pk]
    assert found.counts == {"A": 2, "B": 1, "blocked": 1}
    shown = grade_facet(found.counts, QueryDict("grade=blocked&grade=Z"))
    assert (shown.chosen, [pill.url for pill in shown.pills]) == ({"blocked"}, ["?grade=Z"])
    names = [row.agency.name for row in rows_of([restricted.pk, bad.pk], NOON)]
    assert names == [restricted.name, bad.name]


def test_a_rank_says_what_the_standing_of_the_same_agency_says() -> None:
    agencies = [active_agency(), active_agency()]
    EntryFactory(organization=agencies[0])
    RestrictionFactory(organization=agencies[0])
    found = ranking()

    for one, row in zip(found.ranks, rows_of(found.keys(NOBODY).keys, NOON), strict=True):
        assert (one.score, one.grade) == (row.standing.score, row.standing.grade)
        assert one.is_restricted is bool(row.standing.restrictions)


def test_agencies_can_be_read_by_their_score_alone_from_either_end() -> None:
    _good, bad, restricted = active_agency(), active_agency(), active_agency()
    EntryFactory(organization=bad)
    RestrictionFactory(organization=restricted)

    found = {
        order.name: [one.score for one in ranking(order.name).ranks] for order in standing_orders()
    }

    assert found["rising"] == sorted(found["rising"])
    assert found["falling"] == found["rising"][::-1]
    assert found["rising"][0] < found["rising"][-1]
    assert ranking("rising").ranks[0].organization == bad.pk


def test_places_are_kept_until_an_entry_ceases_to_count_or_another_is_restricted(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bad, good = active_agency(), active_agency()
    EntryFactory(organization=bad, counts_until=NOON + timedelta(hours=1))

    def first(at: timedelta = timedelta()) -> int:
        one = Ranking(Organization.objects.active_agencies(), "blocked", NOON + at, ("mine",))
        [key] = one.keys(grade_facet(one.counts, QueryDict()).chosen)[0:1]
        return key

    with known.at_version("1/ranks"):
        assert first() == bad.pk
        with django_assert_num_queries(2):  # who is restricted, and what ceases to count next
            assert first(timedelta(minutes=59)) == bad.pk
        RestrictionFactory(organization=good, is_public=False)
        assert first() == good.pk
        assert ranking("rising", "mine").keys(NOBODY)[0:2] == [bad.pk, good.pk]
        later = Ranking(
            Organization.objects.active_agencies(), "rising", NOON + timedelta(hours=1), ("mine",)
        )
        assert {rank.score for rank in later.ranks} == {later.ranks[0].score}
