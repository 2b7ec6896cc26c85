"""
A secret in n parts, any t of which give it back and fewer say nothing: Shamir's scheme. Pure.

Each byte is shared by itself over the field of 256 elements of AES (x^8 + x^4 + x^3 + x + 1), as
`t - 1` random bytes make the rest of a polynomial whose value at 0 it is. A share is a number from
1 on and the values there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

MOST = 255
FIELD, GENERATOR = 0x11B, 3


class NoSuchSplit(ValueError):
    """A secret is split into 1 to 255 shares, and some of them, or all, give it back."""


class SharesDoNotFit(ValueError):
    """Shares are not of one length, or there are none."""


def _tables() -> tuple[list[int], list[int]]:
    powers, logs, value = [0] * 512, [0] * 256, 1
    for power in range(MOST):
        powers[power] = powers[power + MOST] = value
        logs[value] = power
        value ^= value << 1  # times 3
        if value > MOST:
            value ^= FIELD
    return powers, logs


_POWERS, _LOGS = _tables()


def split(
    secret: bytes, threshold: int, count: int, random: Callable[[int], bytes]
) -> dict[int, bytes]:
    """
    Return `count` shares of `secret` by their numbers; any `threshold` of them give it back.

    `random` returns so many random bytes, unforeseeable, as `secrets.token_bytes` does.

    Raises:
        NoSuchSplit: not 1 <= threshold <= count <= 255.
    """
    if not 1 <= threshold <= count <= MOST:
        raise NoSuchSplit(threshold, count)
    rest = [random(len(secret)) for _power in range(threshold - 1)]
    return {
        number: bytes(
            _value([byte, *(one[place] for one in rest)], number)
            for place, byte in enumerate(secret)
        )
        for number in range(1, count + 1)
    }


def combine(shares: Mapping[int, bytes]) -> bytes:
    """
    Return what was split; with fewer shares than its threshold, or a false one, something else.

    Raises:
        SharesDoNotFit: they are of several lengths, have an impossible number, or there are none.
    """
    lengths = {len(share) for share in shares.values()}
    if len(lengths) != 1 or not all(1 <= number <= MOST for number in shares):
        raise SharesDoNotFit
    weights = {number: _weight(number, list(shares)) for number in shares}
    secret = bytearray(lengths.pop())
    for number, share in shares.items():
        for place, byte in enumerate(share):
            secret[place] ^= _times(byte, weights[number])
    return bytes(secret)


def _value(coefficients: list[int], at: int) -> int:
    """Return what the polynomial has at `at`, by Horner's rule."""
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, at) ^ coefficient
    return value


def _weight(number: int, numbers: list[int]) -> int:
    """Return what a share counts in the value at 0: the product of j / (j - i) of the others."""
    weight = 1
    for other in numbers:
        if other != number:
            weight = _times(weight, _over(other, other ^ number))
    return weight


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] + _LOGS[other]] if one and other else 0


def _over(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] - _LOGS[other] + MOST] if one else 0
