"""
What a draw of version 2 comes from: the platform, every bidder and the public, none alone. Pure.

Nobody can steer it who does not hold all of them: the platform's secret was committed to before
anybody bid, each bidder's part lies in the envelope of its bid, and both are fixed by a list whose
hash is public before the first of them is opened. docs/draw.md is the specification.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bidding.selection.draw import Hashed, tagged_hash
from marketplace.kernel.canonical import canonical_json, plain

ALGORITHM = "wszj-draw/2"


@dataclass(frozen=True, kw_only=True)
class Sources:
    """
    What was fixed before the opening, and what the public source said after it.

    `sealed_seed` is the SHA-256 of the platform's sealed secret, `bid_list` the hash of the sealed
    bids that was published at `frozen_at`; `public` is None where the notice announced no source.
    """

    sealed_seed: str
    bid_list: str
    frozen_at: datetime
    public: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the sources as published."""
        return {
            "sealed_seed": self.sealed_seed,
            "bid_list": self.bid_list,
            "frozen_at": plain(self.frozen_at),
            "public": self.public,
        }


def entropy(seed: bytes, parts: Mapping[str, str], public: str | None) -> bytes:
    """
    Return 32 bytes that depend on every source; `parts` are the bidders' in hexadecimal, by code.

    The parts of all who are on the list count, also of those who were left out: else an exclusion
    would draw anew.
    """
    told = {"parts": sorted(map(list, parts.items())), "public": public, "seed": seed.hex()}
    return bytes.fromhex(tagged_hash(ALGORITHM, "entropy", canonical_json(told)))


def context(
    terms: Hashed,
    offers: Collection[tuple[str, str, str]],
    course: Mapping[str, object] | None,
) -> bytes:
    """Return what ties a draw to its order and to what was opened."""
    told = {"offers": sorted(offers), "terms": terms.as_json()}
    live = {} if course is None else {"course": course}
    return bytes.fromhex(tagged_hash(ALGORITHM, "context", canonical_json({**told, **live})))
