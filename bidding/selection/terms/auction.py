"""Live auction: who has quoted lowest when the hall ends, equals at the floor by lot. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Self

from bidding.selection.auction import Hall, HallRules, fault, opened, quoted, ran_on
from bidding.selection.draw import Ranking, lowest_price, money
from bidding.selection.shapes import MONEY, POINTS
from bidding.selection.terms.base import (
    Bounds,
    Course,
    Flaw,
    Json,
    MethodTerms,
    read_money,
    written_money,
)

SECONDS = range(1, 86_401)
POINT = "%"
SWITCH = (True, False)


@dataclass(frozen=True, kw_only=True)
class AuctionTerms(MethodTerms):
    """
    `countdown` and `longest` are seconds; see `auction.HallRules`.

    `step` is in yuan, or where quotes are rates (`by_rate`) in points of percent, written with "%".
    """

    name = "auction"
    form = {
        "ceiling": MONEY,
        "floor": (None, MONEY),
        "step": (MONEY, POINTS),
        "countdown": SECONDS,
        "longest": SECONDS,
        "floor_is_open": SWITCH,
        "floor_resets": SWITCH,
    }
    is_live = True

    ceiling: Decimal
    floor: Decimal | None
    step: Decimal
    countdown: int
    longest: int
    floor_is_open: bool
    floor_resets: bool
    by_rate: bool = False

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        limits = {name: read_money(content[name]) for name in ("ceiling", "floor")}
        written = content["step"]
        step = {"step": read_money(written.removesuffix(POINT)), "by_rate": POINT in written}
        return cls(**{**content, **limits, **step})

    def as_json(self) -> dict[str, Json]:
        return {
            "ceiling": money(self.ceiling),
            "floor": written_money(self.floor),
            "step": money(self.step) + (POINT if self.by_rate else ""),
            "countdown": self.countdown,
            "longest": self.longest,
            "floor_is_open": self.floor_is_open,
            "floor_resets": self.floor_resets,
        }

    @property
    def hall(self) -> HallRules:
        """The terms as the hall runs by them."""
        return HallRules(
            ceiling=self.ceiling,
            floor=self.floor,
            step=self.step,
            countdown=timedelta(seconds=self.countdown),
            longest=timedelta(seconds=self.longest),
            floor_is_open=self.floor_is_open,
            floor_resets=self.floor_resets,
            by_rate=self.by_rate,
        )

    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        return lowest_price(offers, seed, context)

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling

    def offers(
        self, signed_up: Mapping[str, Decimal], course: Course | None, /
    ) -> Mapping[str, Decimal]:
        """Return the last quote of each of those who signed up, where it has quoted."""
        last = {one.uscc: one.amount for one in course.quotes} if course else {}
        return {uscc: last[uscc] for uscc in signed_up if uscc in last}

    def flaws(self, course: Course, /) -> Iterator[Flaw]:
        """Repeat the hall quote by quote; after the first that does not count nothing is known."""
        try:
            yield from self._flaws(course)
        except OverflowError:  # no calendar reaches so far
            yield Flaw("opened_at", found=course.opened_at.isoformat())

    def _flaws(self, course: Course) -> Iterator[Flaw]:
        hall: Hall = opened(self.hall, course.opened_at)
        moments = [moment for one in course.pauses for moment in (one.since, one.until)]
        if moments != sorted(moments):
            yield Flaw("pauses", found="out_of_order")
        pauses = list(course.pauses)
        for place, one in enumerate(course.quotes):
            while pauses and pauses[0].since <= one.quoted_at:
                pause = pauses.pop(0)
                hall = ran_on(hall, pause.since, pause.until)
            if one.number != place + 1:
                yield Flaw(f"quotes[{place}].number", str(place + 1), str(one.number))
            why = fault(hall, one.uscc, one.amount, one.quoted_at)
            if why is not None:
                yield Flaw(f"quotes[{place}]", found=why.value)
                return
            hall = quoted(hall, one.uscc, one.amount, one.quoted_at)
        for pause in pauses:
            hall = ran_on(hall, pause.since, pause.until)
        if course.ended_at != hall.ends_at:
            yield Flaw("ended_at", hall.ends_at.isoformat(), course.ended_at.isoformat())
