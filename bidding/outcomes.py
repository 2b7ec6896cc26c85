"""What follows when a round has too few bids, or its winner falls away, by one table. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bidding.rules.cases import LAST_ROUND
from bidding.rules.outcomes import MIN_SIGNUPS, OUTCOME
from marketplace.kernel.declarations import Rules


class Event(StrEnum):
    """What befell a round."""

    TOO_FEW = "too_few"
    """Fewer valid bids than needed."""
    ABANDONED = "abandoned"
    """The winner gave up."""
    RESTRICTED = "restricted"
    """The winner may not be awarded or sign any more."""
    NO_PANEL = "no_panel"
    """Too few experts are left to sit on the panel."""
    UNCHOSEN = "unchosen"
    """The owner chose nobody of the list, or did not score, in time."""
    COST_REFUSED = "cost_refused"
    """The explanation of an abnormally low quote was refused."""
    COST_SILENT = "cost_silent"
    """An abnormally low quote was not explained in time."""


class Outcome(StrEnum):
    """What follows."""

    GO_ON = "go_on"
    FAIL = "fail"
    LOWER_MINIMUM = "lower_minimum"
    """It fails; the next round needs fewer bids."""
    OTHER_METHOD = "other_method"
    """It fails; the next round may use another method at once."""
    NEXT_IN_LINE = "next_in_line"
    RERUN_WITHOUT = "rerun_without"
    """It is run again, without the agency that gave up."""
    WAIT = "wait"
    """The owner may still choose."""
    WITHOUT = "without"
    """It goes on among the other quotes."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """
    What of an order finds its cells in the tables.

    `also` are the other funds that pay a part; of all of them the one that needs most bids governs.
    `places` are its class of services and its level, `round` is counted from 1. `hands_over`: the
    method ranks all bids, so that there may be a next one.
    """

    method: str
    fund: str
    also: tuple[str, ...] = ()
    places: tuple[str, ...]
    round: int
    hands_over: bool

    @property
    def finer(self) -> tuple[str, ...]:
        """What may refine a cell of this case; a value of a round holds for later ones too."""
        return *self.places, *rounds_up_to(self.round)


def rounds_up_to(number: int) -> Iterator[str]:
    """Yield the names of the rounds whose values hold in round `number`, the last first."""
    return (f"round_{one}" for one in range(min(number, LAST_ROUND), 1, -1))


def stated(rules: Rules, case: Case, event: Event) -> tuple[Outcome, str]:
    """Return what the table says about `event`, and the key under which it says so."""
    finer = (case.method, *case.finer)
    key = rules.cell_key(OUTCOME, event, case.fund, finer=finer)
    return Outcome(rules.values[key]), key


def needing_most(rules: Rules, case: Case) -> str:
    """Return the fund of an order that needs most bids; of equals the one whose rules hold."""
    return max(
        (case.fund, *case.also),
        key=lambda fund: rules.cell(MIN_SIGNUPS, case.method, fund, finer=case.finer),
    )


def needed(rules: Rules, case: Case) -> int:
    """Return how many valid bids a round needs; where it goes on with those there are, one."""
    least: int = rules.cell(MIN_SIGNUPS, case.method, needing_most(rules, case), finer=case.finer)
    goes_on = stated(rules, case, Event.TOO_FEW)[0] is Outcome.GO_ON
    return min(least, 1) if goes_on else least


def needed_next(rules: Rules, case: Case) -> int:
    """Return how many the round after this one needs, if the rules stay as they are."""
    return needed(rules, replace(case, round=case.round + 1))


def outcome(rules: Rules, case: Case, event: Event, *, bids: int) -> Outcome:
    """
    Return what follows `event` in a round.

    `bids` are the valid ones when there are too few of them, those ranked behind the winner when it
    falls away, and the other ranked ones when a quote does not count. What the table promises and
    cannot be kept becomes what is left: without a lower minimum the round just fails, without a
    next one the order is run again.
    """
    found, _key = stated(rules, case, event)
    match found:
        case Outcome.GO_ON if not bids and event is Event.TOO_FEW:
            return Outcome.FAIL
        case Outcome.WITHOUT if not bids:
            return Outcome.FAIL
        case Outcome.LOWER_MINIMUM if needed_next(rules, case) >= needed(rules, case):
            return Outcome.FAIL
        case Outcome.NEXT_IN_LINE if not (case.hands_over and bids):
            return Outcome.FAIL if event is Event.RESTRICTED else Outcome.RERUN_WITHOUT
    return found
