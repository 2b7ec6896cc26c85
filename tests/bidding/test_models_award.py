"""What is known of a selection and of the award that follows."""

import pytest
from pytest_django import DjangoAssertNumQueries

from bidding.models import Award, Selection
from tests.factories.bidding import AwardFactory, ContractFactory

pytestmark = pytest.mark.django_db


def test_the_winner_is_whom_the_evidence_names() -> None:
    assert Selection(evidence='{"winner": "91360700MA0000001X"}').winner == "91360700MA0000001X"
    assert Selection(evidence='{"winner": null}').winner == ""
    assert Selection(evidence='{"winner": null, "bids": []}').content == {
        "winner": None,
        "bids": [],
    }


def test_won_are_the_awards_whose_letter_went_out() -> None:
    won = [AwardFactory(active=True), AwardFactory(complete=True)]
    AwardFactory()
    AwardFactory(cancelled=True)

    assert {*Award.objects.won()} == {*won}


def test_a_list_asks_nothing_more_for_a_second_award(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ContractFactory()
    with django_assert_max_num_queries(5) as asked:
        [first] = Award.objects.for_lists()
    ContractFactory()

    with django_assert_max_num_queries(len(asked)):
        second, again = Award.objects.for_lists()
    assert (again, second.pk > first.pk) == (first, True)
