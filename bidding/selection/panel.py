"""
The draw of a panel: one order of the frozen pool, from which seats are offered in turn. Pure.

Every expert of the pool has a lot that depends on that expert, the entropy of the order's selection
and the frozen pool alone. Who has to be avoided is left out of the order and moves nobody else;
who declines is followed by the next. So a replacement is no second draw, and nobody can time it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bidding.selection.draw import draw, tagged_hash
from bidding.selection.sources import ALGORITHM
from marketplace.kernel.canonical import canonical_json

FORMAT = "wszj-panel/1"
SCORED = "scored"
REASONS = ("owner", "bidder", "named", "officer", "not_serving")
"""Why somebody of the pool is left out, the first that applies."""
FATES = (SCORED, "declined", "lapsed", "barred")
"""What became of a seat that was offered."""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """What became of one who was drawn; `name` is told of those alone who have scored."""

    code: str
    fate: str
    name: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the seat as published."""
        return {"code": self.code, "fate": self.fate, "name": self.name}


def pool_hash(order: str, number: int, codes: Collection[str]) -> str:
    """Return what stands for the frozen pool of a round; the codes are chosen at random."""
    told = {"order": order, "round": number, "codes": sorted(codes)}
    return tagged_hash(ALGORITHM, "pool", canonical_json(told))


def panel_context(order: str, number: int, pool: str, seats: int) -> bytes:
    """Return what ties the lots of experts to a round, its frozen pool and its number of seats."""
    told = {"order": order, "pool": pool, "round": number, "seats": seats}
    return bytes.fromhex(tagged_hash(ALGORITHM, "panel", canonical_json(told)))


def drawn(
    *,
    order: str,
    number: int,
    seats: int,
    pool: Collection[str],
    left_out: Mapping[str, str],
    entropy: str,
) -> dict[str, Any]:
    """
    Return the draw of a round's panel in plain JSON types; seats are offered as in `order`.

    Raises:
        NoEntrants: the pool is empty.
        DuplicateEntrants: somebody is in it twice.
    """
    frozen = pool_hash(order, number, pool)
    lots = draw(pool, bytes.fromhex(entropy), panel_context(order, number, frozen, seats))
    return {
        "format": FORMAT,
        "tender": order,
        "round": number,
        "seats": seats,
        "pool": sorted(pool),
        "pool_sha256": frozen,
        "left_out": [{"code": code, "reason": why} for code, why in sorted(left_out.items())],
        "entropy": entropy,
        "order": [code for code in lots if code not in left_out],
    }


def flaws(panel: Mapping[str, Any], seats: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """
    Yield the name of each part of a draw, or of what became of it, that does not hold.

    Seats were offered in the order of the draw to nobody but those in it, and as many as the panel
    has were taken until the last had scored.
    """
    left_out = {one["code"]: one["reason"] for one in panel["left_out"]}
    if not set(left_out) <= set(panel["pool"]) or not set(left_out.values()) <= set(REASONS):
        yield "left_out"
    right = drawn(
        order=panel["tender"],
        number=panel["round"],
        seats=panel["seats"],
        pool=panel["pool"],
        left_out=left_out,
        entropy=panel["entropy"],
    )
    for name in right.keys() | panel.keys():
        if right.get(name) != panel.get(name):
            yield name
    if [one["code"] for one in seats] != right["order"][: len(seats)]:
        yield "offered"
    if not {one["fate"] for one in seats} <= set(FATES):
        yield "fates"
    if any(one["name"] for one in seats if one["fate"] != SCORED):
        yield "names"
    if sum(one["fate"] == SCORED for one in seats) != panel["seats"]:
        yield "seats"
