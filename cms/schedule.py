"""The clock's entry point: pages go live and expire at the moments that their editors chose."""

from __future__ import annotations

from celery import shared_task

from cms.actions.writing import publish_due, withdraw_expired
from cms.demo.bots import bots_quote
from marketplace.kernel import clock


@shared_task
def publish_scheduled() -> None:
    """Publish the pages whose moment has come, and take down those that have expired."""
    at = clock.now()
    withdraw_expired(at)
    publish_due(at)


@shared_task
def quote_in_halls() -> None:
    """Let the demo's own bidders quote where a hall is open; it is scheduled in the demo alone."""
    bots_quote(clock.now())
