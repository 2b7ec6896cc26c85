"""After the award, for both sides: letter, contract, delivery, acceptance and rating."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from bidding import permissions
from bidding.actions import awards as award_actions
from bidding.actions import contracts as actions
from bidding.actions import ratings as rating_actions
from bidding.actions.conduct import report_buyer
from bidding.actions.payments import answer_payment
from bidding.forms.contracts import BuyerReportForm, FileForm, PaymentForm
from bidding.forms.sorts import award_orders
from bidding.forms.tenders import ReasonsForm
from bidding.guards.contracts import last_deliverable, open_upload
from bidding.guards.people import people_named
from bidding.guards.versions import version_of_award
from bidding.models import Award, Contract, Deliverable, Evaluation
from bidding.pages.bids import named
from bidding.pages.contract_page import contract_page
from bidding.pages.contract_texts import (
    blank_contract,
    contract_texts,
    drafted_contract,
    text_for,
)
from bidding.pages.contracts import (
    Desk,
    abandon_act,
    accept_act,
    after_giving_up,
    confirm_act,
    document_of,
    papers_of,
    payment_act,
    report_act,
)
from bidding.pages.names import as_they_stand
from bidding.pages.own import awards_of_party, begins_at
from bidding.pages.own_awards import own_awards
from bidding.pages.steps import contract_steps
from credit.models import ReportedFact
from marketplace.kernel import clock
from marketplace.kernel.versions import Version
from marketplace.models import Document
from marketplace.web.act_views import AskingView, Confirmation
from marketplace.web.acts import Act
from marketplace.web.components import order_of, sorting_of
from marketplace.web.desks import DeskAct, DeskView
from marketplace.web.files import content_response, document_response
from marketplace.web.uploads import DOCX
from marketplace.web.views import PartyView

PAGE_SIZE = 20


def award_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Show the letter of award, set for printing; it is public."""
    letters = Award.objects.for_lists().filter(tender__code=code, letter_number__isnull=False)
    letters = letters.select_related("tender__rulebook")
    award = letters.first()
    if award is None:
        raise Http404
    is_cancelled = award.status == Award.Status.CANCELLED
    context = {
        "award": award,
        "tender": award.tender,
        "is_cancelled": is_cancelled,
        "steps": contract_steps(award),
        "people": [named(one) for one in people_named(award)],
    }
    return render(request, "bidding/award_letter.html", context)


def contract_text(_request: HttpRequest, name: str) -> FileResponse:
    """Send a contract to fill in; it is for everybody."""
    text = contract_texts().get(name)
    if text is None:
        raise Http404
    return content_response(blank_contract(text, clock.now()), text.file_name, DOCX.content_type)


