"""The rulebook in sentences: each value with its unit, its basis and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.kernel.rules import Rule

Text = str | Promise

CHAPTERS: tuple[tuple[str, Text, frozenset[str]], ...] = (
    ("admission", gettext_lazy("入驻和资质"), frozenset({"onboarding", "qualification"})),
    ("order", gettext_lazy("采购和报名"), frozenset({"order"})),
    ("method", gettext_lazy("选取方式"), frozenset({"method", "direct", "auction", "best_price"})),
    (
        "selection",
        gettext_lazy("揭封、选取和公示"),
        frozenset({"opening", "selection", "result", "complaint"}),
    ),
    (
        "contract",
        gettext_lazy("合同、服务和付款"),
        frozenset({"contract", "service", "acceptance", "payment"}),
    ),
    ("rating", gettext_lazy("评价"), frozenset({"rating"})),
    ("credit", gettext_lazy("信用"), frozenset({"credit"})),
    ("sanction", gettext_lazy("失信处理"), frozenset({"sanction"})),
    ("archive", gettext_lazy("档案和其他"), frozenset({"archive"})),
)
FAMILY_DEPTH = 2  # order.min_signups.lowest.fiscal is one of a family


@dataclass(frozen=True)
class Line:
    """One rule as it is read: the sentence with its value in place, and the value alone."""

    rule: Rule
    sentence: str
    value: str
    since: date


@dataclass(frozen=True)
class Chapter:
    """The rules of one subject."""

    name: str
    label: Text
    lines: list[Line]


def chapters(rules: Iterable[Rule]) -> list[Chapter]:
    """Return the rules by chapter, families of many values last, without empty chapters."""
    named = {prefix: name for name, _label, prefixes in CHAPTERS for prefix in prefixes}
    sorted_in: dict[str, list[Line]] = {name: [] for name, _label, _prefixes in CHAPTERS}
    for rule in sorted(rules, key=_simple_first):
        sorted_in[named.get(rule.key.split(".")[0], CHAPTERS[-1][0])].append(line(rule))
    return [
        Chapter(name, label, sorted_in[name])
        for name, label, _prefixes in CHAPTERS
        if sorted_in[name]
    ]


def _simple_first(rule: Rule) -> tuple[bool, str]:
    return rule.key.count(".") > FAMILY_DEPTH, rule.key


def line(rule: Rule) -> Line:
    """Return `rule` in words."""
    since = date.fromisoformat(rule.in_force_from)
    return Line(rule, sentence=rule.says, value=rule.in_words, since=since)


@dataclass(frozen=True)
class Change:
    """A rule that two versions do not share as it is; one of the lines is missing if one has it."""

    key: str
    label: str
    before: Line | None
    after: Line | None


def changes(before: Iterable[Rule], after: Iterable[Rule]) -> list[Change]:
    """Return what differs in what a rule says, its ground or its beginning, by key."""
    old = {rule.key: rule for rule in before}
    new = {rule.key: rule for rule in after}
    return [
        _change(old.get(key), new.get(key))
        for key in sorted(old | new)
        if old.get(key) != new.get(key)
    ]


def _change(before: Rule | None, after: Rule | None) -> Change:
    named = after or before
    assert named is not None  # noqa: S101 - the key comes from one of them
    return Change(
        named.key,
        named.label,
        line(before) if before else None,
        line(after) if after else None,
    )
