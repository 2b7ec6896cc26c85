"""Codes given by the state, and the numbers this platform gives out. Pure."""

from __future__ import annotations

import hmac
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from stdnum.cn import ric, uscc

USCC_LENGTH = 18
USCC_ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
# First character: who registers; second: what kind of body that authority registers.
# Source: GB 32100-2015 with 修改单 No. 1 of 2016, as reproduced at https://osuse.cn/post/10002590.html
USCC_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "1": "1239",  # 机构编制
        "2": "19",  # 外交
        "3": "123459",  # 司法行政
        "4": "19",  # 文化
        "5": "1239",  # 民政
        "6": "129",  # 旅游
        "7": "129",  # 宗教
        "8": "19",  # 工会
        "9": "123",  # 工商
        "A": "19",  # 中央军委改革和编制办公室
        "N": "1239",  # 农业
        "Y": "1",  # 其他
    }
)

PREFIX = "JX"
CONTRACT = "C"
LETTER = "L"
CASE = "M"
DISPUTE = "Y"
DECISION = "D"
INSPECTION = "J"

_FULL_WIDTH = {ord(mark) + 0xFEE0: mark for mark in string.printable[:94]}
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_SEPARATORS = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000-"))
_ID_CARD_FORM = r"\d{6}(?P<year>(?:18|19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{3}[\dX]"
_ID_CARD = re.compile(_ID_CARD_FORM, re.ASCII)
_ID_CARD_ANYWHERE = re.compile(f"(?={_ID_CARD_FORM})", re.ASCII)
_DIVISION = re.compile(r"\d{6}", re.ASCII)
_BARE_PROJECT_CODE = re.compile(r"(\d{4})(\d{6})(\d{2})(\d{2})(\d{6})", re.ASCII)
_PROJECT_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)


class NumberOutOfForm(ValueError):
    """A division, year or serial does not fit the form of a number."""


@dataclass(frozen=True)
class UsccCheck:
    """
    What is wrong with a unified social credit code, if anything.

    `value` is the normalised text: no blanks or hyphens, half-width, upper case. A wrong length,
    letter or class is refused, and so is the number of a person, which is for no log either; a
    wrong check digit alone is stored and has to be confirmed by an officer.

    Source: GB 32100-2015
    """

    value: str = field(repr=False)
    wrong_length: bool = False
    wrong_alphabet: bool = False
    wrong_class: bool = False
    wrong_check_digit: bool = False
    is_id_card: bool = False

    @property
    def is_refused(self) -> bool:
        return self.wrong_length or self.wrong_alphabet or self.wrong_class or self.is_id_card

    @property
    def is_right(self) -> bool:
        return not (self.is_refused or self.wrong_check_digit)


def check_uscc(text: str) -> UsccCheck:
    """Return the normalised code and what is wrong with it: of its form first, then the digit."""
    value = _normalised(text)
    wrong_length = len(value) != USCC_LENGTH
    wrong_alphabet = not USCC_ALPHABET.issuperset(value)
    if wrong_length or wrong_alphabet:
        return UsccCheck(value, wrong_length=wrong_length, wrong_alphabet=wrong_alphabet)
    wrong_class = value[1] not in USCC_CLASSES.get(value[0], "")
    wrong_check_digit = uscc.calc_check_digit(value[:-1]) != value[-1]
    is_code = not (wrong_class or wrong_check_digit)
    if is_id_card_number(value) and not (is_code and ric.calc_check_digit(value) != value[-1]):
        return UsccCheck(value, is_id_card=True)
    if wrong_class:
        return UsccCheck(value, wrong_class=True)
    return UsccCheck(value, wrong_check_digit=wrong_check_digit)


def is_id_card_number(text: str) -> bool:
    """
    Say whether `text` has the form of an 18-digit resident identity number.

    The check digit is not asked: a mistyped number still points at a person. The date of birth is,
    so that a unified social credit code made of digits alone does not count as one.

    Source: 平台默认
    """
    found = _ID_CARD.fullmatch(_normalised(text))
    return found is not None and _is_id_card(found)


def has_right_check_digit(number: str) -> bool:
    """
    Say whether an 18-digit resident identity number has the check digit that its others ask for.

    Source: GB 11643
    """
    value = _normalised(number)
    return is_id_card_number(value) and ric.calc_check_digit(value) == value[-1]


def person_key(number: str, secret: str) -> str:
    """
    Return what stands for a person in place of an identity number: a hash that needs `secret`.

    Without the key there are few enough numbers to try them all; with it nobody can. The number
    itself is stored nowhere.

    Source: 平台默认
    """
    return hmac.new(secret.encode(), _normalised(number).encode(), "sha256").hexdigest()


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


def with_hyphens(text: str) -> str:
    """Return a 统一项目代码 that is written without hyphens with them; anything else as it is."""
    match = _BARE_PROJECT_CODE.fullmatch(text)
    return "-".join(match.groups()) if match else text


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


def dispute_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return the number of an objection or a complaint such as JX360702-2026-Y00012."""
    return _number(prefix, division, year, DISPUTE, serial)


def inspection_number(division: str, year: int, serial: int, *, prefix: str = PREFIX) -> str:
    """Return the number of a plan of inspections such as JX360702-2026-J00012."""
    return _number(prefix, division, year, INSPECTION, serial)


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


def masked(number: str) -> str:
    """
    Return a number of a person with its middle hidden: enough to recognise, too little to call.

    At most three marks stay in front and two at the end, and never more than half; what stands
    between the marks, such as hyphens and brackets, stays.

    Source: 《个人信息保护法》第二十五条
    """
    places = [place for place, mark in enumerate(number) if mark.isalnum()]
    ahead, behind = min(3, len(places) // 4), min(2, len(places) // 4)
    hidden = set(places[ahead : len(places) - behind])
    return "".join("*" if place in hidden else mark for place, mark in enumerate(number))
