"""The scheme and the rules of credit that hold at a moment: one set for the whole province."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from credit.models.conduct import MISCONDUCT, Conduct
from credit.models.schemes import CreditScheme
from credit.rules import BASE, GRADES, MERITS, POINTS
from credit.scheme_files import MERIT, NOTE, read_scheme
from credit.schemes import Grade, Kind, Repeat, Scheme
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import RuleMissing, Rules
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.rules import Rule, rules_in_force, typed, values_in_force, values_of
from marketplace.models import Division
from marketplace.reference import BadReferenceData

BY_RULEBOOK = "rulebook"
REPEATS = {
    Conduct.THREE_ABANDONMENTS.value: Repeat(of=(Conduct.ABANDONMENT.value,), times=3, months=12)
}


class NoPointsInRulebook(LookupError):
    """A rulebook version, with the scheme of its day, has no points for a kind of conduct."""

    def __init__(self, kind: str, rulebook: RulebookVersion) -> None:
        super().__init__(f"{rulebook.number} has no credit.points.{kind}")
        self.kind = kind


@known.asked_once
def province() -> Division:
    """Return the province: one record and one set of credit rules for all of it."""
    return Division.objects.get(level=Division.Level.PROVINCE)


def _province_code() -> str:
    return known.once("province", read=lambda: province().code)


def credit_rules(at: datetime) -> dict[str, Rule]:
    """Return the province's rules in force at `at`, by key."""
    return rules_in_force(Division(code=_province_code()), day_of(at))


def rules_since() -> date:
    """Return the first day that has credit rules; nobody stood in any way before it."""
    base = Parameter.objects.filter(division=province(), key=BASE.key)
    return base.earliest("in_force_from").in_force_from


def are_grades_given(at: datetime) -> bool:
    """Tell whether the province's rulebook has at `at` what a grade is counted by."""
    of_province = Parameter.objects.filter(division__level=Division.Level.PROVINCE, key=BASE.key)
    return of_province.filter(in_force_from__lte=day_of(at)).exists()


def scheme_at(at: datetime) -> Scheme:
    """
    Return the scheme in force at `at`, with the rulebook's numbers of that day.

    Where none has been loaded the rulebook alone is the scheme: base, points, grades.
    """
    return _scheme(day_of(at), values_in_force(_province_code(), day_of(at)))


def scheme_in(text: str, file: str, at: datetime) -> Scheme:
    """
    Return the scheme that a document states, with the rulebook's numbers in force at `at`.

    Raises:
        BadReferenceData: it states none.
    """
    return read_scheme(text, file, typed(credit_rules(at).values()).values.__getitem__)


def text_at(at: datetime) -> str:
    """Return the document of the scheme in force at `at`; an empty text where none is loaded."""
    return next((content for begin, content in _stored() if begin <= day_of(at)), "")


def has_scheme() -> bool:
    """Tell whether a scheme has been loaded; until then the rulebook alone is one."""
    return bool(_stored())


def breaches_at(at: datetime) -> list[str]:
    """Return the codes of the conduct that a case may be opened for at `at`."""
    return [kind.code for kind in scheme_at(at).kinds if kind.severity not in {MERIT, NOTE}]


def kind_under(rulebook: RulebookVersion, kind: str, at: datetime) -> Kind:
    """
    Return a kind of conduct by the scheme in force at `at`, with the numbers of `rulebook`.

    Raises:
        NoPointsInRulebook: it has none there.
    """
    try:
        return _scheme(day_of(at), values_of(rulebook)).by_code[kind]
    except (RuleMissing, BadReferenceData, KeyError):
        raise NoPointsInRulebook(kind, rulebook) from None


def _scheme(on: date, rules: Rules) -> Scheme:
    numbers = {key: value for key, value in rules.values.items() if key.startswith("credit.")}
    stored = next((content for begin, content in _stored() if begin <= on), BY_RULEBOOK)
    return _read(stored, tuple(sorted(numbers.items())))


def _stored() -> tuple[tuple[date, str], ...]:
    """Return the versions, the newest first."""
    rows = CreditScheme.objects.order_by("-valid_from").values_list("valid_from", "content")
    return known.once("credit schemes", read=lambda: tuple(rows))


@lru_cache(maxsize=64)
def _read(content: str, numbers: tuple[tuple[str, Decimal], ...]) -> Scheme:
    """Read a scheme once: every page asks for it, and its text never changes."""
    rules = MappingProxyType(dict(numbers))
    if content == BY_RULEBOOK:
        return _of_rulebook(Rules(rules))
    return read_scheme(content, "", rules.__getitem__)


def _of_rulebook(rules: Rules) -> Scheme:
    return Scheme(
        code=BY_RULEBOOK,
        version=1,
        name="",
        scope="",
        legal_basis="",
        valid_from=date.min,
        base=rules[BASE],
        kinds=tuple(_kinds(rules.column(POINTS))),
        grades=tuple(Grade(letter, least) for letter, least in rules.column(GRADES).items()),
    )


def _kinds(points: Mapping[str, Decimal]) -> list[Kind]:
    return [
        Kind(
            code=code,
            name="",
            severity=_severity(code),
            points=points[code],
            basis="",
            repeat=REPEATS.get(code),
        )
        for code in Conduct.values
        if code in points
    ]


def _severity(code: str) -> str:
    if code in MERITS:
        return MERIT
    return "general" if code in MISCONDUCT else NOTE
