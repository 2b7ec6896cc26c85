"""Reference lists as files: out as they are stored, in after a look at what changes."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from marketplace.actions.imports import PORTS, Preview, preview, take_in
from marketplace.actions.reference import Outcomes
from marketplace.forms.imports import LISTS, ImportForm
from marketplace.permissions import can_keep_catalogue
from marketplace.web.act_views import AskingView
from marketplace.web.exports import csv_response
from marketplace.web.tables import excel_response
from marketplace.web.views import PartyView

MOST_SHOWN = 200


class Imports(AskingView):
    """Give a file, look at what it would change, then take it in, all of it or nothing."""

    said = "marketplace/taken_in"
    form_class = ImportForm

    def is_allowed(self) -> bool:
        return can_keep_catalogue(self.party)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "confirm" in request.POST:
            return super().post(request, **kwargs)
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show_wrong(form)
        name, text = form.cleaned_data["name"], form.cleaned_data["text"]
        return self.show_preview(name, text, preview(PORTS[name], text, at=self.at))

    def given(self, form: BaseForm) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("name", "text")}

    def act(self, **given: Any) -> Outcomes:
        return take_in(**given, **self.hand)

    def words(self, done: Outcomes) -> dict[str, Any]:
        return {"created": done["created"], "updated": done["updated"]}

    def where(self, done: Outcomes) -> str:
        return reverse("marketplace:imports")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page("marketplace/imports.html", status=status, form=form, lists=LISTS.items())

    def show_preview(self, name: str, text: str, found: Preview) -> HttpResponse:
        """Return what the file would do, with the file in the form that takes it in."""
        return self.page(
            "marketplace/import_preview.html",
            name=name,
            label=LISTS[name],
            text=text,
            created=found.outcomes.get("created", 0),
            updated=found.outcomes.get("updated", 0),
            removed=found.outcomes.get("removed", 0),
            closed=found.outcomes.get("closed", 0),
            unchanged=found.outcomes.get("unchanged", 0),
            changes=found.changes[:MOST_SHOWN],
            more=max(0, len(found.changes) - MOST_SHOWN),
        )


class Export(PartyView):
    """One list as a file that can be taken in again."""

    def is_allowed(self) -> bool:
        return can_keep_catalogue(self.party)

    def get(self, _request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
        if name not in PORTS:
            raise Http404
        rows = PORTS[name].rows()
        if kind == "csv":
            return csv_response(name, rows)
        if kind != "xlsx":
            raise Http404
        return excel_response(name, rows)
