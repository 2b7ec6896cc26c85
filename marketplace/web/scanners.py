"""
Who looks for viruses in a file before it is stored: a port, and the two who answer it.

`UPLOAD_SCANNER` names one of them, or a class of another package that does what `Scanner` says.
"""

from __future__ import annotations

import socket
import zipfile
from typing import IO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.web.uploads import UNREADABLE

CHUNK = 64 * 1024
MAX_LOOKED_THROUGH = 200 * 1024 * 1024
# the harmless test file that every scanner calls a virus, written in two so that none finds it here
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
EICAR_NAME = "EICAR-Test-File"
CLAMD_PORT = 3310
CLAMD_SECONDS = 10


class ScannerAway(Exception):
    """The scanner did not answer; nobody knows whether the file is clean."""


class Scanner(Protocol):
    """Looks through files; made once for each file."""

    def scan(self, file: IO[bytes]) -> str:
        """
        Return the name of what it found in `file`, empty when the file is clean.

        Raises:
            ScannerAway: it cannot say.
        """


class FileScanner:
    """Knows the test file alone, in a file or packed in one: for a trial, and to see it work."""

    def scan(self, file: IO[bytes]) -> str:
        """Return the test file's name where it is found."""
        file.seek(0)
        if _holds_eicar(file):
            return EICAR_NAME
        try:
            with zipfile.ZipFile(file) as archive:
                members = archive.infolist()
                if sum(member.file_size for member in members) > MAX_LOOKED_THROUGH:
                    raise ScannerAway
                for member in members:
                    with archive.open(member) as content:
                        if _holds_eicar(content):
                            return EICAR_NAME
        except UNREADABLE:  # no zip, or one that nobody can unpack
            return ""
        return ""


class ClamdScanner:
    """Asks the clamd at `CLAMD_ADDRESS` (host:port), by its command INSTREAM."""

    def scan(self, file: IO[bytes]) -> str:
        """Return the name of the signature that clamd names."""
        host, _colon, port = settings.CLAMD_ADDRESS.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=CLAMD_SECONDS) as talk:
                talk.sendall(b"zINSTREAM\0")
                file.seek(0)
                while piece := file.read(CHUNK):
                    talk.sendall(len(piece).to_bytes(4, "big") + piece)
                talk.sendall(bytes(4))
                answer = _read(talk)
        except (OSError, ValueError) as error:
            raise ScannerAway from error
        if answer.endswith(" FOUND"):
            return answer.removesuffix(" FOUND").removeprefix("stream: ")
        if answer != "stream: OK":
            raise ScannerAway(answer)
        return ""


def scanner() -> Scanner:
    """Return who looks through the next file."""
    made: Scanner = import_string(settings.UPLOAD_SCANNER)()
    return made


def _read(talk: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and (piece := talk.recv(CHUNK)):
        answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _holds_eicar(content: IO[bytes]) -> bool:
    before = b""
    while piece := content.read(CHUNK):
        if EICAR in before + piece:
            return True
        before = piece[-len(EICAR) :]
    return False
