"""The rulebook for readers: by subject, by method and fund, where it differs, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.calendar import start_of_day
from marketplace.kernel.declarations import Table
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.rules import Rule, declared
from marketplace.models import Division
from marketplace.web.components import FUTURE, Step
from marketplace.web.listed import Listed

Text = str | Promise

CHAPTERS: tuple[tuple[str, Text, frozenset[str]], ...] = (
    (
        "admission",
        gettext_lazy("入驻和资质"),
        frozenset({"onboarding", "qualification", "practitioner", "ownership"}),
    ),
    (
        "order",
        gettext_lazy("采购和报名"),
        frozenset({"order", "bid", "question", "amendment"}),
    ),
    (
        "method",
        gettext_lazy("选取"),
        frozenset(
            {
                *("method", "direct", "auction", "best_price", "shortlist", "plan", "experts"),
                *("opening", "seal", "draw", "selection"),
            }
        ),
    ),
    ("result", gettext_lazy("结果公示"), frozenset({"result"})),
    (
        "contract",
        gettext_lazy("合同和服务"),
        frozenset({"contract", "service", "acceptance", "reminder"}),
    ),
    ("complaint", gettext_lazy("异议、投诉和举报"), frozenset({"complaint", "report"})),
    ("rating", gettext_lazy("评价"), frozenset({"rating"})),
    ("credit", gettext_lazy("信用"), frozenset({"credit"})),
    ("sanction", gettext_lazy("失信处理"), frozenset({"sanction"})),
    ("inspection", gettext_lazy("随机检查"), frozenset({"inspection"})),
    ("figure", gettext_lazy("数据和排名"), frozenset({"figure"})),
    ("people", gettext_lazy("人员和其他"), frozenset({"invitation"})),
)
HEADS: tuple[Text, ...] = (
    gettext_lazy("键"),
    gettext_lazy("规则"),
    gettext_lazy("数值"),
    gettext_lazy("说明"),
    gettext_lazy("依据"),
    gettext_lazy("生效日期"),
    gettext_lazy("适用地区"),
)
SQUARE = 2


@dataclass(frozen=True)
class Line:
    """One rule as it is read; `local` is where else it has which value."""

    rule: Rule
    local: Sequence[tuple[str, str]] = ()

    @property
    def value(self) -> str:
        """The value with its unit."""
        return self.rule.in_words

    @property
    def is_off(self) -> bool:
        """Tell whether the rule is a switch that is off."""
        return self.rule.value is False

    @property
    def sentence(self) -> str:
        """The rule with its value in place."""
        return self.rule.says

    @property
    def since(self) -> date:
        """The day from which the value is in force."""
        return date.fromisoformat(self.rule.in_force_from)


@dataclass(frozen=True)
class Basis:
    """
    What values rest on since when.

    `names` are the values that do: none where all do, and not those of the basis that most have.
    """

    source: str
    since: date
    names: Sequence[str] = ()
    is_of_the_rest: bool = False


def bases_of(cells: Iterable[tuple[str, Line]]) -> list[Basis]:
    """Return what values rest on, that of the most of them last."""
    found: dict[tuple[str, date], list[str]] = {}
    for name, line in cells:
        found.setdefault((line.rule.legal_basis, line.since), []).append(name)
    *few, (most, _names) = sorted(found.items(), key=lambda one: len(one[1]))
    named = [Basis(source, since, names) for (source, since), names in few]
    return [*named, Basis(*most, is_of_the_rest=bool(few))]


@dataclass(frozen=True)
class Entry:
    """
    What stands in one row: a rule, or all rules of a table by one dimension.

    `cells` are the rules with the names that tell them apart, empty for one that stands alone.
    """

    key: str
    label: str
    cells: Sequence[tuple[str, Line]]

    @property
    def alone(self) -> Line | None:
        """The rule of a row that has only one."""
        name, line = self.cells[0]
        return None if name else line

    @property
    def bases(self) -> list[Basis]:
        """What the values rest on."""
        return bases_of(self.cells)


@dataclass(frozen=True)
class Chapter:
    """The rules of one subject."""

    name: str
    label: Text
    entries: list[Entry]

    @property
    def lines(self) -> list[Line]:
        """All its rules."""
        return [line for entry in self.entries for _name, line in entry.cells]

    @property
    def total(self) -> int:
        return len(self.lines)


@dataclass(frozen=True)
class Cell:
    """A rule of a table, and what refines it: for a class of services, a level, a round."""

    line: Line
    finer: Sequence[tuple[str, Line]]


@dataclass(frozen=True)
class Matrix:
    """A table of rules by two dimensions: the names of its columns, and its rows."""

    key: str
    title: str
    columns: list[str]
    rows: list[tuple[str, list[Cell | None]]]

    @property
    def lines(self) -> list[Line]:
        """All its rules."""
        cells = [cell for _name, row in self.rows for cell in row if cell]
        return [one for cell in cells for one in (cell.line, *(line for _, line in cell.finer))]

    @property
    def bases(self) -> list[Basis]:
        """What the values rest on, each with the cells that do."""
        return bases_of((line.rule.label, line) for line in self.lines)


def lines(rules: Mapping[str, Rule], local: Mapping[Division, Mapping[str, Rule]]) -> list[Line]:
    """Return the province's rules, each with the areas in which another value is in force."""
    return [
        Line(
            rule,
            [
                (division.name, own[key].in_words)
                for division, own in local.items()
                if key in own and own[key].in_words != rule.in_words
            ],
        )
        for key, rule in rules.items()
    ]


