"""What the platform signs: receipts of sealed bids, and the public key of each order. Pure."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bidding.sealing.envelopes import words
from marketplace.kernel.canonical import canonical_json, plain

FORMAT = "wszj-receipt/1"
KEY_PURPOSE = "sealing-key"


class NotSigned(ValueError):
    """The platform did not sign this."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """That a sealed bid came: `sealed` is the SHA-256 of the envelope in hexadecimal."""

    tender_code: str
    agency: str
    uscc: str
    version: int
    sealed: str
    arrived_at: datetime

    def signed(self, key: Ed25519PrivateKey) -> dict[str, Any]:
        """Return the file of the receipt: what it says, whose key, and the signature over it."""
        content: Mapping[str, Any] = {
            "format": FORMAT,
            "tender_code": self.tender_code,
            "agency": self.agency,
            "uscc": self.uscc,
            "version": self.version,
            "sealed": self.sealed,
            "arrived_at": plain(self.arrived_at),
            "public_key": key.public_key().public_bytes_raw().hex(),
        }
        return {**content, "signature": key.sign(canonical_json(content)).hex()}


def signing_key(seed: str) -> Ed25519PrivateKey:
    """Return the key of 32 bytes in base64url."""
    return Ed25519PrivateKey.from_private_bytes(urlsafe_b64decode(seed + "=" * (-len(seed) % 4)))


def vouched(public: bytes, suite: str, code: str, key: Ed25519PrivateKey) -> str:
    """Return an order's public key, its suite and the platform's word that both are the order's."""
    word = key.sign(words(KEY_PURPOSE, code, suite, public.hex()))
    return f"{suite}:{public.hex()}:{word.hex()}"


def vouched_key(text: str, code: str, key: Ed25519PublicKey) -> tuple[str, bytes]:
    """
    Return suite and public key of the order `code`.

    Whoever can write into the database could put a key of their own there, and read all that is
    sealed from then on; the word of the platform's key, which is not in it, stops that.

    Raises:
        NotSigned: the platform did not give this key to this order.
    """
    return _vouched_key(text, code, key.public_bytes_raw())


@lru_cache(maxsize=1024)  # asked twice of each bid; to verify takes longer than to seal
def _vouched_key(text: str, code: str, key: bytes) -> tuple[str, bytes]:
    try:
        suite, public, word = text.split(":")
        known = Ed25519PublicKey.from_public_bytes(key)
        known.verify(bytes.fromhex(word), words(KEY_PURPOSE, code, suite, public))
        return suite, bytes.fromhex(public)
    except (InvalidSignature, ValueError) as error:
        raise NotSigned(code) from error
