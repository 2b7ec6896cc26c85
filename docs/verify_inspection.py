#!/usr/bin/env python3
"""
Repeat the draw of a plan of inspections from its public evidence, with Python alone.

    verify_inspection.py EVIDENCE.json [--digest HEX] [--commitment HEX]

Exits with 0 when all of it holds, with 1 when something does not, and says where, with 2 when there
is nothing to judge. --digest and --commitment are the values on the page of the plan: without them
a whole new file stays unseen.

Of each grade its share of the agencies is drawn, a part of one counting as one; then inspectors for
each of them, those aside who have to avoid it. This file shares no code with the platform; what is
hashed is in draw.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

moment = datetime.fromisoformat
Finding = tuple[str, str, str, str]
"""Which check, where, what follows, what is stated."""

# --- The form of the file: a pattern, the values allowed, or the form of what lies within ---------
HEX, USCC, TEXT = "[0-9a-f]{64}", "[0-9A-Z]{18}", ".+"
MOMENT = r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}(\.[0-9]{6})?\+08:00"
GRADES = ("A", "B", "C", "D")
FORM: dict[str, Any] = {
    "format": "wszj-inspection/1",
    "algorithm": "wszj-draw/2",
    "terms": {
        "plan": TEXT,
        "division": TEXT,
        "service_class": (None, TEXT),
        "shares": dict.fromkeys(GRADES, range(101)),
        "inspectors": range(1, 10),
        "rulebook": HEX,
    },
    "commitment": HEX,
    "committed_at": MOMENT,
    "seed": HEX,
    "drawn_at": MOMENT,
    "agencies": [{"uscc": USCC, "name": TEXT, "grade": GRADES}],
    "inspectors": [{"code": TEXT, "name": TEXT}],
    "avoided": [[TEXT]],
    "public": (None, {"order": TEXT, "entropy": HEX}),
    **dict.fromkeys(("entropy", "context", "drawn", "digest"), ...),
}


def misfits(value: Any, form: Any, path: str = "$") -> Iterator[str]:
    """Yield the path of each part that is not in the one form in which it is published."""
    if isinstance(form, dict) and isinstance(value, dict) and value.keys() == form.keys():
        for key in form:
            yield from misfits(value[key], form[key], f"{path}.{key}")
    elif isinstance(form, list) and isinstance(value, list):
        for place, item in enumerate(value):
            yield from misfits(item, form[0], f"{path}[{place}]")
    elif isinstance(form, tuple):
        if all(any(misfits(value, option)) for option in form):
            yield path
    elif not fits(value, form):
        yield path


def fits(value: Any, form: Any) -> bool:
    """Tell whether a single value is written as its place asks."""
    if isinstance(form, range):
        return type(value) is int and value in form
    if not isinstance(form, str):
        return form is ... or value is form
    if not isinstance(value, str) or not re.fullmatch(form, value, re.DOTALL):
        return False
    try:
        return form != MOMENT or moment(value).isoformat() == value
    except ValueError:
        return False


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
    return {key: ordered(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}


def tagged(purpose: str, *parts: bytes, algorithm: str = "wszj-draw/1") -> str:
    """Return SHA-256 over the purpose and each part, with the length of each before it."""
    digest = hashlib.sha256()
    for part in (f"{algorithm} {purpose}".encode(), *parts):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()


# --- The draw -------------------------------------------------------------------------------------
def verify(evidence: Any, digest: str | None = None, promise: str | None = None) -> list[Finding]:
    """Return everything that does not hold; nothing means that all of it does."""
    broken = [("form", path, "as in draw.md", "") for path in misfits(evidence, FORM)]
    return broken or [*compared(evidence, digest, promise), *in_order(evidence)]


def compared(
    evidence: dict[str, Any], digest: str | None, promise: str | None
) -> Iterator[Finding]:
    """Compare what follows with what is stated, and that with what is published elsewhere."""
    rest = {key: value for key, value in evidence.items() if key != "digest"}
    seed, public = evidence["seed"], evidence["public"]
    told = {"parts": [], "public": public and public["entropy"], "seed": seed}
    entropy = tagged("entropy", canonical(told), algorithm="wszj-draw/2")
    lists = {key: evidence[key] for key in ("terms", "agencies", "inspectors", "avoided")}
    context = tagged("context", canonical(lists), algorithm="wszj-draw/2")
    promised = tagged("commitment", canonical(evidence["terms"]), bytes.fromhex(seed))
    right: dict[str, Any] = {
        "digest": hashlib.sha256(canonical(rest)).hexdigest(),
        "commitment": promised,
        "entropy": entropy,
        "context": context,
        "drawn": drawn(evidence, bytes.fromhex(entropy), bytes.fromhex(context)),
    }
    for key, value in right.items():
        expected, stated = canonical(value).decode(), canonical(evidence[key]).decode()
        if expected != stated:
            yield "recomputed", f"$.{key}", expected, stated
    for key, published in {"digest": digest, "commitment": promise}.items():
        if published and published.strip().lower() != evidence[key]:
            yield "published", f"$.{key}", published, evidence[key]


def drawn(evidence: dict[str, Any], entropy: bytes, context: bytes) -> list[dict[str, Any]]:
    """Draw of each grade its share, and put the inspectors of each agency in line."""

    def lot(of: str) -> str:
        return tagged("ticket", context, entropy, of.encode())

    chosen = []
    for grade in GRADES:
        codes = [one["uscc"] for one in evidence["agencies"] if one["grade"] == grade]
        count = -(-len(codes) * evidence["terms"]["shares"][grade] // 100)  # a part counts as one
        for uscc in sorted(codes, key=lot)[:count]:
            aside = {pair[1] for pair in evidence["avoided"] if pair[0] == uscc}
            line = [one["code"] for one in evidence["inspectors"] if one["code"] not in aside]
            in_line = [
                code for _lot, code in sorted((lot(f"{uscc}/{code}"), code) for code in line)
            ]
            chosen.append(
                {"uscc": uscc, "grade": grade, "ticket": lot(uscc), "inspectors": in_line}
            )
    return chosen


def in_order(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Promised before the draw; each agency and each inspector once, in the order of its code."""
    promised, at = (moment(evidence[key]) for key in ("committed_at", "drawn_at"))
    if promised >= at:
        yield "times", "$.drawn_at", f"> {promised}", str(at)
    for key, name in {"agencies": "uscc", "inspectors": "code"}.items():
        codes = [one[name] for one in evidence[key]]
        if codes != sorted(set(codes)):
            yield "lists", f"$.{key}", "in order, nobody twice", ", ".join(codes)


# --- The command line -----------------------------------------------------------------------------
def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("evidence", type=Path, metavar="EVIDENCE.json")
    parser.add_argument("--digest", help="the digest on the page of the plan")
    parser.add_argument("--commitment", help="the commitment of its publication")
    asked = parser.parse_args(given)
    try:
        evidence = json.loads(asked.evidence.read_bytes())
    except (OSError, ValueError) as error:
        sys.stderr.write(f"bad input: {error}\n")
        return 2
    if not isinstance(evidence, dict) or evidence.get("format") != FORM["format"]:
        sys.stderr.write("bad input: not the draw of a plan of inspections\n")
        return 2
    findings = verify(evidence, asked.digest, asked.commitment)
    for check, path, expected, stated in findings:
        sys.stdout.write(f"{check}: {path}: expected {expected}, stated {stated}\n")
    if not findings:
        sys.stdout.write(f"holds: {evidence['terms']['plan']}: {len(evidence['drawn'])}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
