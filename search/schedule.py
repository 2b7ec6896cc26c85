"""
The clock's entry point: every night each index is built anew, from everything that is public.

It follows real time and not the platform's: a demo that moves its clock needs no new index.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task

from marketplace.kernel import clock
from marketplace.kernel.models import Effect
from search.indexing import rebuild_all

log = structlog.get_logger(__name__)

KEPT = timedelta(days=7)


@shared_task
def rebuild_nightly() -> None:
    """Rebuild what answers, and forget the effects that were done long ago."""
    rebuild_all()
    forgotten = Effect.objects.filter(kind="index", done_at__lt=clock.now() - KEPT)
    log.info("search_rebuilt", forgotten_effects=forgotten.delete()[0])
