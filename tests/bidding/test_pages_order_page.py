"""What the pages of an order's owner and officer show in its state."""

import pytest

from bidding.models import Tender
from bidding.pages.order_page import state_of

Status = Tender.Status
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
