"""Addresses of marketplace."""

from django.urls import path

from marketplace.views import display, health, styleguide

app_name = "marketplace"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("display/", display.display, name="display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/<str:frame>/", styleguide.styleguide, name="styleguide_frame"),
]
