"""The papers of an order and whom it avoids: its owner adds them, who may reads them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions.tenders import parts as actions
from bidding.forms.parts import AvoidForm, PapersForm
from bidding.models import AvoidedAgency, Tender, TenderPaper
from bidding.pages.acts import add_papers_act, avoid_act
from bidding.pages.agencies import qualified_agencies
from bidding.pages.parts import parts_of
from bidding.views.buyer import OwnTenderView
from marketplace.guards.documents import upload_limits
from marketplace.parties import acting
from marketplace.web.act_views import ActView, Confirmation
from marketplace.web.files import document_response


def tender_paper(request: HttpRequest, slug: str, paper: str) -> HttpResponseBase:
    """Return a paper to who may read it: a public one to all, any to owner and officers."""
    papers = TenderPaper.objects.select_related("document", "tender__buyer", "tender__division")
    found = get_object_or_404(papers, slug=paper, tender__slug=slug)
    party = acting(request)
    is_owner = permissions.can_see_draft(party, found.tender)
    if not (found.is_public or is_owner or permissions.can_see_operated(party, found.tender)):
        raise Http404
    return document_response(found.document)


class PartsDesk(OwnTenderView):
    """The page with both lists; `sent` holds a refused form by the name of its act."""

    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {
        "tender_papers_add": PapersForm,
        "tender_avoid": AvoidForm,
    }

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        given: dict[str, Any] = {"auto_id": f"id_{name}_%s", **options}
        if name == "tender_avoid":
            given["agencies"] = qualified_agencies(self.tender, self.at)
        else:
            given |= upload_limits(self.party.organization, self.at)
        return self.FORMS[name](*posted, **given)

    def desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        forms = {name: sent.get(name) or self.form_of(name) for name in self.FORMS}
        return self.page(
            "bidding/tender_parts.html",
            status=status,
            tender=self.tender,
            parts=parts_of(self.tender, is_public=False),
            papers_act=add_papers_act(self.tender, self.at, forms["tender_papers_add"]),
            avoid_act=avoid_act(self.tender, self.at, forms["tender_avoid"]),
        )

    def where(self, _done: Any) -> str:
        return reverse("bidding:tender_parts", args=[self.tender.slug])


class TenderParts(PartsDesk):
    """Papers and avoided agencies of a draft."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.desk()


class PartsAct(PartsDesk, ActView):
    """One act on the page."""

    name: ClassVar[str] = ""

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return self.form_of(self.name, *posted, **options)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.desk(status, **{self.name: form})


class AddPapers(PartsAct):
    """Add papers."""

    name = "tender_papers_add"

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, PapersForm)  # noqa: S101 - the form of this name
        return form.sent()

    def act(self, **given: Any) -> list[TenderPaper]:
        return actions.add_papers(tender=self.tender, **given, **self.hand)


class Avoid(PartsAct):
    """Avoid an agency."""

    name = "tender_avoid"

    def act(self, **given: Any) -> AvoidedAgency:
        return actions.avoid_agency(tender=self.tender, **given, **self.hand)


class RemovePart(PartsDesk, ActView):
    """Take one of them away."""

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return Confirmation(*posted, **options)

    def show(self, _form: BaseForm, status: int = 200) -> HttpResponse:
        return self.desk(status)


class RemovePaper(RemovePart):
    """Take a paper away."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        papers = TenderPaper.objects.filter(tender=self.tender).select_related("document")
        self.paper = get_object_or_404(papers, slug=kwargs["paper"])

    def act(self, **_given: Any) -> Tender:
        return actions.remove_paper(paper=copy(self.paper), **self.hand)


class RemoveAvoided(RemovePart):
    """Let an agency bid after all."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        avoided = AvoidedAgency.objects.filter(tender=self.tender).select_related("agency")
        self.avoided = get_object_or_404(avoided, slug=kwargs["avoided"])

    def act(self, **_given: Any) -> Tender:
        return actions.remove_avoided(avoided=copy(self.avoided), **self.hand)
