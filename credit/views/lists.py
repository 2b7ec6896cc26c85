"""The lists of others: importing a file, and what the last imports changed."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse

from credit import permissions
from credit.actions.lists import ListOutcome, import_list
from credit.forms.lists import ListForm
from credit.models import ListedParty, ListImport, ListKind
from credit.pages.cases import LISTS, case_crumbs
from marketplace.forms.reference import sentence_of
from marketplace.reference import BadReferenceData
from marketplace.web.act_views import REFUSED, AskingView

SHOWN = 20


class ListImportPage(AskingView):
    """Import a file, and read what came of the last ones."""

    form_class, said = ListForm, "credit/list_imported"

    def is_allowed(self) -> bool:
        if self.request.method == "POST":
            return permissions.can_import_list(self.party)
        return permissions.can_supervise(self.party)

    def given(self, form: BaseForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        table = given.pop("table")
        kind = ListKind(given.pop("kind"))
        return {**given, "kind": kind, "content": table.read(), "file": table.name}

    def act(self, **given: Any) -> ListOutcome:
        return import_list(**given, **self.hand)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except BadReferenceData as error:
            form = self.form(request.POST)
            form.add_error("table", sentence_of(error))
            return self.show(form, status=REFUSED)

    def words(self, done: ListOutcome) -> dict[str, Any]:
        return {"outcome": done}

    def where(self, done: ListOutcome) -> str:
        return "credit:list_import"

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        found = ListedParty.objects.filter(organization__isnull=False)
        return self.page(
            "credit/list_import.html",
            status=status,
            form=form,
            can_import=permissions.can_import_list(self.party),
            imports=ListImport.objects.select_related("imported_by")[:SHOWN],
            found=found.select_related("organization", "case")[:SHOWN],
            crumbs=case_crumbs(LISTS),
        )
