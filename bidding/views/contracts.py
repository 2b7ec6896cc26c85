"""After the award, for both sides: letter, contract, delivery, acceptance and rating."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from bidding import permissions, queries
from bidding.actions import awards as award_actions
from bidding.actions import contracts as actions
from bidding.actions import ratings as rating_actions
from bidding.forms.tenders import ReasonsForm
from bidding.guards.contracts import open_upload
from bidding.models import Award, Contract
from bidding.pages.contracts import (
    Desk,
    abandon_act,
    accept_act,
    confirm_act,
    contract_acts,
    form_of,
)
from marketplace.kernel.verdicts import Refused
from marketplace.models import Document
from marketplace.web.acts import Act
from marketplace.web.files import document_response
from marketplace.web.views import (
    PartyView,
    refuse,
    say,
    say_refused,
)

PAGE_SIZE = 20


def award_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Show the letter of award, set for printing; it is public."""
    award = get_object_or_404(
        queries.public_awards(), tender__code=code, letter_number__isnull=False
    )
    is_cancelled = award.status == Award.Status.CANCELLED
    context = {"award": award, "tender": award.tender, "is_cancelled": is_cancelled}
    return render(request, "bidding/award_letter.html", context)


class Contracts(PartyView):
    """The awards and contracts of the reader's own unit."""

    def is_allowed(self) -> bool:
        return permissions.can_bid(self.party) or permissions.can_draft_tender(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = queries.awards_of_party(self.party)
        page = Paginator(awards, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page("bidding/contracts.html", awards=page, page_obj=page)


class AwardView(PartyView):
    """A page about one award; who is neither party nor authority does not learn that it exists."""

    award: Award
    contract: Contract | None

    def load(self, **kwargs: Any) -> None:
        award = queries.award_by_tender_slug(kwargs["slug"])
        if award is None or not permissions.can_see_contract(self.party, award):
            raise Http404
        self.award, self.contract = award, getattr(award, "contract", None)

    def is_allowed(self) -> bool:
        return True

    @property
    def desk(self) -> Desk:
        return Desk(self.award, self.party, self.at)

    @property
    def is_buyer(self) -> bool:
        return self.desk.is_buyer

    @property
    def is_agency(self) -> bool:
        return self.desk.is_agency

    def required_contract(self) -> Contract:
        if self.contract is None:
            raise Http404
        return self.contract

    def show(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        """Return the page; `sent` holds a refused form by the name of its act."""
        contract = self.contract
        context: dict[str, Any] = {
            "award": self.award,
            "tender": self.award.tender,
            "contract": contract,
            "is_buyer": self.is_buyer,
            "acts": contract_acts(replace(self.desk, sent=sent)),
        }
        if contract is not None:
            context |= {
                "uploads": contract.uploads.select_related("document", "organization"),
                "deliverables": contract.deliverables.select_related("document", "decided_by"),
                "evaluations": contract.evaluations.current(),
            }
        return self.page("bidding/contract.html", status=status, **context)

    def show_refused(self, name: str, form: BaseForm) -> HttpResponse:
        """Return the page as it is after a refusal, with what was filled in."""
        self.load(**self.kwargs)
        return self.show(status=422, **{name: form})

    def ask(self, act: Act, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page that asks before an act that cannot be taken back."""
        return self.page(
            f"bidding/{act.name}.html",
            status=status,
            act=act,
            award=self.award,
            tender=self.award.tender,
            contract=self.contract,
            **context,
        )


class ContractPage(AwardView):
    """The award's own page: contract, delivery and rating, with what can be done now."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()


class PartyAct(AwardView):
    """An act of one of the two sides; subclasses say whose and do it."""

    def is_allowed(self) -> bool:
        return self.is_buyer or self.is_agency

    def done(self, kind: str) -> HttpResponse:
        say(self.request, f"bidding/{kind}", award=self.award)
        return redirect("bidding:contract", slug=self.award.tender.slug)


class ContractUploadView(PartyAct):
    """Upload the signed text; the other side confirms it."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = form_of("contract_upload", request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.upload_contract(
                    award=self.award,
                    organization=self.party.organization,
                    file=form.cleaned_data["file"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                return self.done("contract_uploaded")
        return self.show_refused("contract_upload", form)


class ContractConfirm(PartyAct):
    """Confirm the text that the other side uploaded: from now on the service clock runs."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        upload = open_upload(self.contract)
        return self.ask(confirm_act(self.desk), document=upload.document if upload else None)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            actions.confirm_contract(
                contract=self.required_contract(),
                organization=self.party.organization,
                by=self.party.user,
                at=self.at,
            )
        except Refused as refused:
            say_refused(request, refused)
            return redirect("bidding:contract", slug=slug)
        return self.done("contract_signed")


class ReasonsAct(PartyAct):
    """An act that needs reasons: `name` is that of its address, `kind` what is said when done."""

    name = ""
    kind = ""

    def act(self, reasons: str) -> None:
        raise NotImplementedError

    def form(self, *posted: object) -> BaseForm:
        return form_of(self.name, *posted)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                self.act(form.cleaned_data["reasons"])
            except Refused as refused:
                refuse(form, refused)
            else:
                return self.done(self.kind)
        return self.show_refused(self.name, form)


class ContractReject(ReasonsAct):
    """Say what is wrong with the text that the other side uploaded."""

    name, kind = "contract_reject", "contract_rejected"

    def act(self, reasons: str) -> None:
        actions.reject_upload(
            contract=self.required_contract(),
            organization=self.party.organization,
            reasons=reasons,
            by=self.party.user,
            at=self.at,
        )


class AwardAbandon(ReasonsAct):
    """The winner gives the award up; this goes on its record."""

    name, kind = "award_abandon", "award_abandoned"

    def is_allowed(self) -> bool:
        return self.is_agency

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.ask(abandon_act(self.desk), form=self.form())

    def form(self, *posted: object) -> BaseForm:
        return ReasonsForm(*posted)  # type: ignore[arg-type]

    def show_refused(self, name: str, form: BaseForm) -> HttpResponse:
        self.load(**self.kwargs)
        return self.ask(abandon_act(self.desk), status=422, form=form)

    def act(self, reasons: str) -> None:
        award_actions.abandon_award(
            award=self.award, reasons=reasons, by=self.party.user, at=self.at
        )


class Deliver(PartyAct):
    """The agency hands in its result."""

    def is_allowed(self) -> bool:
        return self.is_agency

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = form_of("deliver", request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.deliver(
                    contract=self.required_contract(),
                    file=form.cleaned_data["file"],
                    note=form.cleaned_data["note"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                return self.done("delivered")
        return self.show_refused("deliver", form)


class AcceptDelivery(PartyAct):
    """The buyer signs for the result."""

    def is_allowed(self) -> bool:
        return self.is_buyer

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        deliverable = queries.last_deliverable(self.required_contract())
        return self.ask(accept_act(self.desk), deliverable=deliverable)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        deliverable = queries.last_deliverable(self.required_contract())
        if deliverable is None:
            raise Http404
        try:
            actions.accept_delivery(deliverable=deliverable, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(request, refused)
            return redirect("bidding:contract", slug=slug)
        return self.done("delivery_accepted")


class ReturnDelivery(ReasonsAct):
    """The buyer sends the result back for correction; the service clock runs on."""

    name, kind = "return_delivery", "delivery_returned"

    def is_allowed(self) -> bool:
        return self.is_buyer

    def act(self, reasons: str) -> None:
        deliverable = queries.last_deliverable(self.required_contract())
        if deliverable is None:
            raise Http404
        actions.return_delivery(
            deliverable=deliverable, reasons=reasons, by=self.party.user, at=self.at
        )


class Rate(PartyAct):
    """One side rates the other, or amends its rating while it may."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = form_of("rate", request.POST)
        if form.is_valid():
            scores = dict(form.cleaned_data)
            comment = scores.pop("comment")
            try:
                rating_actions.rate(
                    contract=self.required_contract(),
                    side=self.desk.side,
                    scores=rating_actions.Scores(**scores),
                    comment=comment,
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                return self.done("rated")
        return self.show_refused("rate", form)


class ContractDocument(AwardView):
    """A file of the contract, for those who may see the contract."""

    def get(self, _request: HttpRequest, slug: str, document: str) -> HttpResponseBase:
        found = queries.document_of(self.required_contract(), document)
        if not isinstance(found, Document):
            raise Http404
        return document_response(found)
