"""What a rule's value may be: numbers with bounds, durations, switches, lists, weights. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from marketplace.kernel.durations import Duration

Value = TypeVar("Value")
MOST = 10**12
WHOLE = 100
MOST_TIME = 9999
"""No period is longer, in the rules or in an order."""


class Unfit(ValueError):
    """
    A value is not what its declaration asks for.

    `column` is where it stands (`value` or `unit`), `problem` a code that `guards.rules` words, and
    `details` what is allowed.
    """

    def __init__(self, column: str, problem: str, **details: object) -> None:
        super().__init__(f"{column}: {problem} {details}")
        self.column = column
        self.problem = problem
        self.details = details


@dataclass(frozen=True, kw_only=True)
class Kind(ABC, Generic[Value]):
    """
    A kind of value: `units` are those that it may be stated in.

    In the data a value is what JSON can say without a float: a fraction is a text, "-0.5".
    """

    units: tuple[str, ...] = ("",)

    def read(self, raw: object, unit: str) -> Value:
        """
        Return the value that `raw` states in `unit`, within bounds or not.

        Raises:
            Unfit: another unit, another type.
        """
        if unit not in self.units:
            raise Unfit("unit", "wrong_unit", allowed=self.units)
        return self._read(raw, unit)

    @abstractmethod
    def _read(self, raw: object, unit: str) -> Value: ...

    def check(self, value: Value) -> None:
        """
        Ask whether a new value keeps to the bounds; what is fixed in a version is not asked again.

        Raises:
            Unfit: it does not.
        """

    def exceeds(self, one: Value, other: Value) -> bool:
        """
        Tell whether `one` is more than `other`.

        Raises:
            NotComparable: nobody can say.
        """
        comparable: Any = one
        return bool(comparable > other)


@dataclass(frozen=True, kw_only=True)
class Number(Kind[Decimal]):
    """A decimal from `least` to `most`, with no more than `places` digits after the point."""

    least: Decimal | int = 0
    most: Decimal | int = MOST
    places: int = 2

    def _read(self, raw: object, _unit: str) -> Decimal:
        return decimal_of(raw)

    def check(self, value: Decimal) -> None:
        within(value, self.least, self.most)
        if value != round(value, self.places):
            raise Unfit("value", "too_many_digits", places=self.places)


@dataclass(frozen=True, kw_only=True)
class Whole(Kind[int]):
    """A whole number from `least` to `most`."""

    units: tuple[str, ...] = ("count",)
    least: int = 0
    most: int = MOST

    def _read(self, raw: object, _unit: str) -> int:
        return whole(raw)

    def check(self, value: int) -> None:
        within(value, self.least, self.most)


@dataclass(frozen=True, kw_only=True)
class Period(Kind[Duration]):
    """A duration from `least` to `most` of whichever of its units it is stated in."""

    units: tuple[str, ...] = ("working_day",)
    least: int = 0
    most: int = MOST_TIME

    def _read(self, raw: object, unit: str) -> Duration:
        return duration(raw, unit)

    def check(self, value: Duration) -> None:
        within(value.count, self.least, self.most)

    def exceeds(self, one: Duration, other: Duration) -> bool:
        return one.is_longer_than(other)


@dataclass(frozen=True, kw_only=True)
class Switch(Kind[bool]):
    """On or off; on is more than off."""

    units: tuple[str, ...] = ("switch",)

    def _read(self, raw: object, _unit: str) -> bool:
        if not isinstance(raw, bool):
            raise Unfit("value", "not_a_switch")
        return raw


class Option(str):
    """The name of one of several ways; `label` is how people read it."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, name: str, label: str) -> Option:
        option = super().__new__(cls, name)
        option.label = label
        return option


@dataclass(frozen=True, kw_only=True)
class Choice(Kind[Option]):
    """One of the names in `options`, which have their words."""

    units: tuple[str, ...] = ("choice",)
    options: Mapping[str, str]

    def _read(self, raw: object, _unit: str) -> Option:
        label = self.options.get(raw) if isinstance(raw, str) else None
        if label is None:
            raise Unfit("value", "not_an_option", options=tuple(self.options))
        return Option(str(raw), label)


