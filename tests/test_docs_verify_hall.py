"""The verifier of halls: each quote again, from one file alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from docs import verify_hall
from marketplace.kernel.canonical import canonical_json
from tests.bidding.vectors import ALL, changed

HALLS = [one for one in ALL if "course" in one]


@pytest.mark.parametrize("evidence", HALLS)
def test_what_was_published_holds(evidence: dict[str, object]) -> None:
    assert list(verify_hall.verify(evidence)) == []


def test_the_program_says_by_its_end_whether_all_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = next(one for one in HALLS if one["course"]["quotes"])
    quotes = good["course"]["quotes"]
    path = tmp_path / "evidence.json"

    path.write_bytes(canonical_json(good))
    assert verify_hall.main([str(path)]) == 0
    code = good["terms"]["tender_code"]
    assert capsys.readouterr().out == f"holds: {code}: {len(quotes)} quotes\n"
    too_dear = changed(good, (("course", "quotes", 0, "amount"), "999999999.00"), reseal=True)
    path.write_bytes(canonical_json(too_dear))
    assert verify_hall.main([str(path)]) == 1
    assert capsys.readouterr().out == (
        "course: $.course.quotes[0]: expected a quote that counts, stated 999999999.00\n"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"course": {"quotes": 1}}'])
def test_what_is_no_hall_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(text, encoding="utf-8")

    assert verify_hall.main([str(path)]) == 2
    assert capsys.readouterr().err.startswith("bad input: ")


def test_it_runs_alone_without_the_platform(tmp_path: Path) -> None:
    command = [sys.executable, "-I", verify_hall.__file__, "none.json"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603 - our own program

    assert (done.returncode, done.stdout) == (2, "")
