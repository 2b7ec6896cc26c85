"""
An envelope: bytes that only an order's private key opens, of one size whatever is in it. Pure.

Two suites. `hpke-x25519-sha256-aes256gcm` is HPKE of RFC 9180, base mode, by its numbers 0x0020,
0x0001 and 0x0002. `x25519-sm3-sm4gcm` does the same with what the national standards name: an
ephemeral X25519 key, HKDF over SM3 of the shared point and of both public keys, SM4-GCM. In both
an envelope opens only under the words it was sealed for: order, bidder, version.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marketplace.kernel.canonical import canonical_json, sha256_hex

VERSION = "wszj-envelope/1"
LENGTH_BYTES = 4
BLOCK = 512
"""Envelopes of contents up to 508 bytes have one size, longer ones the next whole multiple."""
KEY_BYTES, NONCE_BYTES, TAG_BYTES, POINT_BYTES = 16, 12, 16, 32


class DoesNotOpen(ValueError):
    """Another key, another order, bidder or version, or something was changed."""


def private_key() -> bytes:
    """Return a new private key, 32 bytes of chance."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> bytes:
    """Return the public key, 32 bytes, that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def words(*parts: str) -> bytes:
    """Return what an envelope is bound to: version and `parts`, each with its length before it."""
    return b"".join(
        len(part).to_bytes(LENGTH_BYTES, "big") + part
        for part in (one.encode() for one in (VERSION, *parts))
    )


def seal(content: bytes, suite: str, to: bytes, bound_to: bytes, block: int = BLOCK) -> bytes:
    """
    Return `content` sealed for the public key `to`, padded to a whole multiple of `block`.

    Raises:
        KeyError: there is no such suite.
    """
    return SUITES[suite].seal(_padded(content, block), to, bound_to)


def unseal(envelope: bytes, suite: str, private: bytes, bound_to: bytes) -> bytes:
    """
    Return what was sealed.

    Raises:
        DoesNotOpen: the key, the words or the bytes are not those of the sealing.
        KeyError: there is no such suite.
    """
    padded = SUITES[suite].unseal(envelope, private, bound_to)
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    content, rest = padded[LENGTH_BYTES:][:length], padded[LENGTH_BYTES + length :]
    if len(content) != length or any(rest):
        raise DoesNotOpen
    return content


def _padded(content: bytes, block: int) -> bytes:
    told = len(content).to_bytes(LENGTH_BYTES, "big") + content
    return told + bytes(-len(told) % block)


def list_hash(order: str, sealed_seed: str, bids: Iterable[tuple[str, str]]) -> str:
    """
    Return what stands for the list of an order before anything of it is open.

    `sealed_seed` is the SHA-256 of the sealed seed, `bids` are the agencies with that of each
    envelope; their order does not matter.
    """
    listed = sorted(map(list, bids))
    content = {"bids": listed, "order": order, "seed": sealed_seed, "version": VERSION}
    return sha256_hex(canonical_json(content))


class _Suite(ABC):
    @abstractmethod
    def seal(self, padded: bytes, to: bytes, bound_to: bytes) -> bytes: ...

    @abstractmethod
    def unseal(self, envelope: bytes, private: bytes, bound_to: bytes) -> bytes: ...


class _Hpke(_Suite):
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

    def seal(self, padded: bytes, to: bytes, bound_to: bytes) -> bytes:
        return self.suite.encrypt(padded, X25519PublicKey.from_public_bytes(to), bound_to)

    def unseal(self, envelope: bytes, private: bytes, bound_to: bytes) -> bytes:
        try:
            key = X25519PrivateKey.from_private_bytes(private)
            return self.suite.decrypt(envelope, key, bound_to)
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen from error


class _Sm(_Suite):
    def seal(self, padded: bytes, to: bytes, bound_to: bytes) -> bytes:
        ephemeral = X25519PrivateKey.generate()
        point = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(to))
        cipher = self._cipher(shared, point, to, bound_to)
        encryptor = cipher.encryptor()
        sealed = encryptor.update(padded) + encryptor.finalize()
        return point + sealed + encryptor.tag

    def unseal(self, envelope: bytes, private: bytes, bound_to: bytes) -> bytes:
        point, rest = envelope[:POINT_BYTES], envelope[POINT_BYTES:]
        sealed, tag = rest[:-TAG_BYTES], rest[-TAG_BYTES:]
        try:
            key = X25519PrivateKey.from_private_bytes(private)
            shared = key.exchange(X25519PublicKey.from_public_bytes(point))
            cipher = self._cipher(shared, point, key.public_key().public_bytes_raw(), bound_to)
            decryptor = cipher.decryptor()
            return decryptor.update(sealed) + decryptor.finalize_with_tag(tag)
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen from error

    def _cipher(self, shared: bytes, point: bytes, to: bytes, bound_to: bytes) -> Cipher[GCM]:
        """Return the cipher of one envelope: key and nonce serve it alone."""
        derived = HKDF(SM3(), KEY_BYTES + NONCE_BYTES, salt=None, info=point + to + bound_to)
        key = derived.derive(shared)
        return Cipher(SM4(key[:KEY_BYTES]), GCM(key[KEY_BYTES:]))


SUITES: Mapping[str, _Suite] = MappingProxyType(
    {"hpke-x25519-sha256-aes256gcm": _Hpke(), "x25519-sm3-sm4gcm": _Sm()}
)
