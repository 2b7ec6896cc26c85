"""
The clock's entry points: each index is built anew every night, and what has come is told of.

The rebuild follows real time and not the platform's: a demo that moves its clock needs no new
index. What was asked to be told of is looked up when something public has changed since.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog
from celery import shared_task

from marketplace.kernel import clock, known
from marketplace.kernel.calendar import CHINA, day_of
from marketplace.kernel.models import Effect
from search import counting
from search.alerts import tell_of_news
from search.indexing import rebuild_all
from search.models import SavedSearch

log = structlog.get_logger(__name__)

KEPT = timedelta(days=7)
MORNING = time(8)
LOOKED_UP = 500
"""How many questions one run asks again; the next run takes those that waited longest."""


@shared_task
def rebuild_nightly() -> None:
    """Rebuild what answers, and forget effects done and terms counted long ago."""
    rebuild_all()
    counting.forget_old(clock.now())
    forgotten = Effect.objects.filter(kind="index", done_at__lt=clock.now() - KEPT)
    log.info("search_rebuilt", forgotten_effects=forgotten.delete()[0])


@shared_task
def tell_of_what_has_come() -> None:
    """Ask the kept questions again that something may have come to; one that fails stops none."""
    told = look_again(known.read_version(), clock.now())
    if told:
        log.info("search_alerts_told", count=told)


def look_again(version: str, at: datetime) -> int:
    """
    Tell of what has come, and return how many times somebody was told.

    `version` was read before: what comes while a question is asked belongs to a later one.
    """
    due = SavedSearch.objects.to_look_up(version, last_morning(at))
    keys = list(due.values_list("pk", flat=True)[:LOOKED_UP])
    return sum(_is_told(key, version, at) for key in keys)


def last_morning(at: datetime) -> datetime:
    """Return when the daily alerts were last due: the last 08:00 (Beijing) that is not to come."""
    today = datetime.combine(day_of(at), MORNING, tzinfo=CHINA)
    return today if at >= today else today - timedelta(days=1)


def _is_told(key: int, version: str, at: datetime) -> bool:
    try:
        return tell_of_news(saved_pk=key, version=version, at=at) is not None
    except Exception:
        log.exception("search_alert_failed", saved=key)
        return False