@dataclass(frozen=True, kw_only=True)
class Span(Kind[tuple[int, int]]):
    """The fewest and the most units that something may have, both from `least` to `most`."""

    units: tuple[str, ...] = ("month",)
    least: int = 0
    most: int = MOST_TIME

    def _read(self, raw: object, _unit: str) -> tuple[int, int]:
        if not isinstance(raw, list | tuple) or len(raw) != 2:
            raise Unfit("value", "not_a_span")
        first, last = raw
        return whole(first), whole(last)

    def check(self, value: tuple[int, int]) -> None:
        first, last = value
        if first > last:
            raise Unfit("value", "not_a_span")
        within(first, self.least, self.most)
        within(last, self.least, self.most)


class Days(tuple[int, ...]):
    """How many days before an end something is said, the farthest first; 0 is the last day."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class DaysBefore(Kind[Days]):
    """A list of days before an end, each once, none farther than `most`."""

    units: tuple[str, ...] = ("calendar_day",)
    most: int = MOST_TIME

    def _read(self, raw: object, _unit: str) -> Days:
        if not isinstance(raw, list | tuple) or not raw:
            raise Unfit("value", "not_days")
        return Days(whole(one) for one in raw)

    def check(self, value: Days) -> None:
        if list(value) != sorted({*value}, reverse=True):
            raise Unfit("value", "not_days")
        within(value[0], 0, self.most)
        within(value[-1], 0, self.most)


@dataclass(frozen=True, kw_only=True)
class Weights(Kind[Mapping[str, Decimal]]):
    """How many percent each of `names` has; together a hundred."""

    units: tuple[str, ...] = ("percent",)
    names: tuple[str, ...]

    def _read(self, raw: object, _unit: str) -> Mapping[str, Decimal]:
        if not isinstance(raw, Mapping) or set(raw) != set(self.names):
            raise Unfit("value", "not_these_names", names=self.names)
        return MappingProxyType({name: decimal_of(raw[name]) for name in self.names})

    def check(self, value: Mapping[str, Decimal]) -> None:
        for weight in value.values():
            within(weight, 0, WHOLE)
        if (total := sum(value.values())) != WHOLE:
            raise Unfit("value", "not_a_hundred", total=total)


def decimal_of(raw: object) -> Decimal:
    """
    Return the exact number that JSON states as a whole number or as a text.

    Raises:
        Unfit: no number, or a float, which has lost its value already.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal):
        raise Unfit("value", "not_a_number")
    try:
        number = Decimal(raw)
    except InvalidOperation:
        raise Unfit("value", "not_a_number") from None
    if not number.is_finite():
        raise Unfit("value", "not_a_number")
    return number


def whole(raw: object) -> int:
    """
    Return the whole number in `raw`.

    Raises:
        Unfit: no whole number.
    """
    number = decimal_of(raw)
    if number % 1:
        raise Unfit("value", "not_whole")
    return int(number)


def duration(raw: object, unit: str) -> Duration:
    """
    Return the duration of `raw` units.

    Raises:
        Unfit: no whole number, or a negative one.
    """
    count = whole(raw)
    if count < 0:
        raise Unfit("value", "negative")
    return Duration(count, unit)


def within(number: Decimal | int, least: Decimal | int, most: Decimal | int) -> None:
    """
    Ask whether `number` is from `least` to `most`.

    Raises:
        Unfit: it is not; of the other sign where only one sign is allowed.
    """
    if most == 0 and number > 0:
        raise Unfit("value", "positive")
    if least == 0 and number < 0:
        raise Unfit("value", "negative")
    if not least <= number <= most:
        raise Unfit("value", "out_of_bounds", least=least, most=most)


def money(*, least: int = 0, most: int = MOST) -> Number:
    """Return the kind of an amount in yuan."""
    return Number(units=("yuan",), least=least, most=most)


def share(*, least: Decimal | int = 0, most: Decimal | int = 100) -> Number:
    """Return the kind of a part of a hundred."""
    return Number(units=("percent",), least=least, most=most)


def points(*, least: int = -1000, most: int = 1000) -> Number:
    """Return the kind of credit points; `most=0` for what is a breach, `least=0` for a merit."""
    return Number(units=("points",), least=least, most=most)
