"""The JSON form of a scheme, read strictly: a fault names its place. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from credit.rules import SEVERITY
from credit.schemes import (
    Bar,
    Cycle,
    Follows,
    Grade,
    Kind,
    Repeat,
    Scheme,
    Subject,
    Threshold,
    Worse,
)
from marketplace.reference import BadReferenceData

FORMAT = "wszj-credit-scheme/1"
MEASURES = ("warning", "no_preference", "freeze", "removal")
HALF = Decimal("0.5")
MOST_MONTHS = 1200
Word = TypeVar("Word", bound=StrEnum)
Found = TypeVar("Found")
Numbers = Callable[[str], Decimal]
"""Gives the value of a key of the rulebook; a number of a scheme may be `{"rule": key}`."""


def no_numbers(key: str) -> NoReturn:
    """Refuse to look a number up: the scheme has to state it."""
    raise KeyError(key)


@dataclass(frozen=True)
class Place:
    """A member of the document: what stands there, and how one gets there."""

    file: str
    path: str
    value: Any
    numbers: Numbers

    def fail(self, problem: str) -> NoReturn:
        text = "" if isinstance(self.value, dict | list) else str(self.value)
        raise BadReferenceData(self.file, 0, self.path, problem, text)

    def at(self, name: str | int, value: object) -> Place:
        path = f"{self.path}[{name}]" if isinstance(name, int) else f"{self.path}.{name}"
        return Place(self.file, path.removeprefix("."), value, self.numbers)

    def member(self, name: str) -> Place:
        return self.at(name, self.value.get(name))

    def object(self, known: Collection[str], needed: Collection[str]) -> Place:
        """Return this place, which is an object with members in `known`, `needed` among them."""
        if not isinstance(self.value, dict):
            self.fail("not_an_object")
        for name, value in self.value.items():
            if name not in known:
                self.at(name, value).fail("unknown")
        for name in needed:
            if name not in self.value:
                self.at(name, "").fail("missing_member")
        return self

    def text(self) -> str:
        if not isinstance(self.value, str) or self.value != self.value.strip():
            self.fail("not_a_text")
        return self.value or self.fail("empty")

    def text_if_any(self) -> str:
        return self.text() if self.value is not None else ""

    def word(self, words: type[Word]) -> Word:
        return words(self.one_of([*words]))

    def one_of(self, words: Collection[str]) -> str:
        return str(self.value) if self.value in words else self.fail("unknown")

    def whole(self, least: int = 1, most: int = MOST_MONTHS) -> int:
        if type(self.value) is not int or not least <= self.value <= most:
            self.fail("malformed")
        return int(self.value)

    def whole_if_any(self) -> int | None:
        return None if self.value is None else self.whole()

    def points(self) -> Decimal:
        """Return a number in halves, stated as text or looked up in the rulebook."""
        if isinstance(self.value, dict):
            key = self.object(["rule"], ["rule"]).member("rule").text()
            try:
                return self.numbers(key)
            except KeyError:
                self.fail("unknown")
        try:
            points = Decimal(self.text())
        except InvalidOperation:
            self.fail("malformed")
        if not points.is_finite() or points % HALF:
            self.fail("not_in_halves")
        return points

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.fail("not_a_date")

    def each(self, read: Callable[[Place], Found], least: int = 0) -> tuple[Found, ...]:
        if self.value is None and not least:
            return ()
        if not isinstance(self.value, list) or len(self.value) < least:
            self.fail("missing_member")
        return tuple(read(self.at(place, one)) for place, one in enumerate(self.value))


SCHEME = (
    *("format", "code", "version", "name", "scope", "legal_basis", "valid_from", "base", "kinds"),
    *("grades", "worse", "subjects", "cycle", "thresholds", "bars"),
)
KIND = (
    *("code", "name", "severity", "points", "basis", "subjects", "needs_decision"),
    *("counts_months", "public_months", "limit", "grade", "repeat"),
    *("measures", "months", "bases"),
)
MERIT = "merit"
NOTE = "note"
"""What counts but is no breach that an officer could open a case for."""


def read_scheme(text: str, file: str, numbers: Numbers = no_numbers) -> Scheme:
    """
    Return the scheme that `text` states, with the numbers of the rulebook that it refers to.

    Raises:
        BadReferenceData: it does not say what a scheme must, or contradicts itself.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadReferenceData(file, error.lineno, "", "not_json", error.msg) from error
    top = Place(file, "", document, numbers).object(SCHEME, SCHEME[:9])
    top.member("format").one_of([FORMAT])
    scheme = Scheme(
        code=top.member("code").text(),
        version=top.member("version").whole(most=9999),
        name=top.member("name").text(),
        scope=top.member("scope").text(),
        legal_basis=top.member("legal_basis").text(),
        valid_from=top.member("valid_from").day(),
        base=top.member("base").points(),
        kinds=top.member("kinds").each(_kind, least=1),
        grades=top.member("grades").each(_grade),
        worse=_word_or(top.member("worse"), Worse.LOWER),
        subjects=_subjects(top.member("subjects")),
        cycle=_word_or(top.member("cycle"), Cycle.NONE),
        thresholds=top.member("thresholds").each(_threshold),
        bars=top.member("bars").each(_bar),
    )
    _check(scheme, top)
    return scheme


def _word_or(place: Place, default: Word) -> Word:
    return default if place.value is None else place.word(type(default))


def _subjects(place: Place) -> tuple[Subject, ...]:
    return place.each(lambda one: one.word(Subject)) or (Subject.ORGANIZATION,)


