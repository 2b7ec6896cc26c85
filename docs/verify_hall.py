#!/usr/bin/env python3
"""
Repeat the quotes of a live auction from the evidence of its order, with Python alone.

    verify_hall.py EVIDENCE.json

Exits with 0 when each quote counts by the rules of its hall and the hall ended when it had to, with
1 when something does not hold, and says where, with 2 when there is no hall to judge. Whether the
evidence itself holds, and who wins by these quotes, is for verify_draw.py to say. This file shares
no code with the platform.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

moment = datetime.fromisoformat
Finding = tuple[str, str, str, str]
"""Which check, where, what follows, what is stated."""
CENT = Decimal("0.01")


def verify(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Whoever signed up quoted by the rules, after the sign-up, until the hall ended."""
    course = evidence["course"]
    opened, ended, closed, selected = map(
        moment,
        (course["opened_at"], course["ended_at"], evidence["period_end"], evidence["selected_at"]),
    )
    if opened < closed:
        yield "course", "$.course.opened_at", f">= {closed}", str(opened)
    if ended > selected:
        yield "course", "$.course.ended_at", f"<= {selected}", str(ended)
    listed = {one["uscc"] for one in evidence["entrants"]}
    for place, one in enumerate(course["quotes"]):
        if one["uscc"] not in listed:
            yield "course", f"$.course.quotes[{place}].uscc", "signed up", one["uscc"]
    try:
        yield from repeated(evidence["terms"]["method"], opened, ended, course)
    except OverflowError:  # no calendar reaches so far
        yield "course", "$.course.opened_at", "a moment of a calendar", str(opened)


def repeated(
    own: dict[str, Any], opened: datetime, ended: datetime, course: dict[str, Any]
) -> Iterator[Finding]:
    """Repeat the quotes one by one; after the first that does not count nothing is known."""
    hall = Hall(own, opened)
    pauses = [tuple(map(moment, (one["since"], one["until"]))) for one in course["pauses"]]
    if sum(pauses, ()) != tuple(sorted(sum(pauses, ()))):
        yield "course", "$.course.pauses", "in order", ""
    for place, one in enumerate(course["quotes"]):
        amount, at = Decimal(one["amount"]), moment(one["quoted_at"])
        while pauses and pauses[0][0] <= at:
            hall.stand_still(*pauses.pop(0))
        if one["number"] != place + 1:
            yield "course", f"$.course.quotes[{place}].number", str(place + 1), str(one["number"])
        if not hall.counts(one["uscc"], amount, at):
            yield "course", f"$.course.quotes[{place}]", "a quote that counts", one["amount"]
            return
        hall.take(one["uscc"], amount, at)
    for since, until in pauses:
        hall.stand_still(since, until)
    if ended != hall.ends:
        yield "course", "$.course.ended_at", str(hall.ends), str(ended)


class Hall:
    """
    A hall quote by quote.

    Each is a step lower, or at the floor, by another than who leads, before the countdown is over;
    above the floor it starts the countdown anew. At the floor others may join, where they may.
    After a pause a whole countdown runs, and the longest duration is longer by it. A step with "%"
    is points of the rate off the ceiling; each amount is then what some rate comes to.
    """

    def __init__(self, own: dict[str, Any], opened: datetime) -> None:
        self.own = own
        self.countdown, longest = (timedelta(seconds=own[key]) for key in ("countdown", "longest"))
        self.ceiling, step = Decimal(own["ceiling"]), own["step"]
        self.step, self.by_rate = Decimal(step.removesuffix("%")), step.endswith("%")
        self.floor = None if own["floor"] is None else Decimal(own["floor"])
        self.price: Decimal | None = None
        self.last: dict[str, Decimal] = {}
        self.moved, self.ends, self.closes = opened, opened + self.countdown, opened + longest

    def stand_still(self, since: datetime, until: datetime) -> None:
        """Give a whole countdown back, unless it was over by then."""
        if since < self.ends:
            self.moved, self.closes = max(self.moved, until), self.closes + (until - since)
            self.ends = min(until + self.countdown, self.closes)

    def counts(self, uscc: str, amount: Decimal, at: datetime) -> bool:
        """Tell whether a quote is in time, by another than who leads, and low enough."""
        most = self.ceiling
        if self.price is not None:
            most = max(self.below(self.price), self.floor or Decimal(0))
        if self.price is not None and self.price == self.floor:
            most = self.floor if self.own["floor_is_open"] else Decimal(-1)
        least = max(self.floor or Decimal(0), CENT)
        leads = self.price is not None and self.last.get(uscc) == self.price
        fits = least <= amount <= most and (not self.by_rate or self.is_of_a_rate(amount))
        return self.moved <= at < self.ends and not leads and fits

    def take(self, uscc: str, amount: Decimal, at: datetime) -> None:
        """Let a quote that counts stand."""
        if amount != self.floor or self.own["floor_resets"]:
            self.ends = max(self.ends, min(at + self.countdown, self.closes))
        self.price, self.moved, self.last[uscc] = amount, at, amount

    def below(self, price: Decimal) -> Decimal:
        """Return what a step lower comes to."""
        if not self.by_rate:
            return price - self.step
        return self.discounted(self.rate_of(price) + self.step)

    def rate_of(self, amount: Decimal) -> Decimal:
        """Return by how many percent, to the hundredth, an amount lies below the ceiling."""
        return ((1 - amount / self.ceiling) * 100).quantize(CENT, ROUND_HALF_UP)

    def discounted(self, rate: Decimal) -> Decimal:
        """Return what so many percent off the ceiling come to, half a cent rounded up."""
        left = self.ceiling * (100 - rate) / 100 if rate < 100 else Decimal(0)
        return left.quantize(CENT, ROUND_HALF_UP)

    def is_of_a_rate(self, amount: Decimal) -> bool:
        """Tell whether a bidder can have quoted an amount as a rate below a hundred percent."""
        return amount == self.discounted(self.rate_of(amount))


def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("evidence", type=Path, metavar="EVIDENCE.json")
    asked = parser.parse_args(given)
    try:
        evidence = json.loads(asked.evidence.read_bytes())
        findings = list(verify(evidence))
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        sys.stderr.write(f"bad input: {error}\n")
        return 2
    for check, path, expected, stated in findings:
        sys.stdout.write(f"{check}: {path}: expected {expected}, stated {stated}\n")
    if not findings:
        quotes = len(evidence["course"]["quotes"])
        sys.stdout.write(f"holds: {evidence['terms']['tender_code']}: {quotes} quotes\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
