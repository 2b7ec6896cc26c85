"""Wiring: settings, addresses, servers. Nobody imports it; it names the other apps as strings."""

from marketplace.project.celery import app as celery_app

__all__ = ["celery_app"]
