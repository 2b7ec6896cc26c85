"""The rule values of one area on one day, read by their declarations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.kernel import known
from marketplace.kernel.canonical import canonical_json, sha256_hex
from marketplace.kernel.declarations import Declaration, Declared, Group, Rules, Table
from marketplace.kernel.hooks import Way
from marketplace.kernel.kinds import Unfit
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.statements import statement
from marketplace.kernel.wording import in_words

if TYPE_CHECKING:
    from marketplace.models import Division

log = structlog.get_logger(__name__)

RULES = Way[Declared]()
"""The rules that each app declares, in its `rules.py`."""


# --- What is declared -----------------------------------------------------------------------------
class UnknownRule(LookupError):
    """No declaration has the key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def declared() -> tuple[Declared, ...]:
    """Return what the apps declare, in the order of `settings.WAYS_UP`."""
    return tuple(RULES)


def required() -> Mapping[str, Declaration[Any]]:
    """Return every key that must have a value, with its declaration, in the order declared."""
    return _required(declared())


@lru_cache(maxsize=8)
def _required(rules: tuple[Declared, ...]) -> Mapping[str, Declaration[Any]]:
    found: dict[str, Declaration[Any]] = {}
    with _own_language():
        for rule in rules:
            if isinstance(rule, Declaration | Table):
                found.update((one.key, one) for one in rule.declared())
    return MappingProxyType(found)


def _own_language() -> translation.override:
    """Fill the names of methods into the words of rules as the rulebook has them, whoever reads."""
    return translation.override(settings.LANGUAGE_CODE)


def read_anew() -> None:
    """Forget what was declared, because a dimension of a table has gained or lost a name."""
    _required.cache_clear()
    _declaration_of.cache_clear()


def declaration_of(key: str) -> Declaration[Any]:
    """
    Return the declaration of `key`, also of a refined cell of a table.

    Raises:
        UnknownRule: there is no such rule.
    """
    return _declaration_of(declared(), key)


@lru_cache(maxsize=512)
def _declaration_of(rules: tuple[Declared, ...], key: str) -> Declaration[Any]:
    if key in (known := _required(rules)):
        return known[key]
    with _own_language():
        for rule in rules:
            found = rule.find(key) if isinstance(rule, Declaration | Table) else None
            if found is not None:
                return found
    raise UnknownRule(key)


def is_declared(key: str) -> bool:
    """Tell whether code executes a rule under `key`."""
    try:
        declaration_of(key)
    except UnknownRule:
        return False
    return True


def groups() -> list[Group]:
    """Return what several rules must be together."""
    return [rule for rule in declared() if isinstance(rule, Group)]


# --- What is in force -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Rule:
    """One value as the rulebook page shows it and as code reads it."""

    key: str
    value: Any
    unit: str
    label: str
    sentence: str
    legal_basis: str
    source_note: str
    in_force_from: str
    division: str

    @cached_property
    def read(self) -> Any:
        """
        The value of its kind.

        Raises:
            UnknownRule: no code declares it any more.
        """
        return declaration_of(self.key).kind.read(self.value, self.unit)

    @cached_property
    def is_fit(self) -> bool:
        """Whether the stored value is one of its kind, so that code can execute it."""
        try:
            _ = self.read
        except Unfit:
            return False
        return True

    @property
    def in_words(self) -> str:
        """The value with its unit, as people read it; one that is none of its kind is told so."""
        if not self.is_fit:
            told = {"value": self.value, "unit": self.unit}
            return _("“%(value)s %(unit)s”不合这条规则，不能执行") % told
        return in_words(self.read, self.unit)

    @property
    def says(self) -> str:
        """The sentence with the value in place."""
        return self.sentence.format(value=self.in_words)


def says(key: str, value: Any) -> str:
    """Return the sentence of a rule with a value of its kind in place."""
    declaration = declaration_of(key)
    return _(declaration.sentence).format(value=in_words(value, declaration.kind.units[0]))


STORED = (Cast("value", TextField()), "in_force_from", "unit", "legal_basis", "source_note")
Row = tuple[Any, ...]
"""Division, key and what is `STORED`; the value as JSON text, so that a row can be looked up."""
WORDS = ("label", "sentence", "legal_basis", "source_note", "in_force_from", "division")


def rules_in_force(division: Division, on: date) -> dict[str, Rule]:
    """
    Return every declared value in force in `division` on `on`, by key.

    The nearest area wins (county before city before province), unless its value is a loosening that
    the declaration does not allow: the province may have become stricter since.
    """
    return rules_by_area([division.code], on)[division.code]


def rules_by_division(divisions: Iterable[str], on: date) -> dict[str, Rules]:
    """Return the values in force in each division by its code; one query, or none at a version."""
    return known.once_each(f"values {on}", set(divisions), read=partial(_values, on=on))


def values_in_force(division: str, on: date) -> Rules:
    """Return the values in force in the division with this code."""
    return rules_by_division([division], on)[division]


def _values(divisions: Iterable[str], *, on: date) -> dict[str, Rules]:
    found = rules_by_area(divisions, on)
    return {code: typed(rules.values()) for code, rules in found.items()}


