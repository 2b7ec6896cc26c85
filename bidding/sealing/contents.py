"""What a bidder puts into an envelope, as bytes and back. Pure."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.kernel.canonical import canonical_json, sha256_hex

PART_BYTES = 32
PLAN = "plan"
SMALL = "is_small"
"""Set where the bidder declares to be a small enterprise, and nothing else."""


@dataclass(frozen=True)
class Plan:
    """The file that a bidder sends along with its amount."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """By what everybody may name it."""
        return sha256_hex(self.content)

    def as_json(self) -> dict[str, str]:
        """Return the plan as it lies in an envelope."""
        content = b64encode(self.content).decode()
        return {"name": self.name, "type": self.content_type, "content": content}


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


def plan_in(contents: Contents) -> Plan | None:
    """Return the plan in the contents of an envelope; None where its method asks for none."""
    told = contents.more.get(PLAN)
    return told and Plan(told["name"], told["type"], b64decode(told["content"]))


def contents_of(content: bytes) -> Contents:
    """Return what `Contents.as_bytes` wrote."""
    told = json.loads(content)
    return Contents(Decimal(told["amount"]), bytes.fromhex(told["part"]), told["more"])
