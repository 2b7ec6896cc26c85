"""The verifier that anyone can read: another program, the same verdicts."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bidding.selection.evidence import verify as verify_here
from docs import verify_draw, verify_hall
from tests.bidding.vectors import ALL, FORGED, PUBLISHED, changed, forged, parts

PROGRAM = Path(verify_draw.__file__)
File = Callable[[object], Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(evidence: object) -> Path:
        path = tmp_path / "evidence.json"
        path.write_text(json.dumps(evidence), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("evidence", ALL)
def test_what_was_published_holds(evidence: dict[str, Any]) -> None:
    told = evidence["digest"].upper(), f" {evidence['commitment']} "

    assert verify_draw.verify(evidence, *told) == []


def member(path: str) -> str:
    """Return in which member of the file a path begins."""
    return f"{path}.".split(".")[1].partition("[")[0]


@pytest.mark.parametrize("vector", FORGED)
def test_a_forgery_does_not_hold_and_is_found_where_it_is(vector: dict[str, Any]) -> None:
    evidence = forged(vector)
    if evidence["format"] not in verify_draw.FORMATS:
        with pytest.raises(verify_draw.NoEvidence):
            verify_draw.verify(evidence)
        return

    found = verify_draw.verify(evidence)
    if "course" in evidence and not any(check == "form" for check, *_rest in found):
        found += verify_hall.verify(evidence)

    assert found
    ours = {finding.path for finding in verify_here(evidence)}
    assert {member(path) for _check, path, *_rest in found} & {member(path) for path in ours}


def flipped(value: object) -> Iterator[object]:
    """Yield the value with a bit changed, of a text in its first, its middle and its last sign."""
    match value:
        case str() if value:
            for place in sorted({0, len(value) // 2, len(value) - 1}):
                yield value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
        case bool():
            yield not value
        case int():
            yield value ^ 1
        case _:
            yield "0"


ONE_OF_EACH = {(one["format"], str(verify_draw.method_of(one["terms"])[0])): one for one in ALL}


@pytest.mark.parametrize("evidence", ONE_OF_EACH.values(), ids=map(" ".join, ONE_OF_EACH))
def test_any_flipped_bit_of_any_field_is_found(evidence: dict[str, Any]) -> None:
    for path, value in parts(evidence):
        if isinstance(value, dict | list):
            continue
        for other in flipped(value):
            forgery = changed(evidence, (path, other), reseal=False)
            try:
                assert verify_draw.verify(forgery), path
            except verify_draw.NoEvidence:
                assert path == ("format",)


def test_a_whole_new_file_is_found_by_the_published_values_alone() -> None:
    one, other = PUBLISHED[0]["evidence"], PUBLISHED[-1]["evidence"]

    found = verify_draw.verify(one, other["digest"], other["commitment"])

    assert [(check, path) for check, path, *_rest in found] == [
        ("published", "$.digest"),
        ("published", "$.commitment"),
    ]


@pytest.mark.parametrize(
    ("pool", "pick", "sources", "chosen"),
    [
        # RFC 3797, section 6
        (
            25,
            10,
            ["9319", "2 5 12 8 10", "9 18 26 34 41 45"],
            [17, 7, 2, 16, 25, 23, 8, 24, 19, 13],
        ),
        # the nominating committee of 2013, as published
        (
            154,
            12,
            ["7 8 11 17 19 25 46", "8285182", "60115701", "2 3 18 26 32 33 42"],
            [138, 151, 89, 112, 117, 145, 118, 143, 144, 122, 95, 139],
        ),
        (1, 1, ["7"], [1]),
    ],
)
def test_rfc_3797_chooses_as_its_examples_do(
    pool: int, pick: int, sources: list[str], chosen: list[int]
) -> None:
    assert verify_draw.rfc3797(pool, pick, sources) == chosen


def test_a_pool_can_be_chosen_whole_and_each_number_once() -> None:
    assert sorted(verify_draw.rfc3797(300, 300, ["1"])) == list(range(1, 301))
    assert verify_draw.written("float 010.50 2.0 3.14") == "10.52.3.14/"


@pytest.mark.parametrize(
    ("pool", "pick", "sources"),
    [
        (0, 0, ["1"]),
        (3, 4, ["1"]),
        (65_536, 1, ["1"]),
        (3, 1, [""]),
        (3, 1, ["1 x"]),
        (3, 1, ["float 1"]),
    ],
)
def test_what_is_no_pool_or_no_source_is_refused(pool: int, pick: int, sources: list[str]) -> None:
    with pytest.raises(verify_draw.NoEvidence):
        verify_draw.rfc3797(pool, pick, sources)


def test_the_program_says_by_its_end_whether_all_holds(
    file: File, capsys: pytest.CaptureFixture[str]
) -> None:
    good = ALL[0]

    assert verify_draw.main([str(file(good))]) == 0
    assert capsys.readouterr().out == (f"holds: {good['terms']['tender_code']}: {good['winner']}\n")
    bad = changed(good, (("amount",), "1.00"), reseal=True)
    assert verify_draw.main([str(file(bad))]) == 1
    assert capsys.readouterr().out == (
        f'recomputed: $.amount: expected "{good["amount"]}", stated "1.00"\n'
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": []}', '{"a": 1, "a": 2}', "1.5"])
def test_what_is_no_evidence_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(text, encoding="utf-8")

    assert verify_draw.main([str(path)]) == 2
    assert capsys.readouterr().err.startswith("bad input: ")
    assert verify_draw.main([str(tmp_path / "none.json")]) == 2


def test_it_is_read_in_ten_minutes() -> None:
    """At three hundred words a minute, symbols among them."""
    assert len(PROGRAM.read_text(encoding="utf-8").split()) < 3_000


def test_it_runs_alone_without_the_platform(tmp_path: Path) -> None:
    sources = ["9319", "2 5 12 8 10", "9 18 26 34 41 45"]
    command = [sys.executable, "-I", str(PROGRAM), "--rfc3797", "--pool", "25", "--pick", "10"]

    done = subprocess.run(  # noqa: S603 - our own program
        [*command, *sources], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert done.stdout == "17\n7\n2\n16\n25\n23\n8\n24\n19\n13\n"
