"""What an order has several of, papers and others: its owner adds them, who may reads them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions.tenders import lots as of_lots
from bidding.actions.tenders import parts as actions
from bidding.forms.contracts import FileForm
from bidding.forms.parts import AvoidForm, ExemptionForm, LotsForm, PapersForm, WitnessForm
from bidding.models import AvoidedAgency, Exemption, LotGroup, Tender, TenderPaper, Witness
from bidding.pages.acts import add_papers_act, avoid_act, divide_act, exempt_act, invite_act
from bidding.pages.agencies import qualified_agencies
from bidding.pages.parts import parts_of
from bidding.views.buyer import OwnTenderView
from marketplace.guards.documents import upload_limits
from marketplace.parties import acting
from marketplace.web.act_views import ActView, Confirmation
from marketplace.web.acts import Acts
from marketplace.web.desks import DeskAct, DeskView
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


def tender_exemption(request: HttpRequest, slug: str, exemption: str) -> HttpResponseBase:
    """Return the paper of an exemption to owner and officers."""
    rows = Exemption.objects.select_related("document", "tender__buyer", "tender__division")
    found = get_object_or_404(rows, slug=exemption, tender__slug=slug)
    party = acting(request)
    if not (
        permissions.can_see_draft(party, found.tender)
        or permissions.can_see_operated(party, found.tender)
    ):
        raise Http404
    return document_response(found.document)


class PartsDesk(OwnTenderView, DeskView):
    """The page with all lists."""

    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {
        "tender_papers_add": PapersForm,
        "tender_avoid": AvoidForm,
        "tender_exempt": ExemptionForm,
        "tender_invite": WitnessForm,
        "tender_divide": LotsForm,
    }
    WITH_FILES = ("tender_papers_add", "tender_exempt")

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        given: dict[str, Any] = {"auto_id": f"id_{name}_%s", **options}
        if name == "tender_avoid":
            given["agencies"] = qualified_agencies(self.tender, self.at)
        elif name in self.WITH_FILES:
            given |= upload_limits(self.party.organization, self.at)
        if name == "tender_exempt":
            given["most"] = 1
        return super().form_of(name, *posted, **given)

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        forms = self.forms(sent)
        return self.page(
            "bidding/tender_parts.html",
            status=status,
            tender=self.tender,
            parts=parts_of(self.tender, is_public=False),
            papers_act=Acts([add_papers_act(self.tender, self.at, forms["tender_papers_add"])]),
            avoid_act=Acts([avoid_act(self.tender, self.at, forms["tender_avoid"])]),
            exempt_act=Acts([exempt_act(self.tender, forms["tender_exempt"])]),
            divide_act=Acts([divide_act(self.tender, forms["tender_divide"])]),
            invite_act=Acts([invite_act(self.tender, self.at, forms["tender_invite"])]),
        )

    def where(self, _done: Any) -> str:
        return reverse("bidding:tender_parts", args=[self.tender.slug])


class TenderParts(PartsDesk):
    """Papers and avoided agencies of a draft."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class PartsAct(PartsDesk, DeskAct):
    """One act on the page."""


class FilesAct(PartsAct):
    """One act on the page that takes files."""

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, FileForm)  # noqa: S101 - the forms of such acts
        return form.sent()


class AddPapers(FilesAct):
    """Add papers."""

    name = "tender_papers_add"

    def act(self, **given: Any) -> list[TenderPaper]:
        return actions.add_papers(tender=self.tender, **given, **self.hand)


class Avoid(PartsAct):
    """Avoid an agency."""

    name = "tender_avoid"

    def act(self, **given: Any) -> AvoidedAgency:
        return actions.avoid_agency(tender=self.tender, **given, **self.hand)


class Exempt(FilesAct):
    """Say why a check does not bind."""

    name = "tender_exempt"

    def act(self, **given: Any) -> Exemption:
        return actions.exempt_order(tender=self.tender, **given, **self.hand)


class Invite(PartsAct):
    """Invite a witness."""

    name = "tender_invite"

    def act(self, **given: Any) -> Witness:
        return actions.invite_witness(tender=self.tender, **given, **self.hand)


class Divide(PartsAct):
    """Divide into lots."""

    name = "tender_divide"

    def act(self, **given: Any) -> LotGroup:
        return of_lots.divide_tender(tender=self.tender, **given, **self.hand)


class RemovePart(PartsDesk, ActView):
    """Take one of them away."""

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return Confirmation(*posted, **options)

    def show(self, _form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(status)


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


class RemoveExemption(RemovePart):
    """Let the check bind again."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = Exemption.objects.filter(tender=self.tender)
        self.exemption = get_object_or_404(found, slug=kwargs["exemption"])

    def act(self, **_given: Any) -> Tender:
        return actions.remove_exemption(exemption=copy(self.exemption), **self.hand)


class RemoveWitness(RemovePart):
    """Invite somebody no longer."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = Witness.objects.filter(tender=self.tender)
        self.witness = get_object_or_404(found, slug=kwargs["witness"])

    def act(self, **_given: Any) -> Tender:
        return actions.remove_witness(witness=copy(self.witness), **self.hand)
