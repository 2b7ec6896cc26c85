"""What a person reads about an evidence file, from `verify_draw` and from the evidence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bidding.selection.evidence import (
    CHECKS,
    FAILED,
    FOLLOWING,
    LISTED,
    Finding,
    verify,
)
from bidding.selection.evidence_format import Malformed

LABELS = Path(__file__).parents[1] / "data" / "verify_draw.json"


@dataclass(frozen=True)
class Report:
    """What a person reads about one file, and whether all of it holds."""

    lines: tuple[str, ...]
    holds: bool


def report(
    data: bytes, *, published_digest: str | None = None, published_commitment: str | None = None
) -> Report:
    """Check the bytes of a file and say so line by line, in the words of `LABELS`."""
    labels = _labels()
    published = {
        "published_digest": published_digest,
        "published_commitment": published_commitment,
    }
    evidence: object = None
    try:
        evidence = parse(data)
        findings = verify(evidence, **published)
    except Malformed as malformed:
        findings = [Finding("shape", str(malformed))]
    lines = [
        line
        for check in _checks_made(findings, {**published, **_stated(evidence)})
        for line in _lines(check, findings, labels)
    ]
    if not all(published.values()):
        lines.append(labels["unanchored"])
    lines.append(_verdict(evidence, findings, labels))
    return Report(tuple(lines), not findings)


def report_file(
    path: Path, *, published_digest: str | None = None, published_commitment: str | None = None
) -> Report:
    """Check a file as `report` does its bytes; one that cannot be read does not hold."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Report((_labels()["unreadable"].format(file=path, why=error.strerror),), holds=False)
    return report(
        data, published_digest=published_digest, published_commitment=published_commitment
    )


def parse(data: bytes) -> object:
    """
    Return the content of a JSON file.

    Raises:
        Malformed: it is no JSON, or has a number that is not whole, or a key twice, which two
            programs could read differently.
    """
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError):
        raise Malformed("$") from None


def _labels() -> dict[str, Any]:
    labels: dict[str, Any] = json.loads(LABELS.read_text(encoding="utf-8"))
    return labels


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise Malformed("$")
    return content


def _refuse(_text: str) -> object:
    raise Malformed("$")


def _stated(evidence: Any) -> dict[str, str | None]:
    """Return None for what a file of its method does not state, so that nothing is said of it."""
    return {
        part: part if isinstance(evidence, dict) and part in evidence else None
        for part in ("reckoning", "course", "sources", "entropy")
    }


def _checks_made(findings: Sequence[Finding], published: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the checks that were reached; a broken form or list stops those that rest on it."""
    failed = {finding.check for finding in findings}
    for check in CHECKS:
        if check in FOLLOWING and "entrants" in failed:
            continue
        if published.get(check, check) is not None:
            yield check
        if check == "shape" and check in failed:
            return


def _lines(check: str, findings: Sequence[Finding], labels: Mapping[str, Any]) -> Iterator[str]:
    own = [finding for finding in findings if finding.check == check]
    yield labels["failed" if own else "passed"].format(check=labels["checks"][check])
    for finding in own:
        known = labels["differs" if finding.expected else "at"]
        line = known.format(path=finding.path, expected=finding.expected, found=finding.found)
        yield line.rstrip()


def _verdict(evidence: Any, findings: Sequence[Finding], labels: Mapping[str, Any]) -> str:
    if findings:
        return str(labels["broken"]).format(count=len(findings))
    code = evidence["terms"]["tender_code"]
    if evidence["result"] == FAILED:
        return str(labels["unsuccessful"]).format(code=code)
    if evidence["result"] == LISTED:
        return str(labels["listed"]).format(code=code, count=len(evidence["ranking"]))
    names = {entrant["uscc"]: entrant["name"] for entrant in evidence["entrants"]}
    winner = evidence["winner"]
    return str(labels["awarded"]).format(
        code=code, name=names[winner], uscc=winner, amount=evidence["amount"]
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes, here and in `manage.py verify_draw`."""
    labels = _labels()
    parser.description = labels["purpose"]
    parser.add_argument("file", type=Path, help=labels["file"])
    parser.add_argument("--digest", help=labels["digest"])
    parser.add_argument("--commitment", help=labels["commitment"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one file and return 0 when it holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bidding.selection.evidence")
    add_arguments(parser)
    given = parser.parse_args(arguments)
    result = report_file(
        given.file, published_digest=given.digest, published_commitment=given.commitment
    )
    sys.stdout.write("\n".join([*result.lines, ""]))
    return 0 if result.holds else 1
