"""The script of the demo province, read from its data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
FIRST_DAY = -104


@dataclass(frozen=True, kw_only=True)
class Authority:
    """An authority and the logins of its officers, by role."""

    key: str
    name: str
    division: str
    officers: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Expert:
    """
    Who is in the pool of the authority that `login` belongs to; `serves` is its last day.

    `ties` are agencies of the script, by the kind of interest in each.
    """

    login: str
    title: str
    employer: str
    classes: Sequence[str]
    serves: int
    ties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Agency:
    """
    An agency; days count from the end of the story.

    `code` is how its credit code begins, `outside` the place outside the province where it is
    registered. One that `buys` is an owner too; of one that is `known` a registry tells the facts.
    """

    key: str
    name: str
    division: str
    classes: Mapping[str, str]
    founded: date
    capital: int
    registers: int
    nature: str = "company"
    code: str = "91"
    outside: str = ""
    buys: bool = False
    known: bool = False
    has_agent: bool = False
    expires_in_days: int | None = None
    wrong_check_digit: bool = False
    returned: str = ""
    corrected: bool = False
    stays: str = ""
    idle_from: int | None = None
    idle_until: int | None = None
    is_told: bool = True
    """Whether the script tells of it; else it is one of the crowd, and bids on its orders alone."""

    def bids_on(self, day: int) -> bool:
        """Tell whether it signs up by itself for an order that is published on `day`."""
        is_idle = (
            self.idle_from is not None
            and self.idle_from <= day
            and (self.idle_until is None or day <= self.idle_until)
        )
        is_admitted = not self.stays and (not self.returned or self.corrected)
        return is_admitted and self.registers + DAYS_TO_ADMISSION <= day and not is_idle


DAYS_TO_ADMISSION = 9


@dataclass(frozen=True, kw_only=True)
class Change:
    """What an agency changes of the register, and how far that has come."""

    agency: str
    part: str
    day: int
    stays: str = ""
    reasons: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A professional who goes from the `old` agency to the `new`, and how far that has come."""

    old: str
    new: str
    day: int
    stays: str = ""
    reasons: str = ""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What an agency declares to have done elsewhere."""

    agency: str
    title: str
    client: str
    amount: int
    day: int
    stays: str = ""


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """An owner; `code` is how its credit code begins, of a natural person the identity number."""

    key: str
    name: str
    nature: str
    division: str
    code: str
    fund: str
    size: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What an agency asks about an order on the day of its publication; or it waits."""

    by: str
    text: str
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One publication of an order and what came of it; days count from the end of the story."""

    key: str
    published: int
    signup: int | None = None
    stays: str = ""
    returned: str = ""
    bid_count: int | None = None
    bidders: Sequence[str] = ()
    without: Sequence[str] = ()
    winner: str = ""
    tie: int = 0
    cancelled: str = ""
    amended: str = ""
    amended_scale: str = ""
    abandoned: str = ""
    declined: str = ""
    uploads: str = "agency"
    rejected: str = ""
    delivered: int | None = None
    correction: str = ""
    rating: str = ""
    hall: int | None = None
    """The working day on which its hall opens, in the morning; 0 is when the story ends."""
    quotes: int = 0
    payment: str = ""
    """What the winner answers when it is asked whether it was paid."""
    paid_late: str = ""
    explained: str = ""
    low: int = 0
    """At what percent of the ceiling its first bidder offers, far below the others."""
    small: str = ""
    """Which of its bidders declares to be a small enterprise."""
    cost: str = ""
    """What that bidder says it costs; without words it has still to."""
    cost_refused: str = ""
    """Why the owner does not take that for an explanation."""
    vacated: str = ""
    """Why the first expert that is drawn gives the seat to the next."""
    waits_for: str = ""
    """The expert whose sheet has still to come."""
    questions: Sequence[Question] = ()


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an owner needs, and its rounds."""

    key: str
    title: str
    buyer: str
    item: str
    place: str
    ceiling: int
    days: int
    scale: str
    method: str
    in_approval: bool = False
    floor: int | None = None
    named: str = ""
    naming: str = ""
    weights: Mapping[str, str] = field(default_factory=dict)
    """What a scored method asks for: the weight of the price, and the criteria with theirs."""
    shares: Mapping[str, str] = field(default_factory=dict)
    """The percent of each of several funds; else the owner's fund pays all."""
    quote: str = "amount"
    """What bidders write: an amount, a rate off the ceiling, or the price of each `unit`."""
    quantity: int | None = None
    unit: str = ""
    lots: int = 0
    """Into how many lots it is divided, of which one agency may win `lots_to_one`."""
    lots_to_one: int | None = None
    lot_of: str = ""
    """The order that was divided and became its first lot; `lot` is the number of this one."""
    lot: int = 0
    template: str = ""
    """The name under which its owner keeps it as a template."""
    requirement: str = ""
    approval: str = ""
    avoided: str = ""
    avoiding: str = ""
    witness: str = ""
    rounds: Sequence[Round] = ()
    is_told: bool = True


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sanction in the making; days count from the end of the story."""

    agency: str
    authority: str
    kind: str
    severity: str
    months: int
    measure: str
    facts: str
    basis: str
    opened: int
    order: str = ""
    service_class: str = ""
    statement: str = ""
    stated: int | None = None
    decided: int | None = None
    dismissed: int | None = None
    reasons: str = ""
    is_on_person: bool = False
    heard: int | None = None
    """When the hearing is held that the statement asks for."""
    minutes: str = ""
    appealed: int | None = None
    grounds: str = ""
    reviewed: int | None = None
    """When the review is decided, which upholds the decision; without it it is pending."""
    review: str = ""
    repaired: int | None = None
    correction: str = ""
    restored: int | None = None
    """When the repair is granted; without it it is pending."""
    repair: str = ""


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """An objection or complaint, and how far it has come; days count from the end of the story."""

    matter: str
    facts: str
    request: str
    filed: int
    order: str = ""
    filer: str = ""
    respondent: str = ""
    occurred: int | None = None
    accepted: int | None = None
    refused: int | None = None
    answered: int | None = None
    answer: str = ""
    complained: int | None = None
    settled: int | None = None
    withdrawn: int | None = None
    decided: int | None = None
    upheld: bool = False
    reasons: str = ""
    closed: int | None = None
    closing: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody without an account reports, and what is answered."""

    topic: str
    place: str
    text: str
    filed: int
    reference: str = ""
    answered: int | None = None
    answer: str = ""
    set_aside: bool = False


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """
    A plan of inspections; days count from the end of the story.

    `outcomes` are what the first checks find, in the order in which their agencies were drawn;
    the others find nothing. The results come from `reported` on, one a day.
    """

    authority: str
    title: str
    published: int
    starts: int
    ends: int
    reported: int | None = None
    outcomes: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """
    A notice of the editors; days are working days.

    It may have a picture below its text, and a paper of some lines to take away. It is agreed to
    unless it is still waiting, goes live at once or on a day, and holds until a day if it says so.
    """

    slug: str
    title: str
    source: str
    summary: str
    day: int
    body: str
    column: str = "notice"
    is_pinned: bool = False
    about_items: str = ""
    picture: Mapping[str, str] = field(default_factory=dict)
    paper: str = ""
    lines: Sequence[str] = ()
    is_agreed: bool = True
    live_on: int | None = None
    holds_until: int | None = None


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What the editors say of an item: blocks, questions, and a sample as lines of a page."""

    item: str
    day: int
    block: Sequence[Mapping[str, Any]]
    question: Sequence[Mapping[str, str]]
    sample: str
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What to try; about an order only while it stands as `when` says."""

    text: str
    order: str = ""
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A login worth trying, and what to try first; `otherwise` when no hint applies any more."""

    login: str
    hints: Sequence[Hint]
    otherwise: str = ""


@dataclass(frozen=True, kw_only=True)
class Readers:
    """The accounts of one kind of reader."""

    title: str
    accounts: Sequence[Account]


@dataclass(frozen=True)
class Script:
    """All of it."""

    authorities: Sequence[Authority]
    agencies: Mapping[str, Agency]
    buyers: Mapping[str, Buyer]
    orders: Sequence[Order]
    cases: Sequence[Case]
    disputes: Sequence[Dispute]
    reports: Sequence[Report]
    inspections: Sequence[Inspection]
    experts: Sequence[Expert]
    changes: Sequence[Change]
    moves: Sequence[Move]
    works: Sequence[Work]
    notices: Sequence[Notice]
    explained: Sequence[Explained]
    readers: Sequence[Readers]
    texts: Mapping[str, Any] = field(repr=False)
    first_day: int = FIRST_DAY
    """The working day on which the story begins."""


@cache
def script() -> Script:
    """Read the data files."""
    agencies, notices, accounts = read("agencies"), read("notices"), read("accounts")
    return Script(
        authorities=[_authority(**row) for row in read("authorities")["authority"]],
        agencies={row["key"]: Agency(**row) for row in agencies.pop("agency")},
        buyers={row["key"]: Buyer(**row) for row in read("buyers")["buyer"]},
        orders=[_order(row) for row in read("orders")["order"]],
        cases=[Case(**row) for row in read("cases")["case"]],
        disputes=[Dispute(**row) for row in read("disputes")["dispute"]],
        reports=[Report(**row) for row in read("disputes")["report"]],
        inspections=[Inspection(**row) for row in read("inspections")["inspection"]],
        experts=[Expert(**row) for row in read("pool")["member"]],
        changes=[Change(**row) for row in read("changes")["change"]],
        moves=[_move(**row) for row in read("register")["move"]],
        works=[Work(**row) for row in read("register")["work"]],
        notices=[Notice(**row) for row in notices.pop("notice")],
        explained=[Explained(**row) for row in notices.pop("explained")],
        readers=[
            Readers(title=row["title"], accounts=[_account(**one) for one in row["account"]])
            for row in accounts.pop("readers")
        ],
        texts={**read("texts"), **read("people"), **agencies, **notices, **accounts},
    )


def _move(**row: Any) -> Move:
    """Read a move: `from` is no name in Python."""
    return Move(old=row.pop("from"), new=row.pop("to"), **row)


def read(name: str) -> dict[str, Any]:
    """Read one of the data files."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _authority(*, key: str, name: str, division: str, **officers: Sequence[str]) -> Authority:
    return Authority(key=key, name=name, division=division, officers=officers)


def _account(*, hints: Sequence[dict[str, str]], **row: str) -> Account:
    return Account(hints=[Hint(**hint) for hint in hints], **row)


def _order(row: dict[str, Any]) -> Order:
    """Sort the keys of one table into the order, its first round and its second."""
    again = row.pop("rerun", None)
    of_order = {name: row.pop(name) for name in [*row] if name in ORDER_KEYS}
    row["questions"] = [Question(**one) for one in row.pop("questions", ())]
    rounds = [Round(key=of_order["key"], **row), *([Round(**again)] if again else [])]
    return Order(**of_order, rounds=rounds)


ORDER_KEYS = frozenset(Order.__dataclass_fields__) - {"rounds"}
