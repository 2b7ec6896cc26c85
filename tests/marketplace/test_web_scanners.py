"""The contract of the scanners, kept by each that the platform brings along."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest

from marketplace.web.scanners import (
    EICAR,
    EICAR_NAME,
    ClamdScanner,
    FileScanner,
    Scanner,
    ScannerAway,
    scanner,
)
from tests.uploads import PDF_BYTES, document


def _answer(talk: socket.socket, said: bytes) -> None:
    """Do what clamd does with INSTREAM: read sized pieces to the empty one, then say."""
    with talk, talk.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\0"
        received = b""
        while size := int.from_bytes(sent.read(4), "big"):
            received += sent.read(size)
        is_found = FileScanner().scan(BytesIO(received))
        told = f"stream: {EICAR_NAME} FOUND" if is_found else "stream: OK"
        talk.sendall(said or told.encode() + b"\0")


@contextmanager
def clamd(said: bytes = b"") -> Iterator[str]:
    """Listen as clamd does; `said` is what it says whatever it gets."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    talk, _address = server.accept()
                except OSError:
                    return
                _answer(talk, said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def keeps_the_contract(one: Scanner) -> None:
    """Find the test file anywhere in a file, and nothing in a clean one."""
    for clean in (b"", PDF_BYTES, bytes(200_000), document(a=b"b")):
        assert one.scan(BytesIO(clean)) == ""
    for infected in (EICAR, bytes(65_500) + EICAR + bytes(9), document(a=EICAR)):
        file = BytesIO(infected)
        file.read(5)  # wherever the file stands
        assert one.scan(file) == EICAR_NAME


def test_the_scanner_of_a_trial_keeps_the_contract(settings) -> None:
    assert isinstance(scanner(), FileScanner)
    keeps_the_contract(scanner())


def test_what_nobody_can_unpack_is_no_failure_of_ours() -> None:
    packed = bytearray(document(a=b"b"))
    flags = packed.index(b"PK\x01\x02") + 8
    packed[flags] |= 0x20  # a way of packing that the reader refuses

    assert FileScanner().scan(BytesIO(PDF_BYTES + packed)) == ""


def test_clamd_keeps_the_contract(settings) -> None:
    settings.UPLOAD_SCANNER = "marketplace.web.scanners.ClamdScanner"
    with clamd() as settings.CLAMD_ADDRESS:
        assert isinstance(scanner(), ClamdScanner)
        keeps_the_contract(scanner())


def test_a_scanner_that_cannot_say_says_so(settings) -> None:
    limit = b"INSTREAM size limit exceeded. ERROR\0"
    with clamd(limit) as settings.CLAMD_ADDRESS, pytest.raises(ScannerAway):
        ClamdScanner().scan(BytesIO(PDF_BYTES))

    with pytest.raises(ScannerAway):  # nobody listens there any more
        ClamdScanner().scan(BytesIO(PDF_BYTES))
