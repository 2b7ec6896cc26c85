"""The one clock: real time, plus the demo's stored offset."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from marketplace.models.clock import ClockOffset


def now() -> datetime:
    """Return the platform's time, aware; only the edges (views, schedule, commands) may ask."""
    return timezone.now() + offset()


def offset() -> timedelta:
    """Return how far the demo has moved its clock; zero wherever DEMO is off."""
    if not settings.DEMO:
        return timedelta()
    return ClockOffset.objects.current()


def move_to(moment: datetime) -> None:
    """Move the demo's clock forward so that `now()` is `moment`; it never moves back."""
    ClockOffset.objects.move_forward(moment - timezone.now())
