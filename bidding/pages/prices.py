"""What an item has cost in the last year: medians and quartiles, as a table and as a chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median, quantiles

from django.utils.translation import gettext as _

from bidding.models import Award, Tender
from bidding.statistics.prices import least_prices
from marketplace.templatetags.ui_figures import money
from marketplace.web.components import Text

YEAR = timedelta(days=365)
WIDE, NARROW = (820, 196), (358, 6)
"""Width of a chart and where its axis begins, on wide screens and on narrow ones."""
ROW, TOP = 54, 20
CENT = Decimal("0.01")
TEN_THOUSAND = 10_000
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MARKS = 4


@dataclass(frozen=True)
class Spread:
    """How the prices of some orders lie; without quartiles where there are few."""

    label: Text
    count: int
    least: Decimal
    low: Decimal | None
    middle: Decimal
    high: Decimal | None
    most: Decimal

    @property
    def low_text(self) -> str:
        """The lower quartile as it is written."""
        return or_dash(self.low)

    @property
    def high_text(self) -> str:
        """The upper quartile as it is written."""
        return or_dash(self.high)


def or_dash(amount: Decimal | None) -> str:
    """Write an amount, or that it is not told."""
    return money(amount) or "—"


def spreads_of(code: str, at: datetime) -> tuple[Spread, ...]:
    """Return how the awards of the last year for an item lie: all of them, and by their funds."""
    won = Award.objects.won().filter(tender__item__code=code, awarded_at__gt=at - YEAR)
    by_fund: dict[str, list[Decimal]] = defaultdict(list)
    for fund, amount in won.order_by().values_list("tender__fund", "amount"):
        by_fund[fund].append(amount)
    least = least_prices(at)
    everything = [amount for amounts in by_fund.values() for amount in amounts]
    if not everything:
        return ()
    funds = [
        _spread(Tender.Fund(fund).label, by_fund[fund], least)
        for fund in Tender.Fund.values
        if fund in by_fund
    ]
    return (_spread(_("全部"), everything, least), *(funds if len(funds) > 1 else ()))


@dataclass(frozen=True)
class Middle:
    """What lies in the middle of the prices of some orders."""

    count: int
    amount: Decimal


def middles_of(codes: Iterable[str], at: datetime) -> dict[str, Middle]:
    """Return the middle of the awards of the last year by item, of those that have any."""
    won = Award.objects.won().filter(tender__item__code__in=codes, awarded_at__gt=at - YEAR)
    found: dict[str, list[Decimal]] = defaultdict(list)
    for code, amount in won.order_by().values_list("tender__item__code", "amount"):
        found[code].append(amount)
    return {code: Middle(len(them), _cents(median(them))) for code, them in found.items()}


def _spread(label: Text, amounts: Sequence[Decimal], least: int) -> Spread:
    """Return how amounts lie; quartiles of fewer than `least` would tell of single orders."""
    low, high = None, None
    if len(amounts) >= least:
        quarters = quantiles(amounts, n=4, method="inclusive")
        low, high = _cents(quarters[0]), _cents(quarters[2])
    middle = _cents(median(amounts))
    return Spread(label, len(amounts), min(amounts), low, middle, high, max(amounts))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


# --- As a chart -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Box:
    """One row of the chart in numbers of SVG: the line from least to most, the box, the median."""

    label: Text
    count: int
    y: int
    least: float
    low: float | None
    middle: float
    high: float | None
    most: float

    @property
    def width(self) -> float:
        """How wide the box is."""
        return round((self.high or 0) - (self.low or 0), 1)


@dataclass(frozen=True)
class Mark:
    """A figure of the axis, in ten thousand yuan, and where it stands."""

    x: float
    text: str


@dataclass(frozen=True)
class PriceChart:
    """The chart in one size."""

    name: str
    width: int
    left: int
    height: int
    boxes: Sequence[Box]
    marks: Sequence[Mark]

    @property
    def foot(self) -> int:
        """Where the figures of the axis stand."""
        return self.height - 6

    @property
    def bottom(self) -> int:
        """Where the plot ends."""
        return self.height - 22


def charts_of(spreads: Sequence[Spread]) -> list[PriceChart]:
    """Return the spreads as a chart for wide screens and one for narrow ones; none of none."""
    return [_chart("l", *WIDE, spreads), _chart("s", *NARROW, spreads)] if spreads else []


def _chart(name: str, width: int, left: int, spreads: Sequence[Spread]) -> PriceChart:
    step = _step(max(spread.most for spread in spreads))
    top = step * MARKS * TEN_THOUSAND

    def x(amount: Decimal | int) -> float:
        return round(left + (width - left - 24) * float(amount) / top, 1)

    boxes = [
        Box(
            *(one.label, one.count, TOP + place * ROW, x(one.least)),
            x(one.low) if one.low is not None else None,
            x(one.middle),
            x(one.high) if one.high is not None else None,
            x(one.most),
        )
        for place, one in enumerate(spreads)
    ]
    marks = [Mark(x(place * step * TEN_THOUSAND), f"{place * step}") for place in range(MARKS + 1)]
    return PriceChart(name, width, left, TOP + len(spreads) * ROW + 22, boxes, marks)


def _step(most: Decimal) -> int:
    """Return by how many ten thousand yuan the axis goes, so that `most` is on it."""
    fitting: Iterable[int] = (one for one in STEPS if one * MARKS * TEN_THOUSAND >= most)
    return next(iter(fitting), int(most // (MARKS * TEN_THOUSAND)) + 1)