def typed(rules: Iterable[Rule]) -> Rules:
    """
    Return the values of `rules`, each of its kind.

    A stored value that is not is left out and logged: only what asks for it may fail.
    """
    values = {}
    for rule in rules:
        try:
            values[rule.key] = rule.read
        except Unfit as unfit:
            log.warning("rule_unfit", key=rule.key, value=rule.value, reason=str(unfit))
    return Rules(MappingProxyType(values))


def rules_by_area(divisions: Iterable[str], on: date) -> dict[str, dict[str, Rule]]:
    """Return the rules in force in each division by its code; one query, or none at a version."""
    return {code: dict(found.rules) for code, found in in_force(divisions, on).items()}


@dataclass(frozen=True)
class InForce:
    """All rules that are in force in an area, and the one form of their values that is hashed."""

    rules: Mapping[str, Rule]

    @cached_property
    def content(self) -> bytes:
        """The values as `rulebook_bytes` writes them."""
        return rulebook_bytes(self.rules.values())

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        return sha256_hex(self.content)


def in_force(divisions: Iterable[str], on: date) -> dict[str, InForce]:
    """Return what is in force in each division by its code; one query, or none at a version."""
    areas = {code: areas_of(code) for code in divisions}
    codes = tuple(sorted({code for chain in areas.values() for code in chain}))
    by_area = known.once("rules", codes, on, read=partial(_stored, codes, on))
    words, rules = get_language(), declared()
    return {
        code: _nearest(tuple(row for area in chain for row in by_area.get(area, ())), rules, words)
        for code, chain in areas.items()
    }


def _stored(codes: Sequence[str], on: date) -> dict[str, list[Row]]:
    by_area: dict[str, list[Row]] = defaultdict(list)
    for row in _rows_in_force(codes, on):
        by_area[row[0]].append(row)
    return dict(by_area)


@statement
def _rows_in_force(codes: Sequence[str], on: date) -> QuerySet[Parameter, Row]:
    rows = Parameter.objects.in_force(on).filter(division_id__in=codes)
    return rows.order_by("key", "in_force_from").values_list("division", "key", *STORED)


def areas_of(code: str) -> tuple[str, ...]:
    """Return the codes of the areas that a division lies in and its own, the widest first."""
    return tuple(dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)))


@lru_cache(maxsize=64)
def _nearest(
    rows: tuple[Row, ...], _declared: tuple[Declared, ...], _language: str | None
) -> InForce:
    """
    Return what is in force by `rows`, those of the widest area first.

    Every act and most pages ask for them and the rows hardly ever change, so what the same rows say
    under the same declarations is kept; the rows themselves are read each time.
    """
    found: dict[str, Rule] = {}
    for row in rows:
        rule = _rule(*row)
        if rule is not None and not _is_loosened(rule, found.get(rule.key)):
            found[rule.key] = rule
    return InForce(MappingProxyType(dict(sorted(found.items()))))


def _rule(division: str, key: str, value: str, since: date, *told: str) -> Rule | None:
    """Return the rule of a stored row; what nothing declares any more is no rule."""
    if not is_declared(key):
        return None
    declaration = declaration_of(key)
    unit, legal_basis, source_note = told
    return Rule(
        key=key,
        value=json.loads(value),
        unit=unit,
        label=_(declaration.label),
        sentence=_(declaration.sentence),
        legal_basis=legal_basis,
        source_note=source_note,
        in_force_from=since.isoformat(),
        division=division,
    )


def _is_loosened(rule: Rule, wider: Rule | None) -> bool:
    if wider is None or wider.division == rule.division:
        return False
    try:
        return declaration_of(rule.key).is_loosened(rule.read, wider.read)
    except Unfit:  # told by `typed`, to whoever asks for the value
        return False


# --- What is fixed --------------------------------------------------------------------------------
def rulebook_bytes(rules: Collection[Rule]) -> bytes:
    """
    Return the values of `rules` in the one form that is hashed.

    It holds what code executes and nothing else, so that areas with the same values have one
    version, and other words about a value make no new one.
    """
    values = {rule.key: {"value": rule.value, "unit": rule.unit} for rule in rules}
    return canonical_json({"format": "wszj-rulebook/2", "values": values})


def words_about(rules: Collection[Rule]) -> dict[str, dict[str, str]]:
    """Return what a version says about its values, by key: words, basis, since when, where."""
    return {rule.key: {name: getattr(rule, name) for name in WORDS} for rule in rules}


def rules_of(rulebook: RulebookVersion) -> list[Rule]:
    """Return the rules of a fixed version in the words that they were fixed with."""
    values = json.loads(rulebook.content)["values"]
    return [
        Rule(key=key, **stated, **{name: rulebook.words[key].get(name, "") for name in WORDS})
        for key, stated in values.items()
    ]


def values_of(rulebook: RulebookVersion) -> Rules:
    """Return the values of a fixed version; one that no code declares any more is left out."""
    return _values_in(rulebook.content, declared())


@lru_cache(maxsize=64)
def _values_in(content: str, rules: tuple[Declared, ...]) -> Rules:
    """Read a version's values once: its content never changes, and every page asks for them."""
    found: dict[str, Any] = {}
    for key, stated in json.loads(content)["values"].items():
        try:
            found[key] = _declaration_of(rules, key).kind.read(stated["value"], stated["unit"])
        except (UnknownRule, Unfit):
            continue
    return Rules(MappingProxyType(found))
