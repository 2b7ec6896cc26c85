"""The sheets decide once all are in and every low quote is explained."""

from __future__ import annotations

import pytest

from bidding.actions.explanations import lapse_explanation
from bidding.actions.panel_results import decide_by_sheets
from bidding.models import Choice, Explanation, PanelSeat
from bidding.pages.notices import public_log
from tests.bidding.openings import evidence_of
from tests.factories.bidding import TenderFactory
from tests.factories.experts import SCORED_AT, scored, seated_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_last_sheet_waits_for_the_cost_of_a_low_quote() -> None:
    tender = seated_order(40_000, 85_000, 90_000)
    asked = Explanation.objects.get(tender=tender)
    for seat in PanelSeat.objects.of_round(tender):
        scored(seat)
    assert not Choice.objects.exists()
    end = asked.due_at
    assert end is not None

    lapse_explanation(explanation=asked, at=end)

    choice = Choice.objects.get(tender=tender)
    assert choice.document["winner"] == evidence_of(tender)["ranking"][0]["uscc"]
    assert choice.bid.agency.uscc == evidence_of(tender)["ranking"][1]["uscc"]
    assert [str(entry.verb) for entry in public_log(tender)][-1] == "tender.scored"


def test_nothing_is_decided_before_the_last_sheet_nor_of_an_order_without_a_panel() -> None:
    tender = seated_order()
    for seat in list(PanelSeat.objects.of_round(tender))[:-1]:
        scored(seat)

    assert decide_by_sheets(tender, SCORED_AT) is None
    assert decide_by_sheets(TenderFactory(evaluated=True), SCORED_AT) is None
    assert not Choice.objects.exists()
