"""
A bidder in a process of its own: it quotes until the hall is over, and says what was answered.

It says when it is ready, and begins when it is told to. Each further line that it writes is a quote
that got a success answer, after its commit. The time of the hall goes on by the quotes: each comes
so many seconds after the one before, read under the lock as the clock is.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Event
from uuid import uuid4

import django

django.setup()  # the process begins here

from bidding.actions.quotes import Attempt, place_quote, state_of
from bidding.models import Hall, Tender
from marketplace.kernel.verdicts import Refused
from marketplace.models import Organization, User

BETWEEN = timedelta(seconds=90)


def quote_until_the_end(tender: int, agency: int, person: int) -> None:
    """Quote whenever somebody else leads, and write down what was answered."""
    bidder, by = Organization.objects.get(pk=agency), User.objects.get(pk=person)

    def clock() -> datetime:
        return Hall.objects.get(tender=tender).moved_at + BETWEEN

    while True:
        order = Tender.objects.get(pk=tender)
        assert order.hall is not None
        most = state_of(order, order.hall).most or Decimal(0)
        attempt = Attempt(amount=most, key=uuid4(), by=by)
        try:
            made = place_quote(tender=order, agency=bidder, attempt=attempt, clock=clock)
        except Refused as refused:
            if any(verdict.guard == "hall_takes_quotes" for verdict in refused.verdicts):
                return
            Event().wait(0.002)
            continue
        print(json.dumps([made.number, str(made.amount)]), flush=True)


if __name__ == "__main__":
    asked = map(int, sys.argv[1:])
    print("ready", flush=True)
    sys.stdin.readline()
    quote_until_the_end(*asked)
