"""
A view that sends the statements of a bid and does nothing else: what any page of ours could reach.

It is served by the very server of the platform's pages, without middleware, session or ORM; who
bids is a number in the address, and what it sends stands in the file that BENCH_STATEMENTS names:
a list of statements for each bidder. As in pgbench, they are rolled back. Run by granian as
`bench.floor:application`.
"""

import json
import os
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
django.setup()
settings.MIDDLEWARE, settings.ROOT_URLCONF = [], __name__
BIDS = json.loads(Path(os.environ["BENCH_STATEMENTS"]).read_text(encoding="utf-8"))


def ready(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def bid(_request: HttpRequest, number: int) -> HttpResponse:
    """Send what one bid sends, as text, and fetch what is answered."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for statement in BIDS[number]:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()
        cursor.execute("ROLLBACK")
    return HttpResponse(status=302)


urlpatterns = [path("ready/", ready), path("floor/<int:number>/", bid)]

from marketplace.project.asgi import application  # noqa: E402, F401 - made of what stands above
