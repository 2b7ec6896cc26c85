"""What the platform signs can be asked of its public key, and of nothing that was changed."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bidding.sealing.receipts import NotSigned, Receipt, signing_key, vouched, vouched_key
from marketplace.kernel.canonical import canonical_json
from tests.clock import NOON

KEY = signing_key("A" * 43)
OTHER = signing_key("B" * 42 + "A")


def test_a_receipt_says_what_came_when_and_is_signed():
    receipt = Receipt(
        tender_code="JX360702-2026-00001",
        agency="abc",
        uscc="91360700MA35HDKF7J",
        version=2,
        sealed="ab" * 32,
        arrived_at=NOON,
    ).signed(KEY)

    signature = bytes.fromhex(receipt.pop("signature"))
    assert receipt == {
        "format": "wszj-receipt/1",
        "tender_code": "JX360702-2026-00001",
        "agency": "abc",
        "uscc": "91360700MA35HDKF7J",
        "version": 2,
        "sealed": "ab" * 32,
        "arrived_at": "2026-11-24T12:00:00+08:00",
        "public_key": KEY.public_key().public_bytes_raw().hex(),
    }
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(receipt["public_key"]))
    public.verify(signature, canonical_json(receipt))
    with pytest.raises(InvalidSignature):
        public.verify(signature, canonical_json({**receipt, "version": 1}))


def test_an_order_s_key_is_the_one_that_the_platform_gave_it():
    text = vouched(b"\x07" * 32, "suite", "JX-1", KEY)

    assert vouched_key(text, "JX-1", KEY.public_key()) == ("suite", b"\x07" * 32)
    suite, public, word = text.split(":")
    for changed, code, key in (
        (text, "JX-2", KEY),
        (text, "JX-1", OTHER),
        (f"other:{public}:{word}", "JX-1", KEY),
        (f"{suite}:{'08' * 32}:{word}", "JX-1", KEY),
        (vouched(b"\x07" * 32, "suite", "JX-1", OTHER), "JX-1", KEY),
        ("", "JX-1", KEY),
        ("a:b:c", "JX-1", KEY),
    ):
        with pytest.raises(NotSigned):
            vouched_key(changed, code, key.public_key())
