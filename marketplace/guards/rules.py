"""May a rule have a value: its key, unit, sign and bounds, its area and its beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.citations import sources_of
from marketplace.kernel.declarations import Declaration, Group, Override, Rules
from marketplace.kernel.kinds import Unfit
from marketplace.kernel.laws import Library
from marketplace.kernel.rules import Rule, UnknownRule, declaration_of
from marketplace.kernel.verdicts import Because, Text, Verdict, guard
from marketplace.kernel.wording import UNITS, in_words
from marketplace.models import Division
from marketplace.reference import Parameter

UNFIT: dict[str, Text] = {
    "wrong_unit": gettext_lazy("单位只能是 %(allowed)s"),
    "not_a_number": gettext_lazy("须是数字"),
    "not_whole": gettext_lazy("须是整数"),
    "negative": gettext_lazy("不能是负数"),
    "positive": gettext_lazy("只能减分，不能是正数"),
    "out_of_bounds": gettext_lazy("须在 %(least)s 至 %(most)s 之间"),
    "too_many_digits": gettext_lazy("小数最多 %(places)s 位"),
    "not_a_switch": gettext_lazy("须是 true 或者 false"),
    "not_an_option": gettext_lazy("只能是 %(options)s 之一"),
    "not_days": gettext_lazy("须是从多到少、各不相同的整数，如 [90, 60, 30, 7, 0]"),
    "not_a_span": gettext_lazy("须是从短到长的两个整数，如 [3, 12]"),
    "not_these_names": gettext_lazy("须正好写明 %(names)s"),
    "not_a_hundred": gettext_lazy("各项权重合计须为 100，现在是 %(total)s"),
}
BASIS_PROBLEMS: dict[str, Text] = {
    "not_a_source": gettext_lazy("写法无法识别"),
    "unknown_source": gettext_lazy("法规库没有这个文件"),
    "unknown_article": gettext_lazy("法规库没有这一条"),
    "article_not_named": gettext_lazy("没有写明条款"),
    "reference_or_law": gettext_lazy("其他地方的规定只能写作参考"),
}
COLUMNS: dict[str, Text] = {
    "": gettext_lazy("整行"),
    "key": gettext_lazy("键"),
    "value": gettext_lazy("值"),
    "unit": gettext_lazy("单位"),
    "legal_basis": gettext_lazy("依据"),
    "source_note": gettext_lazy("来源说明"),
    "in_force_from": gettext_lazy("生效日期"),
    "scope": gettext_lazy("适用地区"),
}


@dataclass(frozen=True)
class Finding:
    """Why a row is refused: its line in the file, its column, and the guard that failed."""

    line: int
    column: str
    verdict: Verdict

    @classmethod
    def failed(cls, line: int, verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
        """Yield a finding for each verdict, by column, that does not hold."""
        for column, verdict in verdicts.items():
            if not verdict.holds:
                yield cls(line, column, verdict)

    def __str__(self) -> str:
        return _("第 %(line)s 行，%(column)s（%(name)s）：%(refusal)s") % {
            "line": self.line,
            "column": COLUMNS.get(self.column, self.column),
            "name": self.column,
            "refusal": self.verdict.refusal,
        }


@guard(gettext_lazy("没有“%(key)s”这条规则"))
def rule_is_declared(declaration: Declaration[Any] | None, key: str) -> bool | Because:
    return declaration is not None or Because(key=key)


@guard(gettext_lazy("%(label)s：%(reason)s"))
def value_fits(declaration: Declaration[Any], problem: Unfit | None) -> bool | Because:
    if problem is None:
        return True
    details = {name: _listed(part) for name, part in problem.details.items()}
    reason = str(UNFIT[problem.problem]) % details
    return Because(label=_(declaration.label), reason=reason)


@guard(gettext_lazy("“%(label)s”全省统一，市、县不能另行设定"))
def area_may_differ(declaration: Declaration[Any], *, is_province: bool) -> bool | Because:
    if is_province or declaration.override is not Override.PROVINCE_ONLY:
        return True
    return Because(label=_(declaration.label))


@guard(gettext_lazy("市、县只能从严：“%(label)s”上级规定为 %(wider)s，不能放宽为 %(own)s"))
def value_is_no_loosening(
    declaration: Declaration[Any], own: object, wider: Rule
) -> bool | Because:
    if not declaration.is_loosened(own, wider.read):
        return True
    unit = wider.unit
    return Because(
        label=_(declaration.label),
        wider=in_words(wider.read, unit),
        own=in_words(own, unit),
    )


@guard(gettext_lazy("没有代码为 %(code)s 的地区，请先载入行政区划"))
def area_is_known(division: Division | None, code: str) -> bool | Because:
    return division is not None or Because(code=code)


@guard(gettext_lazy("生效日期 %(day)s 已过，已经施行的规则不能追溯修改"))
def beginning_is_ahead(day: date, today: date, *, is_known: bool) -> bool | Because:
    return day >= today or not is_known or Because(day=day.isoformat())


@guard(gettext_lazy("%(day)s 起的值已经存下，采购可能已经按它发布；请另起一行，写新的生效日期"))
def stored_value_is_kept(stored: object, given: object, day: date) -> bool | Because:
    if stored == given and type(stored) is type(given):
        return True
    return Because(day=day.isoformat())


@guard(gettext_lazy("依据无法核对：%(problem)s"))
def basis_can_be_opened(legal_basis: str, laws: Library) -> bool | Because:
    problem = laws.problem_in(legal_basis)
    return not problem or Because(problem=BASIS_PROBLEMS[problem])


@guard(gettext_lazy("依据在 %(day)s 不在有效期内：%(sources)s"))
def basis_is_in_force(legal_basis: str, laws: Library, day: date) -> bool | Because:
    sources = sources_of(legal_basis)
    lapsed = [str(source) for source in sources if not laws.is_in_force(source, day)]
    return not lapsed or Because(day=day.isoformat(), sources="；".join(lapsed))


@guard(gettext_lazy("%(refusal)s"))
def rules_go_together(group: Group, rules: Rules) -> bool | Because:
    return group.holds(rules) or Because(refusal=_(group.refusal))


def may_hold(row: Parameter, *, is_province: bool) -> Iterator[Finding]:
    """Yield what the declaration of `row` has against its value, unit or area."""
    try:
        declaration = declaration_of(row.key)
    except UnknownRule:
        yield from Finding.failed(row.line, {"key": rule_is_declared(None, row.key)})
        return
    differs = area_may_differ(declaration, is_province=is_province)
    yield from Finding.failed(row.line, {"scope": differs})
    problem = unfitness(declaration, row.value, row.unit)
    column = problem.column if problem else "value"
    yield from Finding.failed(row.line, {column: value_fits(declaration, problem)})


def unfitness(declaration: Declaration[Any], value: object, unit: str) -> Unfit | None:
    """Return what is wrong with a new value of a rule, if anything is."""
    try:
        declaration.kind.check(declaration.kind.read(value, unit))
    except Unfit as problem:
        return problem
    return None


def _listed(detail: object) -> object:
    """Return a list of names as people read it, units with their word."""
    if not isinstance(detail, tuple):
        return detail
    return _("、").join(f"{name}（{UNITS[name]}）" if UNITS.get(name) else name for name in detail)
