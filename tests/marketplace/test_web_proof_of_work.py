"""A puzzle of ours is solved once and in time; nothing else counts as one."""

import json

from altcha.v1 import Payload, solve_challenge

from marketplace.web import proof_of_work
from marketplace.web.proof_of_work import HOLDS, new_challenge, solved_challenge
from tests.clock import NOON


def solved(monkeypatch) -> tuple[dict[str, str], str]:
    """Solve a puzzle as the browser does."""
    monkeypatch.setattr(proof_of_work, "MOST", 20)
    puzzle = json.loads(new_challenge(NOON))
    found = solve_challenge(puzzle["challenge"], puzzle["salt"], puzzle["algorithm"], 20)
    assert found is not None
    answer = Payload(
        puzzle["algorithm"],
        puzzle["challenge"],
        found.number,
        puzzle["salt"],
        puzzle["signature"],
    )
    return puzzle, answer.to_base64()


def test_a_solved_puzzle_holds_for_a_while(monkeypatch) -> None:
    puzzle, payload = solved(monkeypatch)

    assert solved_challenge(payload, NOON) == puzzle["challenge"]
    assert solved_challenge(payload, NOON + HOLDS) is None


def test_nothing_else_is_a_solution(monkeypatch) -> None:
    puzzle, _payload = solved(monkeypatch)
    later = puzzle["salt"].replace("until=", "until=9")
    forged = Payload("SHA-256", puzzle["challenge"], 21, puzzle["salt"], puzzle["signature"])
    moved = Payload("SHA-256", puzzle["challenge"], 1, later, puzzle["signature"])

    for payload in ("", "x", "e30=", "bnVsbA==", "a" * 2000, forged.to_base64(), moved.to_base64()):
        assert solved_challenge(payload, NOON) is None
