#!/usr/bin/env python3
"""
Check the receipt of a sealed bid, with Python alone and without a network.

    verify_receipt.py RECEIPT.json [--key HEX] [--evidence EVIDENCE.json]

Exits with 0 when all of it holds, with 1 when something does not, and says what, with 2 when there
is nothing to judge. --key is the platform's public key as its pages of openings show it: without
it a receipt that somebody signed with a key of their own looks as good. --evidence is the published
file of the selection: the same sealed bid must stand in it.

A receipt says: at this moment this sealed bid, named by its SHA-256, came from this agency for this
order. This file shares no code with the platform; the signature is Ed25519 (RFC 8032, section 5.1)
over the canonical JSON, keys sorted and no blanks, of all fields but `signature`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FORMAT = "wszj-receipt/1"
FIELDS = {
    "agency",
    "arrived_at",
    "format",
    "public_key",
    "sealed",
    "signature",
    "tender_code",
    "uscc",
    "version",
}


class NothingToJudge(ValueError):
    """There is no file, no JSON, or not that of a receipt."""


# --- Ed25519: points of -x^2 + y^2 = 1 + d x^2 y^2 over the field of p, as (X, Y, Z, T) -----------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(count: int, point: Point) -> Point:
    """Return a point added to itself."""
    found: Point = (0, 1, 1, 0)
    while count:
        if count & 1:
            found = add(found, point)
        point, count = add(point, point), count >> 1
    return found


def point_of(encoded: bytes) -> Point | None:
    """Return the point that 32 bytes stand for: y, and in the last bit whether x is odd."""
    y = int.from_bytes(encoded, "little")
    is_odd, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and is_odd):
        return None
    if x & 1 != is_odd:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(content: bytes, signature: bytes, key: bytes) -> bool:
    """Tell whether the holder of `key` signed `content`."""
    public = point_of(key) if len(key) == 32 else None
    first = point_of(signature[:32]) if len(signature) == 64 else None
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or first is None or BASE is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + content).digest()
    left = times(scalar, BASE)
    right = add(first, times(int.from_bytes(digest, "little") % ORDER, public))
    is_same_x = not (left[0] * right[2] - right[0] * left[2]) % P
    return is_same_x and not (left[1] * right[2] - right[1] * left[2]) % P


# --- The receipt ----------------------------------------------------------------------------------
def faults(receipt: dict[str, Any], key: str, evidence: Any) -> list[str]:
    """Return what does not hold of a receipt."""
    content = {name: value for name, value in receipt.items() if name != "signature"}
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    own, signature = (bytes.fromhex(receipt[name]) for name in ("public_key", "signature"))
    found = []
    if not is_signed(written.encode(), signature, own):
        found.append("signature: the key did not sign this")
    if key and key.strip().lower() != receipt["public_key"]:
        found.append("public_key: not the platform's")
    if evidence is not None:
        found += missing(receipt, evidence)
    return found


def missing(receipt: dict[str, Any], evidence: Any) -> list[str]:
    """Return what the published selection does not say as the receipt does."""
    if evidence.get("terms", {}).get("tender_code") != receipt["tender_code"]:
        return ["evidence: of another order"]
    own = [one for one in evidence.get("entrants", []) if one.get("agency") == receipt["agency"]]
    if not own:
        return ["evidence: the agency is not in it"]
    found = [
        f"evidence: {name} is {own[0].get(theirs)}, not {receipt[name]}"
        for name, theirs in (("sealed", "sealed"), ("arrived_at", "offered_at"))
        if own[0].get(theirs) != receipt[name]
    ]
    return [*found, "(a later version of the bid replaces an earlier one)"] if found else []


def read(path: str) -> Any:
    """Return the content of a JSON file."""
    try:
        return json.loads(Path(path).read_bytes().decode())
    except (OSError, ValueError, RecursionError) as error:
        raise NothingToJudge(str(error)) from None


def receipt_in(path: str) -> dict[str, Any]:
    """Return the receipt in a file, if it is of the form."""
    found = read(path)
    if not isinstance(found, dict) or found.keys() != FIELDS or found["format"] != FORMAT:
        raise NothingToJudge("not a receipt")
    try:
        for name in ("public_key", "signature", "sealed"):
            bytes.fromhex(found[name])
    except (TypeError, ValueError):
        raise NothingToJudge("not a receipt") from None
    return found


def evidence_in(path: str) -> dict[str, Any]:
    """Return the evidence in a file; `verify_draw.py` judges whether it holds."""
    found = read(path)
    if not isinstance(found, dict):
        raise NothingToJudge("not the evidence of a selection")
    return found


def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("receipt", metavar="RECEIPT.json")
    parser.add_argument("--key", default="", help="the platform's public key")
    parser.add_argument("--evidence", help="the published file of the selection")
    asked = parser.parse_args(given)
    try:
        receipt = receipt_in(asked.receipt)
        evidence = evidence_in(asked.evidence) if asked.evidence else None
    except NothingToJudge as reason:
        sys.stderr.write(f"bad input: {reason}\n")
        return 2
    found = faults(receipt, asked.key, evidence)
    told = found or [f"holds: {receipt['tender_code']}: version {receipt['version']}"]
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
