"""Amounts in capitals, as a cheque states them beside the figures."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
DIGITS, PLACES, MYRIADS = _("零壹贰叁肆伍陆柒捌玖"), _("拾佰仟"), _("万亿")
YUAN, JIAO, FEN, WHOLE = _("元"), _("角"), _("分"), _("整")
VARIANTS = _("圆元〇零两贰正整萬万億亿陸陆弍贰參叁")
"""Marks that people write for others, each before the one that it stands for."""
MOST_DIGITS = 12
WIDTH = 4


class NoCapitals(ValueError):
    """A text is no amount in capitals, or not written as one is."""


def in_capitals(amount: Decimal) -> str:
    """
    Return a positive amount in yuan, exact to the cent, in capitals: 叁拾肆万捌仟元整.

    Raises:
        NoCapitals: it is below a cent, finer than one, or has more than 12 digits before the point.
    """
    if amount < CENT or amount % CENT or amount >= 10**MOST_DIGITS:
        raise NoCapitals(amount)
    yuan, cents = divmod(int(amount / CENT), 100)
    jiao, fen = divmod(cents, 10)
    digits, zero = str(DIGITS), str(DIGITS)[0]
    written = f"{_whole(yuan)}{YUAN}" if yuan else ""
    if not cents:
        return f"{written}{WHOLE}"
    if jiao:
        written += f"{digits[jiao]}{JIAO}"
    elif yuan:
        written += zero
    return written + (f"{digits[fen]}{FEN}" if fen else "")


def read_capitals(text: str) -> Decimal:
    """
    Return the amount in yuan that `text` states in capitals.

    Raises:
        NoCapitals: it is none, or is not written the way `in_capitals` writes it.
    """
    plain = _plain(text)
    whole, found, rest = plain.rpartition(str(YUAN))
    amount, digit = Decimal(_read_whole(whole) if found else 0), 0
    for mark in rest.rstrip(str(WHOLE)):
        if mark == str(JIAO):
            amount += digit * CENT * 10
        elif mark == str(FEN):
            amount += digit * CENT
        else:
            digit = _digit(mark)
    if amount < CENT or amount >= 10**MOST_DIGITS:
        raise NoCapitals(text)
    if in_capitals(amount).rstrip(str(WHOLE)) != plain.rstrip(str(WHOLE)):
        raise NoCapitals(text)
    return amount.quantize(CENT)


def _plain(text: str) -> str:
    marks = str(VARIANTS)
    return text.translate({ord(a): b for a, b in zip(marks[::2], marks[1::2], strict=True)})


def _digit(mark: str) -> int:
    digit = str(DIGITS).find(mark)
    if digit < 0:
        raise NoCapitals(mark)
    return digit


def _whole(number: int) -> str:
    """Return a whole number; a run of zeros between digits is one zero, at an end none."""
    digits, units = str(DIGITS), ["", *str(MYRIADS)]
    parts: list[str] = []
    for unit in units:
        number, four = divmod(number, 10**WIDTH)
        if four:
            parts.append(_four(four) + unit)
        if number and four < 10 ** (WIDTH - 1) and parts and not parts[-1].startswith(digits[0]):
            parts.append(digits[0])
    return "".join(reversed(parts))


def _four(number: int) -> str:
    """Return a number below ten thousand, without its leading zeros."""
    digits, places = str(DIGITS), ["", *str(PLACES)]
    written = "".join(
        digits[int(mark)] + (places[place] if mark != "0" else "")
        for mark, place in zip(str(number), range(len(str(number)) - 1, -1, -1), strict=True)
    )
    while digits[0] * 2 in written:
        written = written.replace(digits[0] * 2, digits[0])
    return written.rstrip(digits[0])


def _read_whole(text: str) -> int:
    total = section = digit = 0
    for mark in text:
        if mark in str(PLACES):
            section += digit * 10 ** (str(PLACES).index(mark) + 1)
            digit = 0
        elif mark in str(MYRIADS):
            total += (section + digit) * 10 ** (WIDTH * (str(MYRIADS).index(mark) + 1))
            section = digit = 0
        else:
            digit = _digit(mark)
    return total + section + digit
