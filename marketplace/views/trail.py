"""The trail, for managers and inspectors of an authority: a page at a time, or as a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from marketplace.forms.trail import TrailForm
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import AuditEntry
from marketplace.pages.trail import narrowed, readable_trail, trail_rows, trail_table
from marketplace.permissions import can_read_trail
from marketplace.web.act_views import REFUSED
from marketplace.web.exports import csv_response
from marketplace.web.views import PartyView, row_key

SHOWN = 50
MOST = 10_000


class TrailPage(PartyView):
    """The newest entries that are asked for, and the way to older ones."""

    def is_allowed(self) -> bool:
        return can_read_trail(self.party)

    def asked(self, form: TrailForm) -> QuerySet[AuditEntry]:
        """Return the entries that a form asks for; one that is wrong asks for all."""
        given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        return narrowed(readable_trail(self.party), given)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = TrailForm(request.GET)
        found = self.asked(form)
        if before := row_key(request.GET.get("before", "")):
            found = found.filter(pk__lt=before)
        rows = trail_rows(found[: SHOWN + 1])
        return self.page(
            "marketplace/trail.html",
            status=200 if form.is_valid() else REFUSED,
            form=form,
            rows=rows[:SHOWN],
            older=rows[SHOWN - 1].key if len(rows) > SHOWN else None,
            is_newest=not before,
        )


class TrailCsv(TrailPage):
    """The same as a file, as far as one may be long."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:  # type: ignore[override]
        found = self.asked(TrailForm(request.GET))[:MOST]
        return csv_response(f"trail-{day_of(self.at):%Y%m%d}", trail_table(trail_rows(found)))
