"""
Decisions as a signed file that another installation verifies offline: JWS with Ed25519. Pure.

The file is the compact form of RFC 7515 with `EdDSA` (RFC 8037): head, payload and signature, each
in base64url, with a dot between. Whoever has the public key needs nothing else.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
FORMAT = "wszj-credit-decisions/1"
PARTS = 3


class NotSigned(ValueError):
    """A file is not of the form, or not signed with the key that it is held against."""


def sign(
    decisions: Sequence[Mapping[str, Any]], issuer: str, issued_at: str, key: Ed25519PrivateKey
) -> str:
    """Return the signed file of `decisions`, as `issuer` states them at `issued_at`."""
    payload = {
        "format": FORMAT,
        "issuer": issuer,
        "issued_at": issued_at,
        "decisions": list(decisions),
    }
    signed = f"{_packed({'alg': ALGORITHM, 'typ': 'JWT'})}.{_packed(payload)}"
    return f"{signed}.{_encoded(key.sign(signed.encode()))}"


def verify(text: str, key: Ed25519PublicKey) -> dict[str, Any]:
    """
    Return what a signed file says.

    Raises:
        NotSigned: another key signed it, something was changed, or it is no such file.
    """
    parts = text.strip().split(".")
    if len(parts) != PARTS:
        raise NotSigned
    try:
        head, payload = (json.loads(_decoded(part)) for part in parts[:2])
        if head.get("alg") != ALGORITHM:  # a file that names its own, weaker way is refused
            raise NotSigned
        key.verify(_decoded(parts[2]), f"{parts[0]}.{parts[1]}".encode())
    except (InvalidSignature, Error, UnicodeDecodeError, ValueError, AttributeError) as error:
        raise NotSigned from error
    if payload.get("format") != FORMAT:
        raise NotSigned
    return dict(payload)


def private_key(seed: str) -> Ed25519PrivateKey:
    """Return the key of 32 bytes in base64url."""
    return Ed25519PrivateKey.from_private_bytes(_decoded(seed))


def public_key(text: str) -> Ed25519PublicKey:
    """Return the public key of 32 bytes in base64url."""
    return Ed25519PublicKey.from_public_bytes(_decoded(text))


def written(key: Ed25519PublicKey) -> str:
    """Return a public key as it is given to others."""
    return _encoded(key.public_bytes_raw())


def _packed(value: Mapping[str, Any]) -> str:
    return _encoded(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
