"""A hall as it is watched: what its stream tells, and what its page shows each reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Hall, Quote, Seat, Suspension, Tender
from bidding.pages.names import AgencyName, agency_names
from bidding.pages.terms import as_quoted, with_quote
from bidding.rulebook import rules_for
from bidding.selection.auction import Hall as State
from bidding.selection.auction import opened
from bidding.selection.discounts import rate_of
from bidding.selection.methods import hall_rules_of
from marketplace.kernel import known
from marketplace.models import Organization
from marketplace.templatetags.ui_figures import money
from marketplace.web.components import Text

WAITING, OPEN, PAUSED, OVER, DONE = "waiting", "open", "paused", "over", "done"
SECOND = timedelta(seconds=1)
WIDTH, HEIGHT, MARGIN = 720, 240, 12
BUTTONS = 3


@dataclass(frozen=True)
class QuoteRow:
    """One quote as everybody sees it; `name` is empty until the end."""

    number: int
    seat: int
    amount: Decimal
    at: datetime
    ends_at: datetime
    name: AgencyName | None = None
    is_own: bool = False
    quoted: str = ""
    """What was quoted where that is no amount."""


@dataclass(frozen=True)
class Look:
    """A hall as it stands: `phase`, when it opens or ends, and the quotes that were asked for."""

    phase: str
    opens_at: datetime | None
    ends_at: datetime | None
    count: int
    price: Decimal | None
    quotes: Sequence[QuoteRow] = ()


# --- What the stream tells ------------------------------------------------------------------------
def look_at(seen: Mapping[str, int], at: datetime) -> dict[str, Look]:
    """
    Return how the halls of these orders stand, each with the quotes after the number that is known.

    Two statements for all of them, one where there is no new quote.
    """
    rows: Any = Tender.objects.public().filter(code__in=seen)  # `hall` is an alias to the checker
    stands = Exists(Suspension.objects.running().filter(tender=OuterRef("pk")))
    values = "code", "status", "hall__pk", "hall__ends_at", "hall__quote_count", "hall__price"
    found = {row["code"]: row for row in rows.values(*values, stands=stands)}
    asked = {
        row["hall__pk"]: seen[code]
        for code, row in found.items()
        if (row["hall__quote_count"] or 0) > seen[code]
    }
    quotes = _quotes_after(asked)
    return {
        code: Look(
            phase=phase_of(row["status"], row["hall__ends_at"], at, is_paused=row["stands"]),
            opens_at=None,
            ends_at=row["hall__ends_at"],
            count=row["hall__quote_count"] or 0,
            price=row["hall__price"],
            quotes=quotes.get(row["hall__pk"], ()),
        )
        for code, row in found.items()
    }


def phase_of(
    status: str, ends_at: datetime | None, at: datetime, *, is_paused: bool = False
) -> str:
    """Return where a hall stands at `at`, from the state of its order and its end."""
    if status in {Tender.Status.ACTIVE, Tender.Status.CLOSED}:
        return WAITING
    if status == Tender.Status.BIDDING and is_paused:
        return PAUSED
    if status == Tender.Status.BIDDING and ends_at is not None:
        return OPEN if at < ends_at else OVER
    return DONE


def _quotes_after(asked: Mapping[int, int]) -> dict[int, list[QuoteRow]]:
    found: dict[int, list[QuoteRow]] = defaultdict(list)
    if not asked:
        return found
    later = reduce(or_, (Q(hall=hall, number__gt=number) for hall, number in asked.items()))
    for quote in Quote.objects.filter(later).select_related("seat").order_by("number"):
        found[quote.hall_id].append(_row(quote))
    return found


def _row(quote: Quote, name: AgencyName | None = None) -> QuoteRow:
    return QuoteRow(
        quote.number, quote.seat.number, quote.amount, quote.quoted_at, quote.ends_at, name
    )


def told_of(look: Look) -> dict[str, Any]:
    """Return the state of a hall as the stream tells it; moments in milliseconds since 1970."""
    return {
        "phase": look.phase,
        "ends": millis(look.ends_at),
        "count": look.count,
        "price": None if look.price is None else f"{look.price:.2f}",
    }


def told_of_quote(quote: QuoteRow) -> dict[str, Any]:
    """Return a quote as the stream tells it."""
    return {
        "number": quote.number,
        "seat": quote.seat,
        "amount": f"{quote.amount:.2f}",
        "at": millis(quote.at),
        "ends": millis(quote.ends_at),
    }


def millis(moment: datetime | None) -> int | None:
    """Return a moment in whole milliseconds since 1970."""
    return None if moment is None else round(moment.timestamp() * 1000)


# --- The page -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Chart:
    """The course of the price as steps, in a box of `WIDTH` by `HEIGHT`."""

    path: str
    dots: Sequence[tuple[float, float]]
    floor: float
    has_floor: bool


@dataclass(frozen=True)
class Offered:
    """A button: what it fills in, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Own:
    """Where an agency stands in a hall: its number, its words, and what it may quote now."""

    seat: int
    word: Text
    tone: str
    offers: Sequence[Offered]


