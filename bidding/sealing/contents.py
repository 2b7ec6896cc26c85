"""What a bidder puts into an envelope, as bytes and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.kernel.canonical import canonical_json

PART_BYTES = 32


@dataclass(frozen=True)
class Contents:
    """An amount, the bidder's part in a draw, and what else its method asks for."""

    amount: Decimal
    part: bytes
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """Return the contents in their one form, which `contents_of` reads."""
        told = {"amount": f"{self.amount:f}", "part": self.part.hex(), "more": self.more}
        return canonical_json(told)


def contents_of(content: bytes) -> Contents:
    """Return what `Contents.as_bytes` wrote."""
    told = json.loads(content)
    return Contents(Decimal(told["amount"]), bytes.fromhex(told["part"]), told["more"])
