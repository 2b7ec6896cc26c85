"""An envelope opens with its own key, under its own words, unchanged; its size tells nothing."""

import pytest

from bidding.sealing.envelopes import (
    BLOCK,
    SUITES,
    DoesNotOpen,
    private_key,
    public_key,
    seal,
    unseal,
    words,
)

BOUND = words("offer", "JX360702-2026-00001", "abc", "1")


@pytest.fixture(params=sorted(SUITES))
def suite(request) -> str:
    return request.param


def test_an_envelope_gives_back_any_bytes_and_tells_nothing_by_its_size(suite):
    private = private_key()
    sizes = set()
    for content in (b"", b"88000.00", bytes(BLOCK - 4), "方案".encode() * 80):
        envelope = seal(content, suite, public_key(private), BOUND)
        sizes.add(len(envelope))
        assert unseal(envelope, suite, private, BOUND) == content
        assert content not in envelope or not content
    assert sizes == {BLOCK + 48}

    plan = seal(bytes(BLOCK), suite, public_key(private), BOUND)
    assert len(plan) == 2 * BLOCK + 48
    assert unseal(plan, suite, private, BOUND) == bytes(BLOCK)


def test_the_same_bid_is_never_sealed_to_the_same_bytes(suite):
    to = public_key(private_key())

    assert seal(b"x", suite, to, BOUND) != seal(b"x", suite, to, BOUND)


def test_an_envelope_opens_for_nothing_else(suite):
    private = private_key()
    envelope = seal(b"88000.00", suite, public_key(private), BOUND)

    for other in (
        words("offer", "JX360702-2026-00002", "abc", "1"),
        words("offer", "JX360702-2026-00001", "abd", "1"),
        words("offer", "JX360702-2026-00001", "abc", "2"),
        words("seed", "JX360702-2026-00001", "abc", "1"),
        words("offer", "JX360702-2026-00001a", "bc", "1"),
    ):
        with pytest.raises(DoesNotOpen):
            unseal(envelope, suite, private, other)
    with pytest.raises(DoesNotOpen):
        unseal(envelope, suite, private_key(), BOUND)


def test_any_changed_byte_is_noticed(suite):
    private = private_key()
    envelope = seal(b"88000.00", suite, public_key(private), BOUND)

    for place in (*range(0, len(envelope), 7), len(envelope) - 1):
        changed = bytearray(envelope)
        changed[place] ^= 1
        with pytest.raises(DoesNotOpen):
            unseal(bytes(changed), suite, private, BOUND)
    for cut in (b"", envelope[:40], envelope[:-1]):
        with pytest.raises(DoesNotOpen):
            unseal(cut, suite, private, BOUND)