class Contracts(PartyView):
    """The awards and contracts of the reader's own unit."""

    def is_allowed(self) -> bool:
        return permissions.can_bid(self.party) or permissions.can_draft_tender(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = award_orders()
        awards = awards_of_party(self.party).order_by(*order_of(orders, request.GET).by)
        keys: Any = awards.values_list("pk", flat=True)
        page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
        sorting = sorting_of(orders, request.GET, is_in_form=False)
        unit = self.party.organization.pk
        awarded = own_awards(list(page))
        sides = as_they_stand([award.other_side(unit) for award in awarded], self.at)
        rows = list(zip(awarded, sides, strict=True))
        return self.page(
            "bidding/contracts.html",
            rows=rows,
            page_obj=page,
            sorting=sorting,
            start=begins_at(self.party),
        )


class AwardView(DeskView):
    """A page about one award; who is neither party nor authority does not learn that it exists."""

    award: Award
    contract: Contract | None

    def load(self, **kwargs: Any) -> None:
        awards = Award.objects.for_lists().select_related("tender__rulebook")
        # the last one that is the reader's business: a winner that gave way keeps its own page
        found = awards.filter(tender__slug=kwargs["slug"])
        seen = (award for award in found if permissions.can_see_contract(self.party, award))
        award = next(seen, None)
        if award is None:
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

    def version(self) -> Version:
        return version_of_award(self.award)

    def required_contract(self) -> Contract:
        if self.contract is None:
            raise Http404
        return self.contract

    def required_deliverable(self) -> Deliverable:
        found = last_deliverable(self.required_contract())
        if found is None:
            raise Http404
        return found

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        return self.desk.form_of(name, *posted, **options)

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        context = {
            "award": self.award,
            "tender": self.award.tender,
            "page": contract_page(replace(self.desk, sent=sent)),
        }
        return self.page("bidding/contract.html", status=status, **context)


class ContractPage(AwardView):
    """The award's own page: contract, delivery and rating, with what can be done now."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class ContractDraft(AwardView):
    """The text of the contract, filled in with what was awarded, for the two sides."""

    def is_allowed(self) -> bool:
        return self.is_buyer or self.is_agency

    def get(self, _request: HttpRequest, slug: str) -> FileResponse:
        text = text_for(self.award.tender.item.service_class)
        draft = drafted_contract(self.award, self.at)
        return content_response(draft, text.file_name, DOCX.content_type)


class PartyAct(AwardView, DeskAct):
    """An act of one of the two sides; `name` is that of its address, the desk knows its form."""

    def is_allowed(self) -> bool:
        return self.is_buyer or self.is_agency

    def words(self, done: Any) -> dict[str, Any]:
        return {"award": self.award}

    def where(self, done: Any) -> str:
        return reverse("bidding:contract", args=[self.award.tender.slug])


class AskedAct(PartyAct, AskingView):
    """An act that cannot be taken back: it has a page that asks before it."""

    form_class: type[BaseForm] = Confirmation

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return self.form_class(*posted, **options)

    def ask(self, act: Act, status: int, **context: Any) -> HttpResponse:
        return self.page(
            f"bidding/{act.name}.html",
            status=status,
            act=act,
            award=self.award,
            tender=self.award.tender,
            contract=self.contract,
            **context,
        )


class ContractUploadView(PartyAct):
    """Upload the signed text; the other side confirms it."""

    name, said = "contract_upload", "bidding/contract_uploaded"

    def given(self, form: BaseForm) -> dict[str, Any]:
        return cast("FileForm", form).sent()

    def act(self, **given: Any) -> Contract:
        unit = self.party.organization
        return actions.upload_contract(award=self.award, organization=unit, **given, **self.hand)


class ContractConfirm(AskedAct):
    """Confirm the text that the other side uploaded: from now on the service clock runs."""

    name, said = "contract_confirm", "bidding/contract_signed"

    def act(self, **given: Any) -> Contract:
        contract, unit = self.required_contract(), self.party.organization
        return actions.confirm_contract(contract=contract, organization=unit, **given, **self.hand)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        upload = open_upload(self.contract)
        papers = papers_of(upload) if upload else []
        return self.ask(confirm_act(self.desk), status, documents=papers)


class ContractReject(PartyAct):
    """Say what is wrong with the text that the other side uploaded."""

    name, said = "contract_reject", "bidding/contract_rejected"

    def act(self, **given: Any) -> Contract:
        contract, unit = self.required_contract(), self.party.organization
        return actions.reject_upload(contract=contract, organization=unit, **given, **self.hand)


class AwardAbandon(AskedAct):
    """The winner gives the award up; this goes on its record."""

    name, said, form_class = "award_abandon", "bidding/award_abandoned", ReasonsForm

    def is_allowed(self) -> bool:
        return self.is_agency

    def act(self, **given: Any) -> Award:
        return award_actions.abandon_award(award=self.award, **given, **self.hand)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        follows = after_giving_up(self.award, self.at)
        return self.ask(abandon_act(self.desk), status, form=form, follows=follows)


class BuyerReport(AskedAct):
    """The winner says what the buyer did; officers find whether it is so."""

    name, said, form_class = "buyer_report", "bidding/buyer_reported", BuyerReportForm

    def is_allowed(self) -> bool:
        return self.is_agency

    def act(self, **given: Any) -> ReportedFact:
        return report_buyer(award=self.award, **given, **self.hand)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.ask(report_act(self.desk), status, form=form)


class PaymentAnswer(AskedAct):
    """The winner answers whether it was paid as agreed."""

    name, said, form_class = "payment_answer", "bidding/payment_answered", PaymentForm

    def is_allowed(self) -> bool:
        return self.is_agency

    def act(self, **given: Any) -> Contract:
        return answer_payment(contract=self.required_contract(), **given, **self.hand)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.ask(payment_act(self.desk, self.required_contract()), status, form=form)


class Deliver(PartyAct):
    """The agency hands in its result."""

    name, said = "deliver", "bidding/delivered"

    def given(self, form: BaseForm) -> dict[str, Any]:
        return cast("FileForm", form).sent()

    def is_allowed(self) -> bool:
        return self.is_agency

    def act(self, **given: Any) -> Deliverable:
        return actions.deliver(contract=self.required_contract(), **given, **self.hand)


class AcceptDelivery(AskedAct):
    """The buyer signs for the result."""

    name, said = "accept_delivery", "bidding/delivery_accepted"

    def is_allowed(self) -> bool:
        return self.is_buyer

    def act(self, **given: Any) -> Deliverable:
        return actions.accept_delivery(
            deliverable=self.required_deliverable(), **given, **self.hand
        )

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        deliverable = last_deliverable(self.required_contract())
        papers = papers_of(deliverable) if deliverable else []
        return self.ask(accept_act(self.desk), status, deliverable=deliverable, documents=papers)


class ReturnDelivery(PartyAct):
    """The buyer sends the result back for correction; the service clock runs on."""

    name, said = "return_delivery", "bidding/delivery_returned"

    def is_allowed(self) -> bool:
        return self.is_buyer

    def act(self, **given: Any) -> Deliverable:
        return actions.return_delivery(
            deliverable=self.required_deliverable(), **given, **self.hand
        )


class Rate(PartyAct):
    """One side rates the other, or amends its rating while it may."""

    name, said = "rate", "bidding/rated"

    def act(self, **given: Any) -> Evaluation:
        comment, stars = given.pop("comment"), given
        return rating_actions.rate(
            contract=self.required_contract(),
            side=self.desk.side,
            scores=rating_actions.Scores(**stars),
            comment=comment,
            **self.hand,
        )


class ContractDocument(AwardView):
    """A file of the contract, for those who may see the contract."""

    def get(self, _request: HttpRequest, slug: str, document: str) -> HttpResponseBase:
        found = document_of(self.required_contract(), document)
        if not isinstance(found, Document):
            raise Http404
        return document_response(found)
