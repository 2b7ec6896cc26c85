"""A Django with one view and no middleware: what the framework alone costs here."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare", MIDDLEWARE=[])
django.setup()


def bare(_request: HttpRequest) -> HttpResponse:
    """Answer with a page of the length of a short list."""
    return HttpResponse("<p>bare</p>" * 2000)


urlpatterns = [path("", bare)]
application = WSGIHandler()
