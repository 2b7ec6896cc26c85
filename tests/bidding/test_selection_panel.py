"""A panel's draw: one order of the frozen pool, that nobody's leaving or entering changes."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.panel import Seat, drawn, flaws, pool_hash

ENTROPY = sha256(b"entropy").hexdigest()
POOL = [f"expert{number:02d}" for number in range(9)]
ORDER = {"order": "JX360702-2026-00001", "number": 1, "seats": 3, "entropy": ENTROPY}


def of(pool: list[str], left_out: dict[str, str] | None = None) -> dict:
    return drawn(**ORDER, pool=pool, left_out=left_out or {})


def offered(panel: dict, *fates: str) -> list[dict[str, str]]:
    return [
        Seat(code=code, fate=fate, name="名" if fate == "scored" else "").as_json()
        for code, fate in zip(panel["order"], fates, strict=False)
    ]


def test_the_order_is_that_of_the_lots_and_the_frozen_hash_names_the_pool() -> None:
    panel = of(POOL)

    assert sorted(panel["order"]) == POOL
    assert panel["order"] != POOL
    assert panel["pool_sha256"] == pool_hash("JX360702-2026-00001", 1, reversed(POOL))
    assert panel["order"] == of(list(reversed(POOL)))["order"]
    assert panel["order"] != drawn(**{**ORDER, "number": 2}, pool=POOL, left_out={})["order"]


@given(st.sets(st.sampled_from(POOL), max_size=6))
def test_who_is_left_out_moves_nobody_else(out: set[str]) -> None:
    panel = of(POOL, dict.fromkeys(out, "bidder"))

    assert panel["order"] == [code for code in of(POOL)["order"] if code not in out]
    assert [one["code"] for one in panel["left_out"]] == sorted(out)
    assert list(flaws(panel, offered(panel, *["scored"] * 3))) == []


def test_seats_are_offered_in_the_order_until_as_many_as_sit_have_scored() -> None:
    panel = of(POOL)
    good = offered(panel, "scored", "declined", "scored", "lapsed", "barred", "scored")

    assert list(flaws(panel, good)) == []
    assert list(flaws(panel, good[:-1])) == ["seats"]
    assert list(flaws(panel, [good[1], good[0], *good[2:]])) == ["offered"]
    assert list(flaws(panel, [*good[:1], {**good[1], "fate": "asleep"}, *good[2:]])) == ["fates"]
    assert list(flaws(panel, [*good[:1], {**good[1], "name": "名"}, *good[2:]])) == ["names"]


def test_any_change_of_a_draw_is_found() -> None:
    panel = of(POOL, {POOL[0]: "owner"})
    seats = offered(panel, *["scored"] * 3)
    changed = {
        "pool_sha256": "0" * 64,
        "order": list(reversed(panel["order"])),
        "left_out": [{"code": "nobody", "reason": "owner"}],
        "format": "wszj-panel/0",
    }

    assert list(flaws(panel, seats)) == []
    for name, value in changed.items():
        assert name in set(flaws({**panel, name: value}, seats))
