"""What the pages of an order's owner and officer show in its state."""

import pytest

from bidding.models import Tender
from bidding.pages.order_page import OwnAnswer, own_offer, state_of
from bidding.selection.methods import METHODS
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict
from tests.clock import NOON

Status = Tender.Status
PUBLISHED = {Status.ACTIVE, Status.UNSUCCESSFUL, Status.CANCELLED, Status.COMPLETE}
HOLDS, FAILS = (Verdict("rule", holds, "规则。", FORM) for holds in (True, False))
WHEN = {
    "awaits_review": {Status.SUBMITTED},
    "awaits_publication": {Status.REVIEWED},
    "awaits_registration": {Status.EVALUATED},
    "can_be_sent_back": {Status.SUBMITTED, Status.REVIEWED},
    "is_with_its_owner": {Status.DRAFT, Status.RETURNED},
    "is_returned": {Status.RETURNED},
    "takes_sign_ups": {Status.ACTIVE},
}


@pytest.mark.parametrize("what", WHEN)
def test_an_order_shows_it_in_its_own_states_alone(what):
    shown = {status for status in Status if getattr(state_of(Tender(status=status)), what)}

    assert shown == WHEN[what]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.DRAFT, {"may_go_on", "may_delete"}),
        (Status.RETURNED, {"may_go_on", "may_cancel"}),
        (Status.SUBMITTED, {"may_take_back", "may_cancel"}),
        (Status.ACTIVE, {"may_cancel", "may_rerun"}),
        *((over, set()) for over in (Status.UNSUCCESSFUL, Status.CANCELLED, Status.COMPLETE)),
    ],
)
def test_an_owner_is_offered_what_their_role_and_the_state_allow_and_nothing_that_is_over(
    status, offered
):
    tender = Tender(status=status, published_at=NOON if status in PUBLISHED else None)

    offer = vars(own_offer(tender, [FAILS], can_edit=True))

    assert {name for name, is_offered in offer.items() if is_offered} == offered
    without = vars(own_offer(tender, [FAILS], can_edit=False))
    assert {name for name, is_offered in without.items() if is_offered} == offered & {"may_rerun"}


@pytest.mark.parametrize("status", [Status.UNSUCCESSFUL, Status.CANCELLED, Status.COMPLETE])
def test_a_round_that_came_to_nothing_leads_to_the_next_one_until_that_is_there(status):
    tender = Tender(status=status, published_at=NOON)

    assert own_offer(tender, [HOLDS, HOLDS], can_edit=True).may_rerun
    assert not own_offer(tender, [HOLDS, FAILS], can_edit=True).may_rerun


@pytest.mark.parametrize(
    ("own", "word"),
    [
        (OwnAnswer(takes_bids=True, is_known=False), "answer_after_login"),
        (OwnAnswer(takes_bids=True, is_known=True), ""),
        (OwnAnswer(takes_bids=True, is_known=True, verdicts=[HOLDS]), "answer_short"),
        (OwnAnswer(takes_bids=True, is_known=True, verdicts=[HOLDS, FAILS]), ""),
        (OwnAnswer(takes_bids=False, is_known=False), ""),
        (OwnAnswer(takes_bids=False, is_known=True, verdicts=[HOLDS], has_bid=True), ""),
    ],
)
def test_a_phone_keeps_the_one_act_in_reach_that_is_possible(own, word):
    for method in METHODS.values():
        assert own.dock(method.words) == (getattr(method.words, word) if word else "")
    assert own.shows_check == (own.takes_bids and bool(own.verdicts))


def test_who_has_bid_is_led_to_the_bid():
    own = OwnAnswer(takes_bids=True, is_known=True, verdicts=[FAILS], has_bid=True)

    assert own.dock(METHODS["lowest"].words) == "我的报价"


def test_the_way_to_a_question_is_shown_to_agencies_and_to_strangers_only() -> None:
    stranger = OwnAnswer(takes_bids=True, is_known=False)
    agency = OwnAnswer(takes_bids=True, is_known=True, verdicts=[FAILS])
    buyer = OwnAnswer(takes_bids=True, is_known=True)
    late = OwnAnswer(takes_bids=False, is_known=False)

    assert [one.may_ask for one in (stranger, agency, buyer, late)] == [True, True, False, False]
