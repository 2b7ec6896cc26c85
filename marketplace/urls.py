"""Addresses of marketplace."""

from django.urls import path

from marketplace.views import health

app_name = "marketplace"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