def _kind(place: Place) -> Kind:
    place.object(KIND, KIND[:5])
    repeat = place.member("repeat")
    limit = place.member("limit")
    return Kind(
        code=place.member("code").text(),
        name=place.member("name").text(),
        severity=place.member("severity").one_of([*SEVERITY.labels, MERIT, NOTE]),
        points=place.member("points").points(),
        basis=place.member("basis").text(),
        subjects=_subjects(place.member("subjects")),
        needs_decision=place.member("needs_decision").value is True,
        counts_months=place.member("counts_months").whole_if_any(),
        public_months=place.member("public_months").whole_if_any(),
        limit=None if limit.value is None else limit.points(),
        grade=place.member("grade").text_if_any(),
        repeat=None if repeat.value is None else _repeat(repeat),
        measures=place.member("measures").each(lambda one: one.one_of(MEASURES)),
        months=_span(place.member("months")),
        bases=place.member("bases").each(Place.text),
    )


def _span(place: Place) -> tuple[int, int] | None:
    """Return the first and the last of a range, or None where none is stated."""
    if place.value is None:
        return None
    numbers = place.each(lambda one: one.whole(least=0), least=2)
    if len(numbers) != len(("first", "last")) or numbers[0] > numbers[1]:
        place.fail("malformed")
    return numbers[0], numbers[1]


def _repeat(place: Place) -> Repeat:
    place.object(("of", "times", "months", "after"), ("of", "times", "months"))
    return Repeat(
        of=place.member("of").each(Place.text, least=1),
        times=place.member("times").whole(least=2),
        months=place.member("months").whole(),
        after=place.member("after").text_if_any(),
    )


def _threshold(place: Place) -> Threshold:
    names = ("code", "points", "follows", "basis", "severity", "measure", "months")
    place.object(names, names[:4])
    follows = place.member("follows").word(Follows)
    found = Threshold(
        code=place.member("code").text(),
        points=place.member("points").points(),
        follows=follows,
        basis=place.member("basis").text(),
    )
    if follows is Follows.WARNING:
        return found
    return Threshold(
        **vars(found)
        | {
            "severity": place.member("severity").one_of(SEVERITY.labels),
            "measure": place.member("measure").one_of(MEASURES),
            "months": place.member("months").whole(least=0),
        }
    )


def _grade(place: Place) -> Grade:
    place.object(("grade", "begins"), ("grade", "begins"))
    return Grade(place.member("grade").text(), place.member("begins").points())


def _bar(place: Place) -> Bar:
    names = ("grade", "seen", "years", "of")
    place.object(names, names)
    return Bar(
        grade=place.member("grade").text(),
        seen=place.member("seen").each(Place.text, least=1),
        years=place.member("years").whole(most=10),
        of=place.member("of").whole(most=10),
    )


# --- What the parts must be together --------------------------------------------------------------
def _check(scheme: Scheme, top: Place) -> None:
    _check_kinds(scheme, top)
    _check_grades(scheme, top)
    codes = [threshold.code for threshold in scheme.thresholds]
    _refuse_repeats(codes, top.member("thresholds"), "code")


def _check_kinds(scheme: Scheme, top: Place) -> None:
    kinds = top.member("kinds")
    _refuse_repeats([kind.code for kind in scheme.kinds], kinds, "code")
    letters = {grade.letter for grade in scheme.grades}
    bad = 1 if scheme.worse is Worse.HIGHER else -1
    for place, kind in enumerate(scheme.kinds):
        here = kinds.at(place, kind.code)
        if kind.points * bad * (-1 if kind.severity == MERIT else 1) < 0:
            here.at("points", kind.points).fail("wrong_sign")
        if kind.grade and kind.grade not in letters:
            here.at("grade", kind.grade).fail("unknown")
        repeat = kind.repeat
        for code in (*repeat.of, *([repeat.after] if repeat.after else [])) if repeat else ():
            if code not in scheme.by_code or code == kind.code:
                here.at("repeat", code).fail("unknown")


def _check_grades(scheme: Scheme, top: Place) -> None:
    """Let each grade begin beyond the one before it, one of them at 0; and bars be above all."""
    grades = top.member("grades")
    letters = [grade.letter for grade in scheme.grades]
    _refuse_repeats(letters, grades, "grade")
    begins = [grade.begins for grade in scheme.grades]
    order = sorted({*begins, Decimal(0)} if begins else (), reverse=scheme.worse is Worse.LOWER)
    if begins != order:
        grades.fail("not_in_order")
    for place, bar in enumerate(scheme.bars):
        here = top.member("bars").at(place, bar.grade)
        if scheme.cycle is not Cycle.CALENDAR_YEAR:
            here.fail("needs_years")
        if bar.grade not in letters[:-1] or bar.years > bar.of:
            here.fail("contradiction")
        next_letter = letters[letters.index(bar.grade) + 1]
        if not set(bar.seen) <= set(letters) - {bar.grade, next_letter}:
            here.at("seen", "、".join(bar.seen)).fail("contradiction")


def _refuse_repeats(codes: Collection[str], place: Place, name: str) -> None:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            place.at(number, None).at(name, code).fail("duplicate")
        seen.add(code)


# --- Writing --------------------------------------------------------------------------------------
def document_of(scheme: Scheme) -> Mapping[str, Any]:
    """Return the document that says what `scheme` does, with all its numbers in place."""
    return {"format": FORMAT, **_without_nothing(vars(scheme))}


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {"letter": "grade"} if "letter" in values else {}
    return {
        renamed.get(name, name): _written(value)
        for name, value in values.items()
        if name != "by_code" and not (value is None or value is False or value in ((), ""))
    }


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return _without_nothing(vars(value))
    if isinstance(value, Decimal | date):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
