"""A signed file is verified with nothing but the public key."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credit.signed_lists import NotSigned, _encoded, private_key, public_key, sign, verify, written

SEED = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
PUBLIC = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
"""The key of RFC 8037, appendix A."""


def test_the_key_of_the_rfc_is_read_and_written():
    assert written(private_key(SEED).public_key()) == PUBLIC


def test_what_was_signed_is_verified_and_nothing_else():
    text = sign([{"number": "D1"}], "甲省", "2026-11-24T12:00:00+08:00", private_key(SEED))

    assert verify(text, public_key(PUBLIC))["decisions"] == [{"number": "D1"}]
    head, payload, signature = text.split(".")
    other = _encoded(json.dumps({"alg": "none"}).encode())
    changed = payload[:-4] + ("AAAA" if payload[-4:] != "AAAA" else "BBBB")
    for wrong in (
        f"{head}.{changed}.{signature}",
        f"{other}.{payload}.{signature}",
        f"{head}.{payload}.",
        f"{head}.{payload}",
        "x.y.z",
    ):
        with pytest.raises(NotSigned):
            verify(wrong, public_key(PUBLIC))
    with pytest.raises(NotSigned):
        verify(text, Ed25519PrivateKey.generate().public_key())
