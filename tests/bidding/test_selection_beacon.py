"""A round counts that the deadline fixes and the beacon signed; real rounds of drand quicknet."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bidding.selection import beacon
from marketplace.kernel.calendar import CHINA

# as in the tests of github.com/ideal-lab5/idn-sdk
# and the README of github.com/mcdcam/python-drand-verify
ROUNDS = {
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39",
    1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03"
    "f73896b25883abf2853d10337fb8fa41",
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b",
}
ROOT = Path(__file__).resolve().parents[2]
A_THOUSANDTH = datetime(2023, 8, 23, 23, 59, 24, tzinfo=CHINA)
"""The moment of round 1000."""
INFINITE = "c0" + "00" * 47
OFF_THE_CURVE = "80" + "00" * 46 + "01"


@pytest.mark.parametrize("number", ROUNDS)
def test_a_round_that_was_published_is_signed(number: int) -> None:
    assert beacon.is_signed(number, ROUNDS[number])


@pytest.mark.parametrize(
    "signature",
    [
        ROUNDS[1001],
        INFINITE,
        OFF_THE_CURVE,
        "a" + ROUNDS[1000][1:],  # the other point with the same x
        ROUNDS[1000].upper(),
        ROUNDS[1000][:-2],
        f"{ROUNDS[1000]}\n",
        "",
    ],
)
def test_nothing_else_is_the_signature_of_a_round(signature: str) -> None:
    assert not beacon.is_signed(1000, signature)


@pytest.mark.parametrize(
    ("since", "number"),
    [(-3, 1000), (-1, 1000), (0, 1001), (2.999999, 1001), (3, 1002)],
)
def test_the_round_is_the_first_after_the_deadline(since: float, number: int) -> None:
    assert beacon.round_after(A_THOUSANDTH + timedelta(seconds=since)) == number


def test_a_value_is_of_its_deadline_alone() -> None:
    deadline = A_THOUSANDTH - timedelta(seconds=1)
    value = beacon.written(1000, ROUNDS[1000])

    assert beacon.follows(deadline, value)
    assert not beacon.follows(deadline, beacon.written(1001, ROUNDS[1001]))
    assert not beacon.follows(deadline, f"0{value}")
    assert not beacon.follows(deadline, ROUNDS[1000])
    assert not beacon.follows(deadline + timedelta(seconds=1), value)


def test_a_notice_announces_the_chain_by_its_name() -> None:
    assert beacon.is_announced("drand quicknet 52db9ba7 随机信标，报名截止以后第一轮的签名")
    assert not beacon.is_announced("drand quicknet 随机信标，报名截止以后第一轮")
    assert not beacon.is_announced(None)
    assert beacon.address_of(1000) == (
        "https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
        "/public/1000"
    )


def test_to_check_a_round_lets_nobody_call_deeper_than_the_stack_is() -> None:
    """What checks it raises the limit for the whole process as it is imported: here it is new."""
    asked = f"beacon.is_signed(1000, {ROUNDS[1000]!r}), sys.getrecursionlimit()"
    code = f"import sys; from bidding.selection import beacon; print({asked})"

    told = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert told.stdout == "True 1000\n"
