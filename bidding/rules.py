"""The numbers that bidding obeys, read once from a rulebook version. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, TypeVar

METHODS = (
    "random",
    "lowest",
    "best_price",
    "auction",
    "credit_shortlist",
    "plan",
    "scored",
    "direct",
)
FUNDS = ("fiscal", "state_owned", "private")
LEVELS = ("province", "city", "county")
RATERS = ("buyer", "regulator", "operator")
WHOLE = Decimal(100)
MOST_DAYS = 9999
"""No period that is counted in days is longer, in the rules or in an order."""
LEAST_GRACE_SECONDS = 60
"""As long as a request may wait; with less a timely bid might find its order opened."""
SIGNUPS = range(1, 1000)
"""How many sign-ups an order may need; the evidence has no place for another number."""

Version = TypeVar("Version")
Read = TypeVar("Read")
Pair = tuple[str, str]


class RuleMissing(LookupError):
    """The rulebook has no value under `key`."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the rulebook has no value for {key}")
        self.key = key


class RuleMalformed(ValueError):
    """The rulebook's value under `key` is not what the rule needs."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(f"the rulebook's value for {key} cannot be used: {value!r}")
        self.key = key


class NoRulesInForce(LookupError):
    """No version of the rules had begun by that day."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """
    Every number of one rulebook version that bidding uses.

    Names ending in `_days` count working days, except those of acceptance and payment, which count
    calendar days. `min_signups` and `is_enabled` are keyed by (method, fund), `must_use_limit`
    by level. Money is yuan, percentages are out of 100.
    """

    signup_min_days: int
    signup_max_days: int
    service_max_days: int
    min_signups: Mapping[Pair, int]
    is_enabled: Mapping[Pair, bool]
    max_failed_rounds: int
    must_use_limit: Mapping[str, Decimal]
    tender_limit: Decimal
    opening_grace_seconds: int
    direct_accept_days: int
    selection_register_days: int
    result_publicity_days: int
    complaint_file_days: int
    complaint_answer_days: int
    contract_sign_days: int
    late_tolerance_days: int
    acceptance_window_calendar_days: int
    payment_public_body_calendar_days: int
    payment_contract_max_calendar_days: int
    rating_window_days: int
    rating_amend_days: int
    rating_high_stars: int
    rating_low_stars: int
    reminder_days: int
    rating_weights: Mapping[str, Decimal]
    archive_years: int
    auction_countdown_minutes: int
    auction_step_percent: Decimal
    auction_rate_step_percent: Decimal
    best_price_percents: tuple[Decimal, ...]

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Rules:
        """
        Read the rules out of a rulebook's values by key.

        Raises:
            RuleMissing: a key is absent.
            RuleMalformed: a value is of the wrong kind, negative or beyond its range, or weights do
                not sum to 100.
        """
        return cls(
            signup_min_days=_days(values, "order.signup_min"),
            signup_max_days=_days(values, "order.signup_max"),
            service_max_days=_days(values, "order.service_max"),
            min_signups=_by_method_and_fund(values, "order.min_signups", _signups),
            is_enabled=_by_method_and_fund(values, "method.enabled", _switch),
            max_failed_rounds=_whole(values, "order.max_failed_rounds"),
            must_use_limit=_by_level(values, "order.must_use_limit"),
            tender_limit=_number(values, "order.tender_limit"),
            opening_grace_seconds=_grace(values, "opening.grace"),
            direct_accept_days=_days(values, "direct.accept"),
            selection_register_days=_days(values, "selection.register"),
            result_publicity_days=_days(values, "result.publicity"),
            complaint_file_days=_days(values, "complaint.file"),
            complaint_answer_days=_days(values, "complaint.answer"),
            contract_sign_days=_days(values, "contract.sign"),
            late_tolerance_days=_days(values, "service.late_tolerance"),
            acceptance_window_calendar_days=_days(values, "acceptance.window"),
            payment_public_body_calendar_days=_days(values, "payment.public_body"),
            payment_contract_max_calendar_days=_days(values, "payment.by_contract_max"),
            rating_window_days=_days(values, "rating.window"),
            rating_amend_days=_days(values, "rating.amend"),
            rating_high_stars=_whole(values, "rating.high_stars"),
            rating_low_stars=_whole(values, "rating.low_stars"),
            reminder_days=_days(values, "reminder.before"),
            rating_weights=_weights(values, "rating.weights"),
            archive_years=_whole(values, "archive.years"),
            auction_countdown_minutes=_whole(values, "auction.countdown"),
            auction_step_percent=_number(values, "auction.step"),
            auction_rate_step_percent=_number(values, "auction.rate_step"),
            best_price_percents=_percents(values, "best_price.percents"),
        )


def in_force(history: Iterable[tuple[date, Version]], day: date) -> Version:
    """
    Return the version that holds on `day`: the one with the latest first day up to `day`.

    `history` pairs first days (inclusive) with versions; of two with one first day the later listed
    holds.

    Raises:
        NoRulesInForce: every version begins after `day`.
    """
    begun = [(first_day, version) for first_day, version in history if first_day <= day]
    if not begun:
        raise NoRulesInForce(day)
    latest = max(first_day for first_day, _version in begun)
    return [version for first_day, version in begun if first_day == latest][-1]


def _value(values: Mapping[str, Any], key: str) -> Any:
    try:
        return values[key]
    except KeyError:
        raise RuleMissing(key) from None


def _number(values: Mapping[str, Any], key: str) -> Decimal:
    return _as_number(_value(values, key), key)


def _as_number(value: object, key: str) -> Decimal:
    """Accept a whole number, a Decimal or the text of one; a float has already lost its value."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise RuleMalformed(key, value)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise RuleMalformed(key, value) from None
    if not number.is_finite() or number < 0:
        raise RuleMalformed(key, value)
    return number


