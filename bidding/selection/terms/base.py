"""What publication fixes of one method of choosing, and how it decides. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from bidding.selection.draw import Ranking, money
from bidding.selection.shapes import Form

Bounds = tuple[Decimal | None, Decimal | None]
Json = str | int | bool | None | list[dict[str, str | int]]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What a bidder, by its credit code, quoted in the open; quotes are counted from 1."""

    number: int
    uscc: str
    amount: Decimal
    quoted_at: datetime


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A time in which nobody could quote, because the order stood still."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Course:
    """What happened in the open between the sign-up and the selection, for a live method."""

    opened_at: datetime
    ended_at: datetime
    quotes: tuple[Quote, ...]
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """What of a course does not hold: where, what the rules give, what is stated."""

    path: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, kw_only=True)
class MethodTerms(ABC):
    """
    The pure half of a method: its terms as they are committed to, published and read again.

    A frozen dataclass for each method. Its fields are what the buyer or the rules fix for this
    method alone; everything that any order has stands in `versions.Terms`.
    """

    name: ClassVar[str]
    """The value of `Tender.method`, and the name in the evidence."""
    form: ClassVar[Mapping[str, Form]]
    """What `as_json` gives, key by key; whatever does not fit is no evidence."""
    reckons: ClassVar[bool] = False
    """Whether `rank` works out something on the way, which the evidence then states."""
    is_live: ClassVar[bool] = False
    """Whether bidders quote in the open after the sign-up; the evidence then states the course."""
    entrant: ClassVar[Mapping[str, Form]] = {}
    """What the evidence states of each bidder beyond what it states of everybody's."""
    is_scored: ClassVar[bool] = False
    """Whether the choice among the places is made by scores, which have a document of their own."""
    is_by_panel: ClassVar[bool] = False
    """Whether drawn experts give the scores, and nobody else."""
    leaves_choice: ClassVar[bool] = False
    """Whether somebody chooses among the places afterwards; the evidence then names no winner."""
    settles_on_entry: ClassVar[bool] = False
    """Whether the first answer ends the sign-up, so that nobody waits for the deadline."""

    @classmethod
    @abstractmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        """Return the terms out of JSON that fits `form`."""

    @abstractmethod
    def as_json(self) -> dict[str, Json]:
        """Return the terms in the one form that is hashed and published."""

    @abstractmethod
    def rank(self, offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
        """
        Rank the standing offers, best first.

        Raises:
            NoEntrants: there is no offer.
            AmountNotExact: an amount has no exact form in yuan and cents.
        """

    def rank_weighed(
        self,
        offers: Mapping[str, Decimal],
        _weights: Mapping[str, int],
        seed: bytes,
        context: bytes,
        /,
    ) -> Ranking:
        """Rank the standing offers where the weight of each may count; here it does not."""
        return self.rank(offers, seed, context)

    def bounds(self) -> Bounds:
        """Return floor and ceiling of a standing offer, both allowed; None where there is none."""
        return None, None

    def offers(
        self, signed_up: Mapping[str, Decimal], _course: Course | None, /
    ) -> Mapping[str, Decimal]:
        """Return what is ranked of those who stand: what each signed up with."""
        return signed_up

    def flaws(self, _course: Course, /) -> Iterator[Flaw]:
        """Yield what of a live method's course its own rules do not allow."""
        yield from ()

    def answering(self) -> str | None:
        """Return the credit code of the agency that alone may answer, if it is one."""
        return None


def read_money(text: str | None) -> Decimal | None:
    """Return the amount of a text that fits `MONEY`."""
    return None if text is None else Decimal(text)


def written_money(amount: Decimal | None) -> str | None:
    """Return an amount as it is published, None as itself."""
    return None if amount is None else money(amount)
