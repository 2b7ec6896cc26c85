"""The one clock: real time, plus the demo's stored offset."""

from datetime import UTC, datetime, timedelta
from math import inf

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from marketplace.kernel import known
from marketplace.kernel.durations import LONGEST_WAIT
from marketplace.kernel.models.clock import ClockOffset

# What the server notes about a request, in its environment, where no header can reach.
COMPLETE_AT = "marketplace.complete_at"
"""When the body's last byte was here, in seconds since 1970."""
BODY_TOOK = "marketplace.body_took"
"""How many seconds lay between the head of the request and that."""


def now() -> datetime:
    """Return the platform's time, aware; only the edges (views, schedule, commands) may ask."""
    return moved_by(offset())


def moved_by(offset: timedelta) -> datetime:
    """Return the platform's time where its clock is known to be moved by `offset`."""
    return timezone.now() + offset


def note_arrival(request: HttpRequest) -> None:
    """
    Note when a request had arrived, for `arrival_of`.

    It has when its body is complete, which the server notes (COMPLETE_AT), however long the
    request then waits for a free thread. A proxy in front that keeps the body back until it is
    whole may have noted it earlier, in ARRIVAL_HEADER; what the body then took to come from there
    is added, so that the word of a proxy that does not keep it back is not before its last byte.
    Either is believed for the last `LONGEST_WAIT` alone.
    """
    seen = timezone.now()
    complete = request.META.get(COMPLETE_AT, seen.timestamp())
    if settings.ARRIVAL_HEADER:
        told = _read(request.headers.get(settings.ARRIVAL_HEADER, ""))
        complete = min(complete, told + request.META.get(BODY_TOOK, 0.0))
    earliest = (seen - LONGEST_WAIT).timestamp()
    arrived_at = datetime.fromtimestamp(max(complete, earliest), UTC)
    request.arrived_at = min(seen, arrived_at)  # type: ignore[attr-defined]


def _read(seconds: str) -> float:
    """Return the seconds since 1970 that a header tells; infinity where it tells none."""
    try:
        return datetime.fromtimestamp(float(seconds.removeprefix("t=")), UTC).timestamp()
    except (ValueError, OverflowError, OSError):
        return inf


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
