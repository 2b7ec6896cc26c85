"""Every combination of the three machines has its one word."""

from itertools import product

import pytest

from bidding import stages
from bidding.models import Award, Contract, Tender
from bidding.stages import Stage, UnknownStatus, stage_of

TENDER = {
    "draft": "draft",
    "submitted": "submitted",
    "returned": "returned",
    "reviewed": "reviewed",
    "active": "awaiting_selection",
    "closed": "awaiting_selection",
    "bidding": "bidding",
    "evaluated": "selecting",
    "complete": "result_publicity",
    "unsuccessful": "unsuccessful",
    "cancelled": "cancelled",
}
AWARD = {
    "pending": "result_publicity",
    "active": "awarded",
    "complete": "awaiting_signature",
    "cancelled": "cancelled",
}
CONTRACT = {
    "pending": "awaiting_signature",
    "active": "in_service",
    "delivered": "delivered",
    "accepted": "accepted",
    "rated": "rated",
    "archived": "closed",
    "terminated": "cancelled",
}
OVER = {"unsuccessful", "cancelled"}
FLAGS = ("takes_bids", "is_returned_for_correction", "is_rerun")


@pytest.mark.parametrize(("tender", "stage"), [*TENDER.items()])
def test_before_an_award_the_order_speaks(tender, stage):
    assert stage_of(tender) == stage


@pytest.mark.parametrize(("award", "stage"), [*AWARD.items()])
@pytest.mark.parametrize("tender", ["evaluated", "complete"])
def test_from_the_award_on_the_award_speaks(tender, award, stage):
    assert stage_of(tender, award) == stage


@pytest.mark.parametrize(("contract", "stage"), [*CONTRACT.items()])
@pytest.mark.parametrize("award", ["active", "complete"])
def test_from_the_contract_on_the_contract_speaks(award, contract, stage):
    assert stage_of("complete", award, contract) == stage


@pytest.mark.parametrize("tender", ["unsuccessful", "cancelled"])
@pytest.mark.parametrize(
    ("award", "contract"),
    [(None, None), ("active", None), ("complete", "active"), ("cancelled", "terminated")],
)
def test_an_order_that_came_to_nothing_says_so_whatever_had_been_awarded(tender, award, contract):
    assert stage_of(tender, award, contract) == tender


def test_a_cancelled_award_ends_the_order_whatever_the_contract_was():
    assert stage_of("complete", "cancelled", "pending") == "cancelled"


@pytest.mark.parametrize("tender", sorted(TENDER))
def test_only_an_active_order_is_open(tender):
    open_now = stage_of(tender, takes_bids=True)

    assert open_now == ("open" if tender == "active" else TENDER[tender])


@pytest.mark.parametrize("contract", sorted(CONTRACT))
def test_only_in_service_can_a_delivery_be_back_for_correction(contract):
    returned = stage_of("complete", "complete", contract, is_returned_for_correction=True)

    assert returned == ("returned_for_correction" if contract == "active" else CONTRACT[contract])


@pytest.mark.parametrize(
    ("tender", "award", "contract"), [*product(TENDER, [None, *AWARD], [None, *CONTRACT])]
)
def test_a_rerun_counts_once_the_order_came_to_nothing(tender, award, contract):
    plain = stage_of(tender, award, contract)
    rerun = stage_of(tender, award, contract, is_rerun=True)

    assert rerun == ("rerun" if plain in OVER else plain)


def test_every_stage_is_reached():
    flags = [dict(zip(FLAGS, values, strict=True)) for values in product([False, True], repeat=3)]
    reached = {
        stage_of(tender, award, contract, **given)
        for tender, award, contract in product(TENDER, [None, *AWARD], [None, *CONTRACT])
        for given in flags
    }

    assert reached == set(Stage)


@pytest.mark.parametrize(
    ("table", "model"),
    [(stages.TENDER, Tender), (stages.AWARD, Award), (stages.CONTRACT, Contract)],
)
def test_each_machine_is_told_in_all_its_words(table, model):
    assert list(table) == model.Status.values


@pytest.mark.parametrize(
    "statuses", [("planned", None, None), ("complete", "won", None), ("complete", "active", "new")]
)
def test_an_unknown_status_is_refused(statuses):
    with pytest.raises(UnknownStatus):
        stage_of(*statuses)
