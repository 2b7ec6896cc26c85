"""How a rule is declared, once: its kind, who may differ, what executes it, its words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from marketplace.kernel.durations import NotComparable
from marketplace.kernel.kinds import Kind

Value = TypeVar("Value")


def gettext_noop(text: str) -> str:
    """Mark `text` for translation; who shows it translates it."""
    return text


class Override(Enum):
    """Whether a city or a county may have a value of its own."""

    PROVINCE_ONLY = "province_only"
    ONLY_MORE = "only_more"
    """Stricter only, where more is stricter: a longer sign-up, more sign-ups."""
    ONLY_LESS = "only_less"
    """Stricter only, where less is stricter: an authority's own deadline, a switch to off."""
    FREE = "free"


class Declared:
    """What an app declares: a rule, a table of rules, or what several rules must be together."""


class RuleMissing(LookupError):
    """The rulebook has no value under `key`."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the rulebook has no value for {key}")
        self.key = key


@dataclass(frozen=True, kw_only=True, eq=False)
class Declaration(Declared, Generic[Value]):
    """
    One rule that code executes.

    `label` names it, `sentence` states it with `{value}` for the value and its unit, and `consumer`
    is the dotted path of the function that reads it: a rule without one is not published.
    """

    key: str
    kind: Kind[Value]
    label: str
    sentence: str
    consumer: str
    override: Override = Override.PROVINCE_ONLY

    def declared(self) -> Iterator[Declaration[Value]]:
        """Yield the declaration of each key that must have a value: one."""
        yield self

    def find(self, key: str) -> Declaration[Value] | None:
        """Return this declaration if it is of `key`."""
        return self if key == self.key else None

    def is_loosened(self, own: Value, wider: Value) -> bool:
        """
        Tell whether `own`, of a smaller area, is less strict than what holds around it.

        Values that nobody can compare are not: three working days may be longer than 72 hours.
        """
        try:
            if self.override is Override.ONLY_MORE:
                return self.kind.exceeds(wider, own)
            return self.override is Override.ONLY_LESS and self.kind.exceeds(own, wider)
        except NotComparable:
            return True


@dataclass(frozen=True)
class Dimension:
    """
    What the cells of a table are told apart by: names in the key, with their words.

    `pattern` lets in further names, such as codes of a catalogue, that are their own words; `show`
    writes what it finds as people read it.
    """

    name: str
    labels: Mapping[str, object] = field(default_factory=dict)
    pattern: str = ""
    words: str = "{name}"
    show: Callable[[str], str] = str

    def label_of(self, name: str) -> str | None:
        """Return the words for `name`, None where the dimension does not have it."""
        if name in self.labels:
            return str(self.labels[name])
        match = re.fullmatch(self.pattern, name) if self.pattern else None
        if match is None:
            return None
        return self.words.format(name=self.show(match[match.lastindex or 0]))


def grouped(digits: str) -> str:
    """Return a whole number with a comma between its thousands."""
    return f"{int(digits):,}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Table(Declared, Generic[Value]):
    """
    Rules of one kind by one or more dimensions: method, fund, level, kind of conduct.

    Each cell is a rule of its own under `<key>.<name>.<name>`. A cell may be refined by the
    dimensions in `finer`, class of services, level or round, in their order:
    `order.min_signups.lowest.fiscal.C23.round_2`. The finest cell that has a value holds.

    `label` and `sentence` name the dimensions: `{method}`, `{fund}`. `kind_of` gives the kind of a
    cell by its names, where cells differ, in sign say.
    """

    key: str
    by: tuple[Dimension, ...]
    kind_of: Callable[..., Kind[Value]]
    label: str
    sentence: str
    consumer: str
    title: str
    """The name of the whole table."""
    override: Override = Override.PROVINCE_ONLY
    finer: tuple[Dimension, ...] = ()

    def declared(self) -> Iterator[Declaration[Value]]:
        """Yield the declaration of each cell that must have a value."""
        for names in product(*(dimension.labels for dimension in self.by)):
            yield self.cell(*names)

    def cell(self, *names: str) -> Declaration[Value]:
        """
        Return the declaration of one cell, which may be a refined one.

        Raises:
            KeyError: there is no such cell.
        """
        fixed = self._labels(names)
        finer = self._finer_labels(names[len(self.by) :])
        suffix = f"（{'，'.join(finer)}）" if finer else ""
        return Declaration(
            key=".".join((self.key, *names)),
            kind=self.kind_of(*names[: len(self.by)]),
            label=_filled(self.label, fixed) + suffix,
            sentence=_filled(self.sentence, fixed) + suffix,
            consumer=self.consumer,
            override=self.override,
        )

    def refined_by(self, key: str) -> list[str]:
        """Return the words of what refines the cell under `key`; none where nothing does."""
        names = key.removeprefix(f"{self.key}.").split(".")
        return self._finer_labels(names[len(self.by) :])

    def find(self, key: str) -> Declaration[Value] | None:
        """Return the declaration of the cell under `key`, if there is such a cell."""
        if not f"{key}.".startswith(f"{self.key}."):
            return None
        try:
            return self.cell(*key.removeprefix(self.key).split(".")[1:])
        except KeyError:
            return None

    def _labels(self, names: Sequence[str]) -> dict[str, str]:
        labels: dict[str, str] = {}
        for place, dimension in enumerate(self.by):
            name = names[place] if place < len(names) else ""
            label = dimension.label_of(name)
            if label is None:
                raise KeyError(name)
            labels[dimension.name] = label
        return labels

    def _finer_labels(self, names: Sequence[str]) -> list[str]:
        """Return the words of a refinement, whose dimensions may be left out but not moved."""
        labels, left = [], list(names)
        for dimension in self.finer:
            label = dimension.label_of(left[0]) if left else None
            if label is not None:
                labels.append(label)
                left.pop(0)
        if left:
            raise KeyError(left[0])
        return labels


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Fill the words of the dimensions in, and leave `{value}` for later."""
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


