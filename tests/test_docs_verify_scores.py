"""The second verifier: scores that decided among the places, from two files alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from bidding.selection.scoring import Sheet, digest_of, published
from docs import verify_scores
from marketplace.kernel.canonical import canonical_json
from tests.bidding.vectors import ALL


def test_other_scores_than_the_published_ones_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = next(one for one in ALL if "criteria" in one["terms"]["method"])
    criteria = range(len(evidence["terms"]["method"]["criteria"]))
    points = {one["uscc"]: [80 + n for n in criteria] for one in evidence["ranking"]}
    document = published(evidence, [Sheet(by="业主", points=points, comment="好。")])
    scores = tmp_path / "scores.json"
    scores.write_bytes(canonical_json(document))
    stated = tmp_path / "evidence.json"
    stated.write_bytes(canonical_json(evidence))
    asked = [str(stated), str(scores), "--digest"]

    assert verify_scores.main([*asked, digest_of(document)]) == 0
    assert capsys.readouterr().out == (
        f"holds: {evidence['terms']['tender_code']}: {document['winner']}\n"
    )
    scores.write_bytes(
        canonical_json({**document, "sheets": [{**document["sheets"][0], "by": "x"}]})
    )
    assert verify_scores.main([*asked, digest_of(document)]) == 1
    assert capsys.readouterr().out.startswith("published: $scores")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sheets": 1}'])
def test_what_is_no_document_of_scores_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "scores.json"
    path.write_text(text, encoding="utf-8")

    assert verify_scores.main([str(path), str(path)]) == 2
    assert capsys.readouterr().err.startswith("bad input: ")
    assert verify_scores.main([str(path), str(tmp_path / "none.json")]) == 2


def test_it_runs_alone_without_the_platform(tmp_path: Path) -> None:
    command = [sys.executable, "-I", verify_scores.__file__, "none.json", "none.json"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603 - our own program

    assert (done.returncode, done.stdout) == (2, "")
