"""Readers find each public order in one phase, and read each stage in its own words."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bidding.models import Tender
from bidding.models.stages import WORDS, Phase
from bidding.stages import Stage
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    AwardFactory,
    ContractFactory,
    TenderFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", [NOON, DEADLINE])
def test_the_phases_of_the_filter_cover_every_published_order_once(at: datetime) -> None:
    for traits in ({"active": True}, {"closed": True}, {"evaluated": True}, {"unsuccessful": True}):
        TenderFactory(**traits)
    AwardFactory()
    AwardFactory(active=True)
    AwardFactory(cancelled=True)

    found = [
        pk
        for phase in Phase
        for pk in Tender.objects.public().filter(phase.condition(at)).values_list("pk", flat=True)
    ]

    assert sorted(found) == sorted(Tender.objects.public().values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("make", "phase"),
    [
        (lambda: TenderFactory(active=True), Phase.OPEN),
        (lambda: TenderFactory(evaluated=True), Phase.SELECTING),
        (lambda: AwardFactory().tender, Phase.PUBLICITY),
        (lambda: ContractFactory().award.tender, Phase.AWARDED),
        (lambda: ContractFactory(delivered=True).award.tender, Phase.IN_SERVICE),
        (lambda: ContractFactory(archived=True).award.tender, Phase.DONE),
        (lambda: TenderFactory(unsuccessful=True), Phase.UNSUCCESSFUL),
        (lambda: AwardFactory(cancelled=True).tender, Phase.CANCELLED),
    ],
)
def test_an_order_is_in_the_phase_that_it_lives_in(
    make: Callable[[], Tender], phase: Phase
) -> None:
    tender = make()

    found = [one for one in Phase if tender in Tender.objects.filter(one.condition(NOON))]

    assert found == [phase]


def test_every_stage_has_a_word() -> None:
    assert list(WORDS) == list(Stage)
    assert str(WORDS[Stage.RETURNED_FOR_CORRECTION]) == "退回更正"
