"""The lists of others: what a file would do, importing it, and what the last imports changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

from credit import permissions
from credit.actions.lists import (
    ListOutcome,
    ListPreview,
    import_list,
    import_signed_decisions,
    own_key,
    preview_list,
)
from credit.forms.lists import NOT_SIGNED, ListForm, PeerForm
from credit.models import ListedParty, ListFault, ListImport, ListKind
from credit.pages.cases import LISTS, case_crumbs
from credit.pages.lists import import_tabs
from credit.signed_lists import NotSigned, written
from marketplace.forms.reference import sentence_of
from marketplace.reference import BadReferenceData
from marketplace.web.act_views import REFUSED, AskingView

SHOWN = 20


class ListImportPage(AskingView):
    """Look at what a file would do, import it, and read what came of the last ones."""

    form_class: type[BaseForm] = ListForm
    said = "credit/list_imported"
    address = "credit:list_import"

    def is_allowed(self) -> bool:
        if self.request.method == "POST":
            return permissions.can_import_list(self.party)
        return permissions.can_supervise(self.party)

    def given(self, form: BaseForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        table = given.pop("table")
        return {**given, "content": table.read(), "file": table.name}

    def act(self, **given: Any) -> ListOutcome:
        return import_list(**given | {"kind": ListKind(given["kind"])}, **self.hand)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.preview() if "preview" in request.POST else super().post(request, **kwargs)
        except BadReferenceData as error:
            return self.show_fault(sentence_of(error))
        except NotSigned:
            return self.show_fault(str(NOT_SIGNED))

    def preview(self) -> HttpResponse:
        """Say what the import would do, and do nothing of it."""
        form = self.form(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.show_wrong(form)
        take = partial(self.act, **self.given(form))
        return self.attempt(
            form, partial(preview_list, take, self.at), partial(self.show_preview, form)
        )

    def show_fault(self, sentence: str) -> HttpResponse:
        form = self.form(self.request.POST)
        form.add_error("table", sentence)
        return self.show(form, status=REFUSED)

    def words(self, done: ListOutcome) -> dict[str, Any]:
        return {"outcome": done}

    def where(self, done: ListOutcome) -> str:
        return self.address

    def show_preview(self, form: BaseForm, found: ListPreview) -> HttpResponse:
        return self.show(form, found=found)

    def show(
        self, form: BaseForm, status: int = 200, found: ListPreview | None = None
    ) -> HttpResponse:
        if self.request.headers.get("HX-Request"):
            status = 200  # htmx draws nothing of an answer that refuses
        listed = ListedParty.objects.filter(organization__isnull=False)
        return self.page(
            "credit/list_import.html",
            status=status,
            form=form,
            found=found,
            tabs=import_tabs(self.address),
            can_import=permissions.can_import_list(self.party),
            public_key=written(own_key().public_key()),
            faults=ListFault.objects.standing(),
            imports=ListImport.objects.select_related("imported_by")[:SHOWN],
            listed=listed.select_related("organization", "case")[:SHOWN],
            crumbs=case_crumbs(LISTS),
        )


class PeerImportPage(ListImportPage):
    """The same of the signed file of another platform."""

    form_class = PeerForm
    address = "credit:peer_import"

    def act(self, **given: Any) -> ListOutcome:
        return import_signed_decisions(**given, **self.hand)