@dataclass(frozen=True)
class HallPage:
    """What everybody sees of a hall."""

    look: Look
    is_by_rate: bool
    quoted: str
    """The rate that leads, where bidders quote rates."""
    shown: Text
    """The amount that leads, with its rate, or that there is none yet."""
    floor: str
    """The rate of the floor, where bidders quote rates."""
    step: str
    most: str
    """What may be quoted now in words; empty where nothing may."""
    amounts: Sequence[Decimal]
    rows: Sequence[QuoteRow]
    chart: Chart
    seat_count: int
    told: Mapping[str, Any]
    """What the script starts from."""

    @property
    def heading(self) -> Text:
        """What stands above the price."""
        if self.is_by_rate:
            return _("最高下浮率") if self.is_after else _("当前最高下浮率")
        return _("最低报价") if self.is_after else _("当前最低报价")

    @property
    def is_waiting(self) -> bool:
        return self.look.phase == WAITING

    @property
    def is_open(self) -> bool:
        return self.look.phase == OPEN

    @property
    def is_paused(self) -> bool:
        return self.look.phase == PAUSED

    @property
    def is_over(self) -> bool:
        return self.look.phase == OVER

    @property
    def is_done(self) -> bool:
        return self.look.phase == DONE

    @property
    def is_after(self) -> bool:
        return self.is_over or self.is_done

    @property
    def last(self) -> QuoteRow | None:
        return self.rows[0] if self.rows else None


def hall_page(tender: Tender, at: datetime, agency: Organization | None = None) -> HallPage:
    """
    Return the hall of a live order; the names of its bidders once the order was opened.

    The quotes of `agency` are marked as its own.
    """
    hall = tender.hall
    seat = seat_of(hall, agency)
    state = state_at(tender, hall)
    found = _rows(tender, hall, at) if hall is not None else []
    rows = [
        replace(row, is_own=row.seat == seat, quoted=as_quoted(tender, row.amount)) for row in found
    ]
    look = Look(
        phase=phase_of(
            tender.status, hall.ends_at if hall else None, at, is_paused=tender.is_suspended
        ),
        opens_at=hall.opened_at if hall else tender.opening_at,
        ends_at=hall.ends_at if hall else None,
        count=hall.quote_count if hall else 0,
        price=hall.price if hall else None,
    )
    if look.phase != DONE:
        known.holds_until(at)  # each quote changes it, and moves no version
    return HallPage(
        look=look,
        is_by_rate=state.rules.by_rate,
        quoted=as_quoted(tender, look.price) if look.price else "",
        shown=with_quote(tender, look.price) if look.price else _("还没有报价"),
        floor=as_quoted(tender, tender.floor) if tender.floor else "",
        step=_step(state),
        most="" if state.most is None else with_quote(tender, state.most),
        amounts=list(state.steps(BUTTONS)),
        rows=list(reversed(rows)),
        chart=chart_of(state, rows),
        seat_count=Seat.objects.filter(hall=hall).count() if hall else 0,
        told={
            **told_of(look),
            "now": millis(at),
            "opens": millis(look.opens_at),
            "ceiling": f"{state.rules.ceiling:.2f}",
            "floor": None if state.rules.floor is None else f"{state.rules.floor:.2f}",
            "step": f"{state.rules.step:.2f}",
            "rate": state.rules.by_rate,
            "own": seat,
            "quotes": [told_of_quote(row) for row in rows],
        },
    )