@dataclass(frozen=True, kw_only=True, eq=False)
class Group(Declared):
    """What several rules must be together; `holds` is asked of all values in force somewhere."""

    keys: tuple[str, ...]
    holds: Callable[[Rules], bool]
    refusal: str

    def concerns(self, key: str) -> bool:
        """Tell whether a new value of `key` can break it."""
        return any(key == one or key.startswith(f"{one}.") for one in self.keys)


@dataclass(frozen=True, eq=False)
class Rules:
    """The values of one rulebook, each under its declaration and of its kind."""

    values: Mapping[str, Any]

    def __getitem__(self, rule: Declaration[Value]) -> Value:
        """
        Return the value of `rule`.

        Raises:
            RuleMissing: the rulebook has none.
        """
        try:
            value: Value = self.values[rule.key]
        except KeyError:
            raise RuleMissing(rule.key) from None
        return value

    def cell(self, table: Table[Value], *names: str, finer: Sequence[str] = ()) -> Value:
        """
        Return the value of a table's cell, by its finest refinement that `finer` is in.

        Of two as fine the one by the earlier dimension holds: the class before the level.

        Raises:
            RuleMissing: the rulebook has none.
        """
        value: Value = self.values[self.cell_key(table, *names, finer=finer)]
        return value

    def cell_key(self, table: Table[Value], *names: str, finer: Sequence[str] = ()) -> str:
        """
        Return the key under which the value of a table's cell stands, as `cell` finds it.

        Raises:
            RuleMissing: the rulebook has none.
        """
        key = ".".join((table.key, *names))
        for size in range(len(finer), -1, -1):
            for chosen in combinations(finer, size):
                found = ".".join((key, *chosen))
                if found in self.values:
                    return found
        raise RuleMissing(key)

    def column(self, table: Table[Value]) -> Mapping[str, Value]:
        """Return the values of a table of one dimension by name, as far as there are any."""
        [dimension] = table.by
        keys = {name: f"{table.key}.{name}" for name in dimension.labels}
        return {name: self.values[key] for name, key in keys.items() if key in self.values}

    def changed(self, values: Mapping[str, Any]) -> Rules:
        """Return these rules with other values by key."""
        return Rules(MappingProxyType({**self.values, **values}))
