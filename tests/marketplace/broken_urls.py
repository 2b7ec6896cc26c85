"""One address that fails, for the page of a fault."""

from django.urls import path

from tests.marketplace.test_templates import broken

urlpatterns = [path("broken/", broken)]
