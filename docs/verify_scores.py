#!/usr/bin/env python3
"""
Repeat the scores that decided among the places of a selection, with Python alone.

    verify_scores.py EVIDENCE.json SCORES.json [--digest HEX]

Exits with 0 when all of it holds, with 1 when something does not, and says where, with 2 when there
is nothing to judge. --digest is that of the scores on the page of the result. Whether the evidence
itself holds, with the entropy that the experts are drawn by, is for verify_draw.py to say.

A bidder's points are those of its price, of its record and of its plan, each by its whole percents;
the mean of the sheets counts for each criterion. Where experts gave the sheets, their draw is
repeated: pool, lots, who was left out, and what became of each seat. This file shares no code with
the platform; what is hashed is in draw.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

SOURCED = "wszj-draw/2"
Finding = tuple[str, str, str, str]
"""Which check, where, what follows, what is stated."""


# --- Hashes, as verify_draw.py has them -----------------------------------------------------------
def canonical(value: object) -> bytes:
    """Return the one way in which `value` is written and hashed."""
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def ordered(value: Any) -> Any:
    """Sort the keys by UTF-16, within as well."""
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: ordered(value[key]) for key in sorted(value, key=lambda one: one.encode("utf-16-be"))
    }


def tagged(purpose: str, *parts: bytes, algorithm: str = "wszj-draw/1") -> str:
    """Return SHA-256 over the purpose and each part, with the length of each before it."""
    digest = hashlib.sha256()
    for part in (f"{algorithm} {purpose}".encode(), *parts):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()


def ticket(code: str, seed: bytes, bound_to: str) -> str:
    """Return the lot of an expert; the smallest comes first."""
    return tagged("ticket", bytes.fromhex(bound_to), seed, code.encode())


# --- Scores: weights in whole percents, the lowest price and the mean of the sheets ---------------
AVOIDED = ("owner", "bidder", "named", "officer", "not_serving")
"""Why an expert of the pool is left out."""
FATES = ("scored", "declined", "lapsed", "barred")
"""What became of a seat that was offered."""


def scored(evidence: dict[str, Any], document: Any, digest: str | None = None) -> Iterator[Finding]:
    """Repeat the totals from the sheets; the greatest wins, then the lower amount, then the lot."""
    right_digest = hashlib.sha256(canonical(document)).hexdigest()
    if digest and digest.strip().lower() != right_digest:
        yield "published", "$scores", digest.strip().lower(), right_digest
    own, places = evidence["terms"]["method"], evidence["ranking"]
    weights = [one["weight"] for one in own["criteria"]]
    sheets = document["sheets"]
    for number, sheet in enumerate(sheets):
        given = sheet["points"]
        whole = all(
            len(one) == len(weights) and set(one) <= set(range(101)) for one in given.values()
        )
        if set(given) != {one["uscc"] for one in places} or not whole:
            yield "scores", f"$.sheets[{number}].points", "0 .. 100 for each criterion", ""
            return
    found = totals(evidence, sheets)
    right = {
        "format": "wszj-scores/2" if "seats" in own else "wszj-scores/1",
        "evidence": evidence["digest"],
        "scores": [each[1] for each in found],
        "winner": found[0][1]["uscc"],
        "amount": found[0][2],
    }
    for key, value in right.items():
        if canonical(value) != canonical(document.get(key)):
            yield "scores", f"$.{key}", canonical(value).decode(), ""
    if "seats" in own:
        right = {**right, "panel": document["panel"], "seats": document["seats"]}
        yield from paneled(evidence, document)
    for key in sorted(document.keys() - right.keys() - {"sheets"}):
        yield "scores", f"$.{key}", "nothing", ""


def totals(evidence: dict[str, Any], sheets: list[Any]) -> list[tuple[Any, dict[str, Any], str]]:
    """Return what each bidder comes to, the winner first, with its amount as written."""
    own, places = evidence["terms"]["method"], evidence["ranking"]
    weights = [one["weight"] for one in own["criteria"]]
    records = {one["uscc"]: one.get("weight", 0) for one in evidence["entrants"]}
    greatest = max((records[one["uscc"]] for one in places), default=0)
    prices = {one["uscc"]: Fraction(one.get("ranked_at", one["amount"])) for one in places}
    lowest = min(prices.values())
    found = []
    for one in places:
        amount, uscc = prices[one["uscc"]], one["uscc"]
        price = lowest / amount * 100 if amount else Fraction(100)
        record = Fraction(records[uscc], greatest) * 100 if greatest else Fraction(0)
        given = [[sheet["points"][uscc][n] for sheet in sheets] for n in range(len(weights))]
        means = [mean(each, drops_outer=own.get("drops_outer", False)) for each in given]
        plan = sum(one * w for one, w in zip(means, weights, strict=True))
        shares = price * own["price_weight"] + record * own.get("record_weight", 0)
        total = (shares + plan) / 100
        told = {"price": price, "record": record, "plan": plan / sum(weights), "total": total}
        rounded = {key: points(value) for key, value in told.items()}
        found.append(((-total, amount, one["ticket"]), {"uscc": uscc, **rounded}, one["amount"]))
    return sorted(found, key=lambda each: each[0])


def mean(given: list[int], *, drops_outer: bool) -> Fraction:
    """Return the mean, where it is said so without the highest and the lowest."""
    counted = sorted(given)[1:-1] if drops_outer and len(given) > 2 else given
    return Fraction(sum(counted), len(counted))


def paneled(evidence: dict[str, Any], document: Any) -> Iterator[Finding]:
    """Repeat the draw of the experts: offered in its order until as many as sit had scored."""
    panel, seats, terms = document["panel"], document["seats"], evidence["terms"]
    order, entropy = terms["tender_code"], evidence["entropy"]
    told = {"order": order, "round": panel["round"], "codes": sorted(panel["pool"])}
    pool = tagged("pool", canonical(told), algorithm=SOURCED)
    bound = {
        "order": order,
        "pool": pool,
        "round": panel["round"],
        "seats": terms["method"]["seats"],
    }
    bound_to = tagged("panel", canonical(bound), algorithm=SOURCED)
    lots = sorted(panel["pool"], key=lambda code: ticket(code, bytes.fromhex(entropy), bound_to))
    left_out = {one["code"] for one in panel["left_out"]}
    sitting = [one["name"] for one in seats if one["fate"] == "scored"]
    right = {
        "format": "wszj-panel/1",
        "tender": order,
        "round": panel["round"],
        "seats": terms["method"]["seats"],
        "pool": sorted(set(panel["pool"])),
        "pool_sha256": pool,
        "left_out": [one for one in panel["left_out"] if one["reason"] in AVOIDED],
        "entropy": entropy,
        "order": [code for code in lots if code not in left_out],
    }
    for key in sorted(right.keys() | panel.keys()):
        if key not in right or canonical(right[key]) != canonical(panel.get(key)):
            yield "panel", f"$.panel.{key}", canonical(right.get(key)).decode(), ""
    if [one["code"] for one in panel["left_out"]] != sorted(left_out & set(panel["pool"])):
        yield "panel", "$.panel.left_out", "of the pool, each once, in order", ""
    if any(one["fate"] not in FATES for one in seats):
        yield "panel", "$.seats", ", ".join(FATES), ""
    if any(one["name"] for one in seats if one["fate"] != FATES[0]):
        yield "panel", "$.seats", "no name of those who did not score", ""
    if [one["code"] for one in seats] != right["order"][: len(seats)]:
        yield "panel", "$.seats", "in the order of the draw", ""
    if len(sitting) != right["seats"] or sitting != [one["by"] for one in document["sheets"]]:
        yield "panel", "$.sheets", "one of each who sits", ""


def points(value: Fraction) -> str:
    """Write points with four places, half of the last one rounded up."""
    return f"{Decimal(int(value * 10_000 + Fraction(1, 2))) / 10_000:.4f}"


# --- The command line -----------------------------------------------------------------------------
def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("evidence", type=Path, metavar="EVIDENCE.json")
    parser.add_argument("scores", type=Path, metavar="SCORES.json")
    parser.add_argument("--digest", help="the digest of the scores on the page")
    asked = parser.parse_args(given)
    try:
        evidence, document = (
            json.loads(one.read_bytes()) for one in (asked.evidence, asked.scores)
        )
        findings = list(scored(evidence, document, asked.digest))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        sys.stderr.write(f"bad input: {error}\n")
        return 2
    for check, path, expected, stated in findings:
        told = f": expected {expected}, stated {stated}" if expected else ""
        sys.stdout.write(f"{check}: {path}{told}\n")
    if not findings:
        sys.stdout.write(f"holds: {evidence['terms']['tender_code']}: {document['winner']}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
