"""减时、降费、提质: what was reached against the baseline that the manager sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from bidding.models.tally import Figure
from bidding.pages.figures.plot import Asked, percent, written
from bidding.pages.figures.scope import Scope
from bidding.pages.figures.sums import by_month, grouped, in_time, middle, total
from bidding.rules.figures import BASELINE_DAYS, BASELINE_IN_TIME, BASELINE_SAVING
from credit.in_force import credit_rules
from marketplace.kernel.declarations import Declaration
from marketplace.kernel.rules import Rule


@dataclass(frozen=True)
class Goal:
    """One of the three: what was reached, the baseline and its rule, and how far it is from it."""

    label: str
    what: str
    value: str
    unit: str
    baseline: str
    rule_url: str
    verdict: str
    tone: str

    @property
    def baseline_text(self) -> str:
        return _("基期 %(baseline)s") % {"baseline": self.baseline}


def goals_of(asked: Asked) -> Sequence[Goal]:
    """Return the three comparisons; what was not reached stands there as well."""
    rules = credit_rules(asked.at)
    scope = asked.scope
    return [
        _goal(
            rules,
            BASELINE_DAYS,
            (_("减时"), _("从公告到中选的中位数"), _("个工作日")),
            _days(scope),
            lambda reached, base: base - reached,
        ),
        _goal(
            rules,
            BASELINE_SAVING,
            (_("降费"), _("中选价低于最高限价"), "%"),
            total(grouped(Figure.AWARDED, "month", scope)).below_ceiling,
            lambda reached, base: reached - base,
        ),
        _goal(
            rules,
            BASELINE_IN_TIME,
            (_("提质"), _("按时交付的成果"), "%"),
            _in_time(scope),
            lambda reached, base: reached - base,
        ),
    ]


def _days(scope: Scope) -> Decimal | None:
    found = by_month(Figure.TO_AWARD, scope)
    return middle([one for values in found.values() for one in values])


def _in_time(scope: Scope) -> Decimal | None:
    whole, good = in_time(scope)
    return percent(good, whole)


def _goal(
    rules: Mapping[str, Rule],
    declaration: Declaration[Decimal] | Declaration[int],
    words: tuple[str, str, str],
    reached: Decimal | None,
    gain: Callable[[Decimal, Decimal], Decimal],
) -> Goal:
    label, what, unit = words
    rule = rules[declaration.key]
    base = Decimal(str(rule.value))
    verdict, tone = _verdict(reached, gain, base, unit)
    return Goal(
        label,
        what,
        written(reached),
        unit if reached is not None else "",
        f"{written(base)}{' ' if unit != '%' else ''}{unit}",
        f"{reverse('marketplace:rulebook')}#{declaration.key}",
        verdict,
        tone,
    )


def _verdict(
    reached: Decimal | None, gain: Callable[[Decimal, Decimal], Decimal], base: Decimal, unit: str
) -> tuple[str, str]:
    if reached is None:
        return _("还没有可以比较的"), ""
    better = gain(reached, base)
    if better == 0:
        return _("与基期持平"), ""
    words = _("比基期好 %(much)s %(unit)s") if better > 0 else _("比基期差 %(much)s %(unit)s")
    points = _("个百分点") if unit == "%" else unit
    return words % {"much": written(abs(better)), "unit": points}, "ok" if better > 0 else "warn"
