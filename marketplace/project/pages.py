"""The pages: a WSGI application on a few threads, each held only while it computes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from marketplace.project.bodies import KEPT_IN_MEMORY, Body

Environ = dict[str, Any]
Scope = MutableMapping[str, Any]
# Django's stubs do not say that its answers are the iterables of WSGI, which they are.
Application = Callable[[Environ, Any], Any]


@dataclass
class Answer:
    """What the application answered, whole."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    file: IO[bytes] = field(default_factory=partial(SpooledTemporaryFile, KEPT_IN_MEMORY))

    def start(
        self, status: str, headers: list[tuple[str, str]], _error: object = None
    ) -> Callable[[bytes], int]:
        """Take the first line and the headers: WSGI's `start_response`."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return self.file.write


class Pages:
    """
    Run a WSGI application for requests whose body is here already.

    An answer is taken whole before its first byte is sent, so that a thread and its transaction
    wait for no reader, however slow; and one that fails half-way is a failure, not half a file.
    """

    def __init__(self, application: Application, *, threads: int) -> None:
        self.application = application
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def answer(self, scope: Scope, body: Body, facts: Environ) -> Answer:
        """Return the answer to a request; `facts` are what its environment holds besides."""
        environ = {**environment(scope, body), **facts}
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, self._run, environ)

    def _run(self, environ: Environ) -> Answer:
        answer = Answer()
        try:
            with environ["wsgi.input"]:
                self._fill(answer, self.application(environ, answer.start))
        except BaseException:
            answer.file.close()
            raise
        answer.file.seek(0)
        return answer

    def _fill(self, answer: Answer, chunks: Iterable[bytes]) -> None:
        try:
            answer.file.writelines(chunks)
        finally:
            if (close := getattr(chunks, "close", None)) is not None:
                close()


def environment(scope: Scope, body: Body) -> Environ:
    """
    Return the WSGI environment of a request.

    A header with an underscore in its name is left out: it would pass for the one with a hyphen,
    which a proxy in front has set.
    """
    server, port = scope.get("server") or ("localhost", 80)
    client, client_port = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "CONTENT_LENGTH": str(body.size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name or raw_name == b"content-length":
            continue
        name, value = (
            raw_name.decode("latin-1").upper().replace("-", "_"),
            raw_value.decode("latin-1"),
        )
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