def _whole(values: Mapping[str, Any], key: str) -> int:
    number = _number(values, key)
    if number % 1:
        raise RuleMalformed(key, values[key])
    return int(number)


def _days(values: Mapping[str, Any], key: str) -> int:
    days = _whole(values, key)
    if days > MOST_DAYS:
        raise RuleMalformed(key, values[key])
    return days


def _grace(values: Mapping[str, Any], key: str) -> int:
    seconds = _whole(values, key)
    if seconds < LEAST_GRACE_SECONDS:
        raise RuleMalformed(key, values[key])
    return seconds


def _signups(values: Mapping[str, Any], key: str) -> int:
    count = _whole(values, key)
    if count not in SIGNUPS:
        raise RuleMalformed(key, values[key])
    return count


def _switch(values: Mapping[str, Any], key: str) -> bool:
    value = _value(values, key)
    if not isinstance(value, bool):
        raise RuleMalformed(key, value)
    return value


def _by_method_and_fund(
    values: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any], str], Read]
) -> Mapping[Pair, Read]:
    pairs = [(method, fund) for method in METHODS for fund in FUNDS]
    return MappingProxyType({pair: read(values, ".".join((key, *pair))) for pair in pairs})


def _by_level(values: Mapping[str, Any], key: str) -> Mapping[str, Decimal]:
    return MappingProxyType({level: _number(values, f"{key}.{level}") for level in LEVELS})


def _weights(values: Mapping[str, Any], key: str) -> Mapping[str, Decimal]:
    value = _value(values, key)
    if not isinstance(value, Mapping) or set(value) != set(RATERS):
        raise RuleMalformed(key, value)
    weights = {rater: _as_number(value[rater], key) for rater in RATERS}
    if sum(weights.values()) != WHOLE:
        raise RuleMalformed(key, value)
    return MappingProxyType(weights)


def _percents(values: Mapping[str, Any], key: str) -> tuple[Decimal, ...]:
    value = _value(values, key)
    if not isinstance(value, list | tuple) or not value:
        raise RuleMalformed(key, value)
    percents = tuple(_as_number(percent, key) for percent in value)
    if not all(0 < percent <= WHOLE for percent in percents):
        raise RuleMalformed(key, value)
    return percents
