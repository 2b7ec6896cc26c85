"""
Where the keys are with which the offices' shares are wrapped: outside the database.

The port is `Keyring`; `settings.SEAL_KEYRING` names a class of it, such as one that asks the
service in which each office keeps its own key. The default keeps a file for each holder.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from tempfile import NamedTemporaryFile
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.module_loading import import_string

from bidding.sealing.receipts import signing_key

KEY_BYTES, NONCE_BYTES = 32, 12


class KeyMissing(LookupError):
    """The key with which a share was wrapped is not there, or is another."""


class Keyring(Protocol):
    """Wrap and unwrap a holder's shares; the key itself never comes out."""

    def current(self, holder: str) -> str:
        """Return the name of the key with which `holder`'s shares are wrapped from now on."""

    def has(self, holder: str, key: str) -> bool:
        """Tell whether what was wrapped under the name `key` can be unwrapped."""

    def wrap(self, holder: str, content: bytes, bound_to: bytes) -> bytes:
        """Return `content` wrapped with the current key, bound to the words `bound_to`."""

    def unwrap(self, holder: str, key: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """
        Return what was wrapped under the name `key`.

        Raises:
            KeyMissing: the key is not there, or it is not what this was wrapped with.
        """

    def rotate(self, holder: str) -> str:
        """Make a new current key for `holder` and return its name; older ones still unwrap."""

    def forget(self, holder: str, keys: Iterable[str]) -> None:
        """Throw these older keys away."""


class FileKeyring:
    """A file for each holder with its keys, the newest first; the server's user alone reads it."""

    def __init__(self) -> None:
        self.folder = Path(settings.SEAL_KEYS_DIR)

    def current(self, holder: str) -> str:
        return _name_of(self._keys(holder)[0])

    def has(self, holder: str, key: str) -> bool:
        return any(_name_of(one) == key for one in self._stored(holder))

    def wrap(self, holder: str, content: bytes, bound_to: bytes) -> bytes:
        nonce = token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._keys(holder)[0]).encrypt(nonce, content, bound_to)

    def unwrap(self, holder: str, key: str, wrapped: bytes, bound_to: bytes) -> bytes:
        found = [one for one in self._stored(holder) if _name_of(one) == key]
        if not found:
            raise KeyMissing(holder, key)
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return AESGCM(found[0]).decrypt(nonce, sealed, bound_to)
        except InvalidTag as error:
            raise KeyMissing(holder, key) from error

    def rotate(self, holder: str) -> str:
        self._replace(holder, [token_bytes(KEY_BYTES), *self._stored(holder)])
        return self.current(holder)

    def forget(self, holder: str, keys: Iterable[str]) -> None:
        gone = set(keys) - {self.current(holder)}
        self._replace(holder, [one for one in self._stored(holder) if _name_of(one) not in gone])

    def _keys(self, holder: str) -> list[bytes]:
        """Return the keys of `holder`; the first is made when it is first asked for."""
        return self._stored(holder) or self._made(holder)

    def _stored(self, holder: str) -> list[bytes]:
        try:
            lines = self._file(holder).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []
        return [b64decode(line) for line in lines]

    def _made(self, holder: str) -> list[bytes]:
        """Make the first key; of two processes that do so at once the first wins."""
        written = self._written([token_bytes(KEY_BYTES)])
        try:
            os.link(written, self._file(holder))
        except FileExistsError:
            pass
        finally:
            written.unlink()
        return self._stored(holder)

    def _replace(self, holder: str, keys: list[bytes]) -> None:
        self._written(keys).replace(self._file(holder))

    def _written(self, keys: list[bytes]) -> Path:
        """Write a whole file beside the others, closed to everybody else from its first byte."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="ascii") as file:
            file.writelines(f"{b64encode(key).decode()}\n" for key in keys)
        return Path(file.name)

    def _file(self, holder: str) -> Path:
        return self.folder / holder


def _name_of(key: bytes) -> str:
    """Return the name of a key, which says nothing of it."""
    return sha256(b"wszj-holder-key/1" + key).hexdigest()[:16]


def platform_key() -> Ed25519PrivateKey:
    """Return the key with which the platform signs receipts and the public keys of orders."""
    return _signing_key(settings.RECEIPT_KEY)


_signing_key = cache(signing_key)


@cache
def keyring() -> Keyring:
    """Return the keyring that the installation has."""
    found: Keyring = import_string(settings.SEAL_KEYRING)()
    return found
