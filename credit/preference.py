"""What a good record gives: who goes first where somebody chooses among agencies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from credit.in_force import credit_rules
from credit.rules import PREFERENCE
from credit.standing import Standing, public_standings
from marketplace.kernel.rules import typed


def weights_of(keys: Sequence[int], at: datetime) -> Mapping[int, int]:
    """
    Return how far the agencies with these keys go before others at `at`: more goes first.

    It goes by what everybody may know, so that the order tells nobody of a decision that is not
    published. A measure in force, a warning too, or a score that the scheme warns of takes a good
    grade's preference away.

    Source: 平台默认（规则手册 credit.preference）
    """
    weights = typed(credit_rules(at).values()).column(PREFERENCE)
    found = public_standings(keys, at)
    return {key: _weight(found[key], weights) for key in keys}


def _weight(standing: Standing, weights: Mapping[str, int]) -> int:
    least = min(weights.values())
    return least if has_lost_preference(standing) else weights.get(standing.grade, least)


def has_lost_preference(standing: Standing) -> bool:
    """Tell whether a measure or a warning keeps somebody from the preference of the grade."""
    return standing.is_warned or bool(standing.restrictions)


def preferred_first(keys: Collection[int], at: datetime) -> list[int]:
    """Return `keys`, whose record gives them more before the others; else in their own order."""
    listed = list(keys)
    weights = weights_of(listed, at)
    return sorted(listed, key=lambda key: -weights[key])
