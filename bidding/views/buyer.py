"""The buyer's side: draft an order in steps, send it in, watch it, end or repeat it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bidding import permissions, queries
from bidding.actions import tenders as actions
from bidding.forms.tenders import ItemForm, MethodForm, NeedForm, OrderForm, ReasonsForm
from bidding.guards import tenders as guards
from bidding.models import Tender
from bidding.pages.acts import cancel_act
from bidding.pages.orders import notice_of, order_facts, wizard_steps
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Refused
from marketplace.models import ServiceItem
from marketplace.web.views import (
    PartyView,
    refuse,
    say,
    say_refused,
)

PAGE_SIZE = 20


class BuyerTenders(PartyView):
    """The orders of the unit; a buyer's agent sees only their own."""

    def is_allowed(self) -> bool:
        return permissions.can_draft_tender(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        tenders = queries.tenders_of_buyer(self.party)
        page = Paginator(tenders, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page("bidding/buyer_tenders.html", tenders=page, page_obj=page)


class TenderNew(PartyView):
    """Step one of the wizard: the item and the place."""

    def is_allowed(self) -> bool:
        return permissions.can_draft_tender(self.party)

    def form(self, data: Any = None) -> ItemForm:
        items = ServiceItem.objects.offered_on(day_of(self.at)).select_related("service_class")
        asked = {"item": self.request.GET.get("item"), "division": self.party.organization.division}
        return ItemForm(data, items=items, initial=asked)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                tender = actions.draft_tender(
                    buyer=self.party.organization,
                    item=form.cleaned_data["item"],
                    division=form.cleaned_data["division"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                return redirect("bidding:tender_edit", slug=tender.slug, step="need")
        return self.show(form, status=422)

    def show(self, form: ItemForm, status: int = 200) -> HttpResponse:
        steps = wizard_steps("item")
        return self.page("bidding/tender_new.html", status=status, form=form, steps=steps)


class TenderNewPreview(TenderNew):
    """The notice with nothing but the item and the place, for the page to show beside the form."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        raise Http404

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page("bidding/_notice_preview.html")
        chosen = form.cleaned_data["item"], form.cleaned_data["division"]
        tender = actions.planned_tender(self.party.organization, *chosen, self.party.user, self.at)
        return self.page("bidding/_notice_preview.html", notice=notice_of(tender, self.at))


class OwnTenderView(PartyView):
    """A page about one order of the reader's own unit."""

    tender: Tender

    def load(self, **kwargs: Any) -> None:
        tender = queries.tender_by_slug(kwargs["slug"])
        if tender is None or not permissions.can_see_draft(self.party, tender):
            raise Http404
        self.tender = tender

    def is_allowed(self) -> bool:
        return True


class TenderEdit(OwnTenderView):
    """Steps two to four of the wizard; each step is saved by itself."""

    STEPS = {"need": NeedForm, "method": MethodForm}
    NEXT = {"need": "method", "method": "check"}

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form(self, step: str, data: Any = None) -> OrderForm:
        if step == "method":
            agencies = queries.eligible_agencies(self.tender, self.at)
            return MethodForm(data, instance=self.tender, agencies=agencies, at=self.at)
        return NeedForm(data, instance=self.tender, at=self.at)

    def get(self, _request: HttpRequest, slug: str, step: str) -> HttpResponse:
        if step == "check":
            return self.show_check()
        if step not in self.STEPS:
            raise Http404
        return self.show(self.form(step), step)

    def post(self, request: HttpRequest, slug: str, step: str) -> HttpResponse:
        if step not in self.STEPS:
            raise Http404
        form = self.form(step, request.POST)
        if form.is_valid():
            try:
                actions.change_tender(
                    tender=self.tender, by=self.party.user, at=self.at, **form.cleaned_data
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                return redirect("bidding:tender_edit", slug=slug, step=self.NEXT[step])
        return self.show(form, step, status=422)

    def show(self, form: OrderForm, step: str, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/tender_edit.html",
            status=status,
            form=form,
            step=step,
            tender=self.tender,
            notice=notice_of(form.instance, self.at),
            steps=wizard_steps(step, self.tender),
        )

    def show_check(self) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_check.html",
            tender=tender,
            notice=notice_of(tender, self.at),
            verdicts=guards.may_submit_tender(tender, self.at),
            warnings=guards.warnings_of(tender, self.at),
            steps=wizard_steps("check", tender),
        )


class TenderPreview(TenderEdit):
    """The notice as it is being filled in, for the page to show beside the form; saves nothing."""

    def get(self, _request: HttpRequest, slug: str, step: str) -> HttpResponse:
        raise Http404

    def post(self, request: HttpRequest, slug: str, step: str) -> HttpResponse:
        if step not in self.STEPS:
            raise Http404
        form = self.form(step, request.POST)
        form.is_valid()
        notice = notice_of(form.instance, self.at)
        return self.page("bidding/_notice_preview.html", notice=notice)


class TenderSubmit(OwnTenderView):
    """Step five: send the order in."""

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_submit.html",
            tender=tender,
            verdicts=guards.may_submit_tender(tender, self.at),
            steps=wizard_steps("submit", tender),
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            actions.submit_tender(tender=self.tender, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(request, refused)
            return redirect("bidding:tender_edit", slug=slug, step="check")
        say(request, "bidding/tender_submitted", tender=self.tender)
        return redirect("bidding:buyer_tender", slug=slug)


class BuyerTender(OwnTenderView):
    """One own order: where it stands and what can be done."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/buyer_tender.html",
            tender=tender,
            facts=order_facts(tender),
            can_edit=permissions.can_edit_tender(self.party, tender),
            cancel_verdicts=guards.may_cancel(tender, self.at),
            rerun_verdicts=guards.may_rerun(tender, self.at),
            log=queries.public_log(tender),
        )


class TenderCancel(OwnTenderView):
    """Call an order off, with reasons that are published when the order was."""

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(ReasonsForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = ReasonsForm(request.POST)
        if form.is_valid():
            try:
                actions.cancel_tender(
                    tender=self.tender,
                    reasons=form.cleaned_data["reasons"],
                    by=self.party.user,
                    at=self.at,
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                say(request, "bidding/tender_cancelled", tender=self.tender)
                return redirect("bidding:buyer_tender", slug=slug)
        self.load(slug=slug)
        return self.show(form, status=422)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        act = cancel_act(self.tender, self.at)
        return self.page(
            "bidding/tender_cancel.html", status=status, form=form, act=act, tender=self.tender
        )


class TenderRerun(OwnTenderView):
    """Start the next round of a failed order as a new draft."""

    def is_allowed(self) -> bool:
        return permissions.can_see_draft(self.party, self.tender)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            draft = actions.rerun_tender(tender=self.tender, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(request, refused)
            return redirect("bidding:buyer_tender", slug=slug)
        return redirect("bidding:tender_edit", slug=draft.slug, step="need")