def chapters(shown: Iterable[Line]) -> list[Chapter]:
    """Return by subject what stands in no matrix, without empty chapters."""
    named = {prefix: name for name, _label, prefixes in CHAPTERS for prefix in prefixes}
    sorted_in: dict[str, list[Line]] = {name: [] for name, _label, _prefixes in CHAPTERS}
    for line in shown:
        if not any(table.find(line.rule.key) for table in squares()):
            name = named.get(line.rule.key.split(".")[0], CHAPTERS[-1][0])
            sorted_in[name].append(line)
    order = {key: place for place, key in enumerate(_declared_order())}
    for found in sorted_in.values():
        found.sort(key=lambda one: _place(one.rule.key, order))
    return [
        Chapter(name, label, _entries(sorted_in[name]))
        for name, label, _prefixes in CHAPTERS
        if sorted_in[name]
    ]


def _place(key: str, order: Mapping[str, int]) -> tuple[int, str]:
    """Return where a rule stands: by its declaration, and behind the rule that it refines."""
    declared_as = key
    while declared_as and declared_as not in order:
        declared_as = declared_as.rpartition(".")[0]
    return order.get(declared_as, 0), key if declared_as != key else ""


def _entries(shown: Iterable[Line]) -> list[Entry]:
    """Return the rows of a chapter; what is told apart by one name alone stands together."""
    found: dict[str, Entry] = {}
    for line in shown:
        entry = _entry(line)
        cells = [*found[entry.key].cells, *entry.cells] if entry.key in found else entry.cells
        found[entry.key] = Entry(entry.key, entry.label, cells)
    return list(found.values())


def _entry(line: Line) -> Entry:
    """Return the row of one rule, which others of its table may join."""
    key = line.rule.key
    for table in tables(1):
        if table.find(key):
            return Entry(table.key, _(table.title), [(_name_in(table, line.rule) or key, line)])
    return Entry(key, line.rule.label, [("", line)])


def _name_in(table: Table[object], rule: Rule) -> str | None:
    """Return what tells a rule of a table by one dimension apart, with what refines it."""
    name, _dot, finer = rule.key.removeprefix(f"{table.key}.").partition(".")
    label = table.by[0].label_of(name)
    if not (label and finer):
        return label
    return f"{label} · {rule.label.rpartition('（')[2].strip('）')}"


def _declared_order() -> Iterator[str]:
    for rule in declared():
        if isinstance(rule, Table):
            yield from (cell.key for cell in rule.declared())
        else:
            yield getattr(rule, "key", "")


def tables(dimensions: int) -> list[Table[object]]:
    """Return the tables of so many dimensions."""
    return [rule for rule in declared() if isinstance(rule, Table) and len(rule.by) == dimensions]


