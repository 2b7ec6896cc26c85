"""The platform as granian serves it, on a test's own database, and raw connections to it."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from tests.servers import ROOT, closed_port, database_url, wait_until

COMMAND = (sys.executable, "-m", "granian", "--interface", "asginl", "--no-log")


class RawServer:
    """A running server; `connect` speaks to it byte by byte."""

    def __init__(self, port: int) -> None:
        self.port = port

    def connect(self, head: str, *headers: str, body: bytes = b"") -> socket.socket:
        """Open a connection for one request; send its head and the beginning of its body."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        lines = [f"{head} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode() + body)
        return connection

    def is_up(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/healthz"
        with suppress(OSError), urllib.request.urlopen(address):
            return True
        return False


def answer_of(connection: socket.socket) -> tuple[int, str]:
    """Return the status and all that follows it, at the end of the connection."""
    with connection:
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    return int(received.split(b" ", 2)[1]), received.decode(errors="replace")


@contextmanager
def raw_server(log: Path, *, target: str, **variables: str) -> Iterator[RawServer]:
    """Run granian with the application `target` and these settings."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        **variables,
    }
    server = RawServer(closed_port())
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "--port", str(server.port), target],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(server.is_up)
        yield server
    finally:
        process.terminate()
        process.wait()
