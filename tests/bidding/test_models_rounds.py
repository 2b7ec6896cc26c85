"""An order has a seal, a selection and an award of each round; those of its own round count."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from bidding.models import Award, Seal, Selection, Tender
from bidding.models.rounds import NothingInRound
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, SealFactory, TenderFactory

pytestmark = pytest.mark.django_db


def next_round(tender: Tender) -> tuple[Seal, Award]:
    """Put an order into its second round, with a seal and an award of it."""
    Tender.objects.filter(pk=tender.pk).update(selection_round=2)
    seal = SealFactory(tender=tender, round=2)
    return seal, AwardFactory(tender=tender, round=2, bid=BidFactory(tender=tender))


def test_what_counts_is_of_the_round_that_the_order_is_in() -> None:
    first = AwardFactory(cancelled=True)
    tender = first.tender
    assert (tender.award, tender.seal.round) == (first, 1)

    seal, second = next_round(tender)

    assert tender.award == first
    tender.refresh_from_db()
    assert (tender.award, tender.seal) == (second, seal)
    assert [*tender.awards.order_by("round")] == [first, second]


def test_a_list_joins_what_counts_and_doubles_no_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tenders = [AwardFactory(cancelled=True).tender for _place in range(3)]
    _seal, second = next_round(tenders[0])
    without = TenderFactory(active=True)

    with django_assert_num_queries(1):
        rows = {row.pk: row for row in Tender.objects.joined_with("award", "seal")}
        assert len(rows) == 4
        assert (rows[tenders[0].pk].award, rows[tenders[0].pk].seal.round) == (second, 2)
        assert rows[without.pk].award is None
    assert Tender.objects.joined_with("award").count() == 4


def test_a_round_has_one_of_each() -> None:
    award = AwardFactory()
    tender = award.tender

    for make in (
        lambda: AwardFactory(tender=tender),
        lambda: SealFactory(tender=tender),
        lambda: [
            Selection.objects.create(tender=tender, evidence="{}", sha256="", selected_at=NOON)
            for _time in range(2)
        ],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_a_bid_can_win_again_in_a_later_round_and_is_one_bid() -> None:
    first = AwardFactory(cancelled=True)
    bid, tender = first.bid, first.tender
    Tender.objects.filter(pk=tender.pk).update(selection_round=2)

    second = AwardFactory(tender=tender, round=2, bid=bid)

    assert [*bid.awards.order_by("round")] == [first, second]
    assert Tender.objects.get(pk=tender.pk).award == second
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardFactory(tender=tender, round=2, bid=bid)
    assert Award.objects.count() == 2


def test_the_selections_that_count_are_those_of_the_round() -> None:
    tender = TenderFactory(evaluated=True)
    made = [
        Selection.objects.create(
            tender=tender, round=place, evidence="{}", sha256="", selected_at=NOON
        )
        for place in (1, 2)
    ]

    assert [*Selection.objects.current()] == made[:1]
    Tender.objects.update(selection_round=2)
    assert [*Selection.objects.current()] == made[1:]


def test_an_order_without_the_seal_that_it_must_have_says_so() -> None:
    with pytest.raises(NothingInRound):
        _seal = TenderFactory(active=True, seal=False).seal
