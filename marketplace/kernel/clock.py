"""The one clock: real time, plus the demo's stored offset."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from marketplace.kernel import known
from marketplace.kernel.durations import LONGEST_WAIT
from marketplace.kernel.models.clock import ClockOffset


def now() -> datetime:
    """Return the platform's time, aware; only the edges (views, schedule, commands) may ask."""
    return timezone.now() + offset()


def note_arrival(request: HttpRequest) -> None:
    """
    Note when a request had arrived, for `arrival_of`.

    A busy server sees a request only when a thread is free for it. What the proxy in front wrote
    into ARRIVAL_HEADER tells the true moment; it is believed for the last `LONGEST_WAIT` alone.
    """
    seen = timezone.now()
    told = (
        _read(request.headers.get(settings.ARRIVAL_HEADER, "")) if settings.ARRIVAL_HEADER else None
    )
    request.arrived_at = min(seen, max(told or seen, seen - LONGEST_WAIT))  # type: ignore[attr-defined]


def _read(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds.removeprefix("t=")), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def arrival_of(request: HttpRequest) -> datetime:
    """Return the platform's time at which `request` had arrived; a bid counts by it."""
    return request.arrived_at + offset()  # type: ignore[attr-defined, no-any-return]


def offset() -> timedelta:
    """Return how far the demo has moved its clock; zero wherever DEMO is off."""
    if not settings.DEMO:
        return timedelta()
    return known.once("clock.offset", read=ClockOffset.objects.current)


def move_to(moment: datetime) -> None:
    """Move the demo's clock forward so that `now()` is `moment`; it never moves back."""
    ClockOffset.objects.move_forward(moment - timezone.now())
