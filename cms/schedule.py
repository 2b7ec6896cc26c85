"""
The clock's entry point: pages go live and expire at the moments that their editors chose.

They follow real time and not the platform's, as Wagtail itself does.
"""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish the pages whose moment has come, and take down those that have expired."""
    call_command("publish_scheduled")
