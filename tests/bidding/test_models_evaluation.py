"""Ratings are versions of one to five stars; the last one of each side counts."""

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from bidding.models import Evaluation
from tests.factories.bidding import EvaluationFactory

pytestmark = pytest.mark.django_db
Side = Evaluation.Side


def test_the_last_version_of_each_side_counts() -> None:
    first = EvaluationFactory(quality=1)
    contract = first.contract
    agencys = EvaluationFactory(contract=contract, side=Side.AGENCY)
    last = EvaluationFactory(contract=contract, version=2)
    other = EvaluationFactory()

    assert {*Evaluation.objects.current()} == {agencys, last, other}
    assert [*contract.evaluations.current().filter(side=Side.BUYER)] == [last]
    assert str(last) == f"{contract.pk} buyer 2"


def test_each_criterion_has_one_to_five_stars() -> None:
    contract = EvaluationFactory(version=9).contract

    for version, criterion in enumerate(
        ("quality", "attitude", "timeliness", "charges", "conduct")
    ):
        EvaluationFactory(contract=contract, version=version, **{criterion: 1})
        for stars in (0, 6):
            with pytest.raises(IntegrityError, match=f"evaluation_{criterion}_has"), atomic():
                EvaluationFactory(contract=contract, version=10, **{criterion: stars})


def test_a_version_of_a_side_is_there_once() -> None:
    contract = EvaluationFactory().contract

    EvaluationFactory(contract=contract, side=Side.AGENCY)
    with pytest.raises(IntegrityError), atomic():
        EvaluationFactory(contract=contract)
