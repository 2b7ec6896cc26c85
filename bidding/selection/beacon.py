"""
The rounds of drand's beacon quicknet: which one follows a deadline, and who signed it. Pure.

A notice that announces it waits for the signature of one round that its deadline fixes. Nobody
knows that before its moment, and nobody can make another: there is one valid signature of a round,
and it is checked here with the chain's public key, without asking anybody (ADR 83). The values of
the chain are those that https://api.drand.sh/<CHAIN>/info states.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
PUBLIC_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENESIS, PERIOD = 1_692_803_367, 3
"""When the first round was signed, in seconds since 1970, and how many lie between two."""
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
"""The suite of RFC 9380 by which the chain hashes a round to its curve."""
ANNOUNCED = f"drand quicknet {CHAIN[:8]}"
"""How the words of a notice begin that announces this chain."""
SIGNATURE = re.compile(r"[0-9a-f]{96}")


def is_announced(source: str | None) -> bool:
    """Tell whether these words of a notice announce the beacon."""
    return source is not None and source.startswith(ANNOUNCED)


def round_after(deadline: datetime) -> int:
    """Return the first round whose moment lies after the deadline, not at it."""
    return (int(deadline.timestamp()) - GENESIS) // PERIOD + 2


def address_of(number: int) -> str:
    """Return where everybody can read a round."""
    return f"https://api.drand.sh/{CHAIN}/public/{number}"


def written(number: int, signature: str) -> str:
    """Return a round and its signature as they are counted and published."""
    return f"{number} {signature}"


def follows(deadline: datetime, value: str) -> bool:
    """Tell whether a published value is the signed round that a deadline fixes."""
    number, _blank, signature = value.partition(" ")
    return number == str(round_after(deadline)) and is_signed(int(number), signature)


@lru_cache(maxsize=1024)
def is_signed(number: int, signature: str) -> bool:
    """Tell whether a signature, in hexadecimal, is the beacon's own of a round."""
    if not SIGNATURE.fullmatch(signature):
        return False
    # These take half a second to import, and only an order with this source needs them. They let
    # every thread call deeper than its stack is, so that deeply nested JSON would end the process.
    limit = sys.getrecursionlimit()
    try:
        from py_ecc.bls.g2_primitives import subgroup_check  # noqa: PLC0415 - see above
        from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: PLC0415 - see above
        from py_ecc.bls.point_compression import (  # noqa: PLC0415 - see above
            decompress_G1,
            decompress_G2,
        )
        from py_ecc.bls.typing import G1Compressed, G2Compressed  # noqa: PLC0415 - see above
        from py_ecc.fields import optimized_bls12_381_FQ12 as Field  # noqa: PLC0415 - see above
        from py_ecc.optimized_bls12_381.optimized_curve import (  # noqa: PLC0415 - see above
            G2,
            is_inf,
            neg,
        )
        from py_ecc.optimized_bls12_381.optimized_pairing import (  # noqa: PLC0415 - see above
            final_exponentiate,
            pairing,
        )
    finally:
        sys.setrecursionlimit(limit)

    try:
        signed = decompress_G1(G1Compressed(int(signature, 16)))
    except ValueError:  # no point of the curve
        return False
    if is_inf(signed) or not subgroup_check(signed):
        return False
    first, second = int(PUBLIC_KEY[:96], 16), int(PUBLIC_KEY[96:], 16)
    key = decompress_G2(G2Compressed((first, second)))
    message = sha256(number.to_bytes(8, "big")).digest()
    point = hash_to_G1(message, DOMAIN, sha256)  # type: ignore[arg-type]  # it takes the function
    both = [
        pairing(of, at, final_exponentiate=False) for of, at in ((G2, signed), (key, neg(point)))
    ]
    return bool(final_exponentiate(both[0] * both[1]) == Field.one())