def squares() -> list[Table[object]]:
    """Return the tables of two dimensions, which are shown as such."""
    return tables(SQUARE)


def matrices(shown: Iterable[Line]) -> list[Matrix]:
    """Return each table by two dimensions, with what refines its cells below it."""
    by_key = {line.rule.key: line for line in shown}
    found = [_matrix(table, by_key) for table in squares()]
    return [matrix for matrix in found if any(any(cells) for _name, cells in matrix.rows)]


def _matrix(table: Table[object], by_key: Mapping[str, Line]) -> Matrix:
    down, across = table.by
    rows = [
        (str(label), [_cell(f"{table.key}.{row}.{column}", by_key) for column in across.labels])
        for row, label in down.labels.items()
    ]
    columns = [str(label) for label in across.labels.values()]
    return Matrix(table.key, _(table.title), columns, rows)


def _cell(key: str, by_key: Mapping[str, Line]) -> Cell | None:
    line = by_key.get(key)
    if line is None:
        return None
    finer = [one for name, one in by_key.items() if name.startswith(f"{key}.")]
    return Cell(line, [(_suffix(one.rule.label, line.rule.label), one) for one in finer])


def _suffix(finer: str, label: str) -> str:
    """Return what a refinement adds to the name of its cell, without the brackets around it."""
    return finer.removeprefix(label).strip("（）")


NOW = "now"


@dataclass(frozen=True)
class VersionOption:
    """A version that another one can be compared with."""

    value: str
    label: Text
    is_chosen: bool


def version_options(versions: Iterable[RulebookVersion], asked: str) -> list[VersionOption]:
    """Return what a version can be compared with: what is in force now, and `versions`."""
    found = [(row.sha256, f"{row.number} {row.division.name}") for row in versions]
    return [
        VersionOption(value, label, value == asked)
        for value, label in [(NOW, _("现行规则")), *found]
    ]


def matching(shown: Iterable[Line], words: str) -> list[Line]:
    """Return the rules in which each of `words` occurs: in name, sentence, basis or key."""
    asked = words.casefold().split()
    return [line for line in shown if all(word in _text(line) for word in asked)]


def _text(line: Line) -> str:
    rule = line.rule
    said = (rule.label, line.sentence, rule.legal_basis, rule.source_note, rule.key)
    return " ".join(said).casefold()


def csv_rows(shown: Iterable[Line]) -> Iterator[Sequence[object]]:
    """Yield the heads and one row for each rule."""
    yield HEADS
    for line in shown:
        rule = line.rule
        yield (
            *(rule.key, rule.label, line.value, line.sentence, rule.legal_basis),
            *(rule.in_force_from, rule.division),
        )


# --- What changed ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Change:
    """A rule that two versions do not share as it is; one of the lines is missing if one has it."""

    key: str
    label: str
    before: Line | None
    after: Line | None


def changes(before: Iterable[Rule], after: Iterable[Rule]) -> Listed[Change]:
    """Return what differs in value, by key; other words about a value are no change."""
    old = {rule.key: rule for rule in before}
    new = {rule.key: rule for rule in after}
    return Listed(
        _change(old.get(key), new.get(key))
        for key in sorted(old | new)
        if _stated(old.get(key)) != _stated(new.get(key))
    )


def _stated(rule: Rule | None) -> tuple[object, str] | None:
    return (rule.value, rule.unit) if rule else None


def _change(before: Rule | None, after: Rule | None) -> Change:
    named = after or before
    assert named is not None  # noqa: S101 - the key comes from one of them
    return Change(
        named.key,
        named.label,
        Line(before) if before else None,
        Line(after) if after else None,
    )


def planned_changes(on: date) -> list[Step]:
    """Return from which days after `on` other values are in force, and how many, as what comes."""
    planned = Parameter.objects.planned(on).order_by("in_force_from").values_list("in_force_from")
    return [
        Step(
            _("规则变动"),
            FUTURE,
            start_of_day(day),
            note=_("%(count)s 项数值施行") % {"count": count},
        )
        for day, count in planned.annotate(count=Count("pk"))
    ]
