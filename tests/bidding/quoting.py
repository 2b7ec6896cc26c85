"""
A bidder in a process of its own: it quotes until the hall is over, and says what was answered.

It says what time it is, and begins when it is told since when the hall is open. Each line that it
writes is a quote that got a success answer, after its commit. The clock of the hall runs faster
than time, so that its end comes within seconds.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import django

django.setup()  # the process begins here

from bidding.actions.quotes import Attempt, place_quote, state_of
from bidding.models import Tender
from marketplace.kernel.verdicts import Refused
from marketplace.models import Organization, User
from tests.factories.bidding import OPENING

SPEED = 100


def hall_time(began: float) -> datetime:
    """Return the time of a hall that opened at `began`, in seconds since 1970."""
    return OPENING + timedelta(seconds=(time.time() - began) * SPEED)


def quote_until_the_end(tender: int, agency: int, person: int, began: float) -> None:
    """Quote whenever somebody else leads, and write down what was answered."""
    bidder, by = Organization.objects.get(pk=agency), User.objects.get(pk=person)
    while True:
        order = Tender.objects.get(pk=tender)
        if order.hall is None or order.status != Tender.Status.BIDDING:
            return
        most = state_of(order, order.hall).most or Decimal(0)
        try:
            made = place_quote(
                tender=order,
                agency=bidder,
                attempt=Attempt(amount=most, key=uuid4(), by=by),
                clock=lambda: hall_time(began),
            )
        except Refused as refused:
            if any(verdict.guard == "hall_takes_quotes" for verdict in refused.verdicts):
                return
            continue
        print(json.dumps([made.number, str(made.amount)]), flush=True)


if __name__ == "__main__":
    order, firm, user = map(int, sys.argv[1:])
    print(time.time(), flush=True)
    quote_until_the_end(order, firm, user, float(sys.stdin.readline()))
