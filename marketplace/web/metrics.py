"""
What this process has done, in figures: requests by the class of their answers, and kept pages.

No figure is by address, so that none says that somebody bids for an order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Figure = tuple[str, str, Iterable[tuple[str, float]]]
"""A name, its kind in Prometheus' words, and its values by their labels."""


class Metrics:
    """How many requests ended how, and how long they took together."""

    def __init__(self) -> None:
        self._requests: Counter[str] = Counter()
        self._seconds = 0.0
        self._lock = Lock()

    def count(self, status: int, seconds: float) -> None:
        """Count one answer, and the seconds from the request's last byte to it."""
        with self._lock:
            self._requests[f"{status // 100}xx"] += 1
            self._seconds += seconds

    def figures(self) -> list[Figure]:
        """Return the figures so far."""
        with self._lock:
            by_class = [(f'{{code="{name}"}}', n) for name, n in sorted(self._requests.items())]
            seconds = self._seconds
        return [
            ("marketplace_requests_total", "counter", by_class),
            ("marketplace_request_seconds_total", "counter", [("", round(seconds, 6))]),
        ]


metrics = Metrics()


OF_KEPT = {
    "hits": ("marketplace_kept_page_hits_total", "counter"),
    "misses": ("marketplace_kept_page_misses_total", "counter"),
    "pages": ("marketplace_kept_pages", "gauge"),
    "bytes": ("marketplace_kept_page_bytes", "gauge"),
}


def text_of(figures: Iterable[Figure], kept: Mapping[str, int]) -> str:
    """Return the figures, and those of the kept pages, as Prometheus reads them."""
    of_kept: list[Figure] = [(*OF_KEPT[name], [("", value)]) for name, value in kept.items()]
    lines = [
        line
        for name, kind, values in (*figures, *of_kept)
        for line in (f"# TYPE {name} {kind}", *(f"{name}{label} {n}" for label, n in values))
    ]
    return "\n".join(lines) + "\n"
