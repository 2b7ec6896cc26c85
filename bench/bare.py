"""
A page without database, middleware or template, served by the very server of the platform's pages.

The apps are set up as for the platform, for its server imports them; then there is nothing but one
view. Run by granian as `bench.bare:application`.
"""

import os

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
django.setup()
settings.MIDDLEWARE, settings.ROOT_URLCONF = [], __name__


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer with a page of the length of a short list."""
    return HttpResponse("<p>bare</p>" * 2000)


urlpatterns = [path("bare/", bare)]

from marketplace.project.asgi import application  # noqa: E402, F401 - made of what stands above
