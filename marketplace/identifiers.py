"""Codes given by the state, and the numbers this platform gives out. Pure."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

USCC_LENGTH = 18
USCC_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")

PREFIX = "JX"
CONTRACT = "C"
LETTER = "L"
CASE = "M"
DECISION = "D"

_FULL_WIDTH = {ord(mark) + 0xFEE0: mark for mark in string.printable[:94]}
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_SEPARATORS = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000-"))
_ID_CARD_FORM = r"\d{6}(?P<year>(?:18|19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{3}[\dX]"
_ID_CARD = re.compile(_ID_CARD_FORM, re.ASCII)
_ID_CARD_ANYWHERE = re.compile(f"(?={_ID_CARD_FORM})", re.ASCII)
_DIVISION = re.compile(r"\d{6}", re.ASCII)
_PROJECT_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)


class NumberOutOfForm(ValueError):
    """A division, year or serial does not fit the form of a number."""


@dataclass(frozen=True)
class UsccCheck:
    """
    What is wrong with a unified social credit code, if anything.

    `value` is the normalised text: no blanks or hyphens, half-width, upper case. A wrong length or
    letter is refused; a wrong check digit alone is stored and has to be confirmed by an officer.

    Source: GB 32100
    """

    value: str
    wrong_length: bool
    wrong_alphabet: bool
    wrong_check_digit: bool

    @property
    def is_refused(self) -> bool:
        return self.wrong_length or self.wrong_alphabet

    @property
    def is_right(self) -> bool:
        return not (self.is_refused or self.wrong_check_digit)


def check_uscc(text: str) -> UsccCheck:
    """Return the normalised code and what is wrong with it; the digit counts only in right form."""
    value = _normalised(text)
    wrong_length = len(value) != USCC_LENGTH
    wrong_alphabet = not USCC_ALPHABET.issuperset(value)
    in_form = not (wrong_length or wrong_alphabet)
    return UsccCheck(
        value=value,
        wrong_length=wrong_length,
        wrong_alphabet=wrong_alphabet,
        wrong_check_digit=in_form and uscc.calc_check_digit(value[:-1]) != value[-1],
    )


def is_id_card_number(text: str) -> bool:
    """
    Say whether `text` has the form of an 18-digit resident identity number.

    The check digit is not asked: a mistyped number still points at a person. The date of birth is,
    so that a unified social credit code made of digits alone does not count as one.

    Source: 平台默认
    """
    found = _ID_CARD.fullmatch(_normalised(text))
    return found is not None and _is_id_card(found)


def holds_id_card_number(text: str) -> bool:
    """
    Say whether an 18-digit resident identity number stands anywhere in `text`.

    For names to log in with: a number with something before or after it still names the person.

    Source: 平台默认
    """
    return any(map(_is_id_card, _ID_CARD_ANYWHERE.finditer(_normalised(text))))


def _is_id_card(found: re.Match[str]) -> bool:
    return _is_date(*map(int, found.group("year", "month", "day")))


def is_project_code(text: str) -> bool:
    """
    Say whether `text` has the form of a 统一项目代码: digits in groups of 4, 6, 2, 2 and 6.

    Only the form; whether the project exists is for the approval system to say.

    Source: 平台默认
    """
    return _PROJECT_CODE.fullmatch(text) is not None


def tender_code(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return a code such as JX360702-2026-00012; the serial has five digits or more."""
    return _number(prefix, division, year, "", serial)


def contract_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return a contract's number such as JX360702-2026-C00012."""
    return _number(prefix, division, year, CONTRACT, serial)


def letter_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return an award letter's number such as JX360702-2026-L00012."""
    return _number(prefix, division, year, LETTER, serial)


def case_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return a misconduct case's number such as JX360702-2026-M00012."""
    return _number(prefix, division, year, CASE, serial)


def decision_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return a sanction decision's number such as JX360702-2026-D00012."""
    return _number(prefix, division, year, DECISION, serial)


def _number(prefix: str, division: str, year: int, kind: str, serial: int) -> str:
    """
    Return a number of the platform.

    Raises:
        NumberOutOfForm: `division` is not six digits, `year` not of four, or `serial` below 1.

    Source: 平台默认
    """
    if not _DIVISION.fullmatch(division) or not 1000 <= year <= 9999 or serial < 1:
        raise NumberOutOfForm(division, year, serial)
    return f"{prefix}{division}-{year}-{kind}{serial:05d}"


def _normalised(text: str) -> str:
    """Drop blanks and hyphens; full-width ASCII becomes half-width, small letters capital."""
    return text.translate(_FULL_WIDTH).translate(_SEPARATORS).translate(_UPPER)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
