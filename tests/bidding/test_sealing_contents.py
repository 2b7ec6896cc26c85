"""What a bidder puts into an envelope comes out as it was."""

from decimal import Decimal

import pytest

from bidding.sealing.contents import Contents, contents_of


@pytest.mark.parametrize("amount", ["88000.00", "0.00", "999999999999.99"])
def test_contents_come_back_to_the_cent_with_all_that_was_sent(amount):
    sent = Contents(Decimal(amount), bytes(range(32)), {"plan": "甲", "days": 30})

    read = contents_of(sent.as_bytes())

    assert (str(read.amount), read.part, read.more) == (amount, sent.part, sent.more)
