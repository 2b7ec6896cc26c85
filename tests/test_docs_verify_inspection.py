"""The verifier of inspections: whom a plan meets, from one file alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from docs import verify_inspection
from marketplace.kernel.canonical import canonical_json
from tests.bidding.test_selection_inspections import TERMS, built, pool
from tests.bidding.vectors import GOOD


def test_the_program_says_by_its_end_whether_all_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = built(pool("A", "D"))
    path = tmp_path / "evidence.json"

    path.write_bytes(canonical_json(evidence))
    published = ["--digest", evidence["digest"].upper(), "--commitment", evidence["commitment"]]
    assert verify_inspection.main([str(path), *published]) == 0
    assert capsys.readouterr().out == f"holds: {TERMS.plan}: 2\n"
    assert verify_inspection.main([str(path), "--digest", "0" * 64]) == 1
    assert capsys.readouterr().out == (
        f"published: $.digest: expected {'0' * 64}, stated {evidence['digest']}\n"
    )


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", canonical_json(GOOD[0])])
def test_what_is_no_plan_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "evidence.json"
    path.write_bytes(content)

    assert verify_inspection.main([str(path)]) == 2
    assert capsys.readouterr().err.startswith("bad input: ")


def test_it_runs_alone_without_the_platform(tmp_path: Path) -> None:
    command = [sys.executable, "-I", verify_inspection.__file__, "none.json"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603 - our own program

    assert (done.returncode, done.stdout) == (2, "")
