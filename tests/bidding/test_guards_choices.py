"""What must hold before an owner chooses, and before officers register what it chose."""

import pytest

from bidding.guards.choices import (
    candidates_of,
    choice_has_reasons,
    choice_is_made,
    may_choose,
    somebody_has_weight,
)
from bidding.models import Selection, Tender
from tests.bidding.refusals import failing
from tests.factories.bidding import TenderFactory


def test_a_method_that_names_the_winner_leaves_no_choice_and_waits_for_none():
    tender = Tender(method="lowest", status=Tender.Status.EVALUATED)

    assert failing(*may_choose(tender)) == ["order_leaves_a_choice"]
    assert choice_is_made(tender).holds


@pytest.mark.parametrize("status", sorted(set(Tender.Status) - {Tender.Status.EVALUATED}))
def test_a_choice_is_made_between_opening_and_registration(status):
    tender = Tender(method="shortlist", status=status)

    assert failing(*may_choose(tender)) == ["tender_awaits_a_choice"]


@pytest.mark.parametrize(("weights", "holds"), [([], False), ([0, 0], False), ([0, 1], True)])
def test_one_record_that_weighs_anything_is_enough(weights, holds):
    assert somebody_has_weight(weights).holds is holds


@pytest.mark.parametrize(("reasons", "holds"), [("", False), (" \n", False), ("好。", True)])
def test_reasons_are_words(reasons, holds):
    assert choice_has_reasons(reasons).holds is holds


@pytest.mark.django_db
def test_the_candidates_are_those_of_the_published_ranking():
    tender = TenderFactory(evaluated=True)
    assert candidates_of(tender) == {}
    Selection.objects.create(
        tender=tender,
        evidence='{"ranking": [{"uscc": "A", "amount": "1.00"}]}',
        sha256="0" * 64,
        selected_at=tender.evaluated_at,
    )

    assert candidates_of(tender) == {"A": "1.00"}
