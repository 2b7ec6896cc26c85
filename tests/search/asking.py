"""Ask an index in a test."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from search.backends.elastic import ElasticsearchIndex
from search.index import Document, Index
from search.query import parse
from tests.clock import NOON

ORIGINAL = Document(
    kind="notice",
    key="one",
    title="平台维护的通知",
    facts=("数据局",),
    body="每周三夜间维护。",
    url="/notices/one/",
    codes=(),
    sort_at=NOON,
)
CHANGED = replace(ORIGINAL, title="平台升级的通知")


def settle(index: Index) -> None:
    """Make what was written visible at once; a server does so every second by itself."""
    if isinstance(index, ElasticsearchIndex):
        index.client.indices.refresh(index=index.alias)


def titles(index: Index, text: str) -> list[str]:
    """Return the titles of what is found for `text`, in their order."""
    settle(index)
    return [hit.title for hit in index.find(parse(text)).hits]


class Refusal(BaseHTTPRequestHandler):
    """Answer everything as a server does to somebody it does not know."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"error": {"type": "security_exception"}, "status": 401}).encode()
        self.send_response(401)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - names of http.server

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def refusing_server() -> Iterator[str]:
    """Run a server that answers 401 to all; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as server:
        server.block_on_close = False  # the client keeps its connection
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