def _step(state: State) -> str:
    """Return a step in words."""
    if not state.rules.by_rate:
        return money(state.rules.step)
    return gettext("%(step)s 个百分点") % {"step": state.rules.step}


def seat_of(hall: Hall | None, agency: Organization | None) -> int | None:
    """Return the number of an agency in a hall, if it has one."""
    if hall is None or agency is None:
        return None
    seat = Seat.objects.filter(hall=hall, bid__agency=agency).first()
    return None if seat is None else seat.number


def state_at(tender: Tender, hall: Hall | None) -> State:
    """Return where a hall stands, without who stands there; one that is to come as if it opened."""
    at = tender.published_at
    assert at is not None  # noqa: S101 - a constraint: the page is of a published order
    begins = hall.opened_at if hall else tender.opening_at or at
    state = opened(hall_rules_of(tender, rules_for(tender, at)), begins)
    if hall is None:
        return state
    return replace(state, ends_at=hall.ends_at, moved_at=hall.moved_at, price=hall.price)


def _rows(tender: Tender, hall: Hall, at: datetime) -> list[QuoteRow]:
    quotes = Quote.objects.filter(hall=hall).order_by("number")
    if tender.evaluated_at is None:
        return [_row(quote) for quote in quotes.select_related("seat")]
    named = list(quotes.select_related("seat__bid__agency"))
    names = agency_names([quote.seat.bid.agency for quote in named], at)
    return [_row(quote, names[quote.seat.bid.agency_id]) for quote in named]


def chart_of(state: State, rows: Iterable[QuoteRow]) -> Chart:
    """Return the price as steps over the time of the hall; the script draws the same."""
    span = max((state.ends_at - state.opened_at) / SECOND, 1)
    low = state.rules.floor if state.rules.floor is not None else (state.price or 0)
    high = state.rules.ceiling
    reach = max(high - low, Decimal(1))

    def place(at: datetime, amount: Decimal) -> tuple[float, float]:
        x = min((at - state.opened_at) / SECOND / span, 1) * WIDTH
        y = float((high - amount) / reach) * (HEIGHT - 2 * MARGIN) + MARGIN
        return round(x, 1), round(y, 1)

    dots = [place(row.at, row.amount) for row in rows]
    steps = "".join(f"H{x}V{y}" for x, y in dots[1:])
    path = f"M{dots[0][0]} {dots[0][1]}{steps}H{WIDTH}" if dots else ""
    floor = place(state.opened_at, state.rules.floor or high)[1]
    return Chart(path, dots, floor, has_floor=state.rules.floor is not None)


def own_in(tender: Tender, page: HallPage) -> Own | None:
    """Return where the agency stands for which `page` was made; None without a seat."""
    seat = page.told["own"]
    if seat is None:
        return None
    quoted = next((row for row in page.rows if row.is_own), None)
    leads = quoted is not None and quoted.amount == page.look.price
    word, tone = _word(tender, page, quoted, leads=leads)
    offered = [] if leads or not page.is_open else [_offered(tender, one) for one in page.amounts]
    return Own(seat, word, tone, offered)


def _offered(tender: Tender, amount: Decimal) -> Offered:
    value = f"{amount:.2f}"
    if tender.is_by_rate and tender.ceiling:
        value = f"{rate_of(tender.ceiling, amount)}"
    return Offered(value, with_quote(tender, amount))


def _word(
    tender: Tender, page: HallPage, quoted: QuoteRow | None, *, leads: bool
) -> tuple[Text, str]:
    price = page.look.price
    if price is None:
        return WORDS["first"], ""
    shown = {"price": with_quote(tender, price)}
    if leads:
        is_shared = sum(row.amount == price for row in page.rows) > 1
        return (WORDS["shares"] if is_shared else WORDS["leads"]) % shown, "ok"
    return (WORDS["outbid"] if quoted else WORDS["silent"]) % shown, "warn"


WORDS = {
    "first": _("还没有机构报价，贵单位可以先报。"),
    "leads": _("贵单位目前最低：%(price)s。"),
    "shares": _("贵单位已报到最低限价 %(price)s，同价的结束后抽签。"),
    "outbid": _("您已被超过，当前最低 %(price)s。"),
    "silent": _("贵单位还没有报价，当前最低 %(price)s。"),
}
"""What the page says to a bidder, and its script after each quote."""
