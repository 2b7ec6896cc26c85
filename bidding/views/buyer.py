"""The buyer's side: draft an order in steps, send it in, watch it, end or repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import partial
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bidding import permissions
from bidding.actions import tenders as actions
from bidding.forms.sorts import own_tender_orders
from bidding.forms.tenders import ItemForm, MethodForm, NeedForm, OrderForm, ReasonsForm
from bidding.guards import tenders as guards
from bidding.guards.amendments import may_amend
from bidding.guards.rounds import may_rerun
from bidding.guards.versions import version_of_order
from bidding.guards.warnings import warnings_of
from bidding.models import Tender
from bidding.pages.acts import cancel_act, delete_act
from bidding.pages.agencies import offered_agencies, qualified_agencies
from bidding.pages.amendments import amendments_of
from bidding.pages.choices import awaits_choice
from bidding.pages.explanations import explanation_rows
from bidding.pages.notices import public_log
from bidding.pages.order_page import own_offer
from bidding.pages.order_rows import order_rows
from bidding.pages.orders import notice_of, order_facts
from bidding.pages.own import tenders_of_buyer
from bidding.pages.parts import parts_of
from bidding.pages.pushes import waiting_projects
from bidding.pages.questions import all_questions
from bidding.pages.wizard import wizard_steps
from bidding.selection.methods import words_of
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.models import ServiceItem
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.lookups import named_or_404
from marketplace.web.views import PartyView, say

PAGE_SIZE = 20


class BuyerTenders(PartyView):
    """The orders of the unit; a buyer's agent sees only their own."""

    def is_allowed(self) -> bool:
        return permissions.can_draft_tender(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = own_tender_orders()
        tenders = tenders_of_buyer(self.party).order_by(*order_of(orders, request.GET).by)
        keys: Any = tenders.values_list("pk", flat=True)
        page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/buyer_tenders.html",
            tenders=order_rows(list(page)),
            pushed=waiting_projects(self.party.organization),
            page_obj=page,
            sorting=sorting_of(orders, request.GET, is_in_form=False),
        )


class NewOrder(PartyView):
    """The item and the place of an order that is not there yet."""

    def is_allowed(self) -> bool:
        return permissions.can_draft_tender(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        items = ServiceItem.objects.offered_on(day_of(self.at)).select_related("service_class")
        asked = {"item": self.request.GET.get("item"), "division": self.party.organization.division}
        initial = {**asked, **options.get("initial", {})}
        return ItemForm(*posted, items=items, initial=initial)


class TenderNew(NewOrder, AskingView):
    """
    Step one of the wizard: the item and the place; there is nothing yet that could change.

    Whoever is led here from a page for everybody, and acts for nobody that buys, comes to where one
    registers as an owner.
    """

    def enter(self) -> HttpResponse | None:
        elsewhere = super().enter()
        if elsewhere is None and self.request.method == "GET" and self.party.buys_nothing:
            return redirect("marketplace:register_buyer")
        return elsewhere

    def act(self, **given: Any) -> Tender:
        return actions.draft_tender(buyer=self.party.organization, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        steps = wizard_steps("item")
        return self.page("bidding/tender_new.html", status=status, form=form, steps=steps)


class TenderNewPreview(NewOrder):
    """The notice with nothing but the item and the place, for the page to show beside the form."""

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
        tender = named_or_404(Tender, kwargs["slug"], "with_details")
        if not permissions.can_see_draft(self.party, tender):
            raise Http404
        self.tender = tender

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_order(self.tender)


class WizardStep(OwnTenderView):
    """What the pages of the wizard about one draft share; an unknown step is 404."""

    FORMS: ClassVar[Mapping[str, type[OrderForm]]] = {"need": NeedForm, "method": MethodForm}

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if kwargs["step"] not in self.FORMS:
            raise Http404

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    @property
    def step(self) -> str:
        return str(self.kwargs["step"])

    def form(self, *posted: Any, **options: Any) -> OrderForm:
        # The form fills in the order that it is given, which must not pass for what is stored.
        given = {"instance": copy(self.tender), "at": self.at, **options}
        if self.step == "method":
            given["agencies"] = qualified_agencies(self.tender, self.at)
            given["offered"] = partial(offered_agencies, self.tender, self.at)
        return self.FORMS[self.step](*posted, **given)


class TenderItem(OwnTenderView, AskingView):
    """Step one again: another item or another place, until the order is sent in."""

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        offered = ServiceItem.objects.offered_on(day_of(self.at))
        items = offered.select_related("service_class")
        known = {"item": self.tender.item.code, "division": self.tender.division}
        return ItemForm(*posted, items=items, initial={**known, **options.get("initial", {})})

    def act(self, **given: Any) -> Tender:
        return actions.choose_item(tender=self.tender, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/tender_item.html",
            status=status,
            form=form,
            tender=self.tender,
            notice=notice_of(self.tender, self.at),
            steps=wizard_steps("item", self.tender),
        )


class TenderEdit(WizardStep, AskingView):
    """
    Steps two and three of the wizard; each is saved by itself.

    Whoever leaves a step by one of its buttons loses nothing: what cannot be stored yet is kept as
    it was typed.
    """

    NEXT: ClassVar[Mapping[str, str]] = {"need": "method", "method": "check"}
    LEAVING = ("later", "back")

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        typed = self.put_back() or {
            name: texts if len(texts) > 1 else texts[0]
            for name, texts in self.tender.typed.get(self.step, {}).items()
        }
        return self.show(self.form(initial=typed) if typed else self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not any(name in request.POST for name in self.LEAVING):
            return super().post(request, **kwargs)
        form = self.form(request.POST)
        return self.attempt(form, lambda: self.keep(form), self.leave)

    def keep(self, form: BaseForm) -> Tender:
        """Store the step, or what was typed into it where it cannot be stored yet."""
        if form.is_valid():
            return self.act(**self.given(form))
        typed = self.typed(form)
        return actions.keep_typed(tender=self.tender, step=self.step, typed=typed, **self.hand)

    def leave(self, _kept: Tender) -> HttpResponse:
        """Say that nothing is lost, and go where the button leads."""
        say(self.request, "bidding/tender_kept")
        return redirect(self.away())

    def typed(self, form: BaseForm) -> dict[str, list[str]]:
        """Return the texts of the form's fields as they were sent."""
        return {
            name: texts
            for name, texts in self.request.POST.lists()
            if name in form.fields and any(texts)
        }

    def away(self) -> str:
        """Return where somebody goes who leaves the step: the order, or the step before."""
        if "later" in self.request.POST:
            return reverse("bidding:buyer_tender", args=[self.tender.slug])
        if self.step == "need":
            return reverse("bidding:tender_item", args=[self.tender.slug])
        return reverse("bidding:tender_edit", args=[self.tender.slug, "need"])

    def act(self, **given: Any) -> Tender:
        return actions.change_tender(tender=self.tender, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, self.NEXT[self.step]])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/tender_edit.html",
            is_first=self.step == "need",
            status=status,
            form=form,
            step=self.step,
            tender=self.tender,
            notice=notice_of(getattr(form, "instance", self.tender), self.at),
            steps=wizard_steps(self.step, self.tender),
        )


class TenderCheck(OwnTenderView):
    """Step four: everything as it will be published, and what still stands against it."""

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_check.html",
            tender=tender,
            notice=notice_of(tender, self.at),
            verdicts=guards.may_submit_tender(tender, self.at),
            warnings=warnings_of(tender, self.at),
            parts=parts_of(tender, is_public=False),
            steps=wizard_steps("check", tender),
        )


class TenderPreview(WizardStep):
    """The notice as it is being filled in, for the page to show beside the form; saves nothing."""

    def post(self, request: HttpRequest, slug: str, step: str) -> HttpResponse:
        form = self.form(request.POST)
        form.is_valid()
        notice = notice_of(form.instance, self.at)
        return self.page("bidding/_notice_preview.html", notice=notice)


class TenderSubmit(OwnTenderView, AskingView):
    """Step five: send the order in."""

    said = "bidding/tender_submitted"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.submit_tender(tender=self.tender, **given, **self.hand)

    def words(self, done: Tender) -> dict[str, Any]:
        return {"tender": done}

    def where(self, done: Tender) -> str:
        return reverse("bidding:buyer_tender", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        tender = self.tender
        return self.page(
            "bidding/tender_submit.html",
            status=status,
            tender=tender,
            verdicts=guards.may_submit_tender(tender, self.at),
            steps=wizard_steps("submit", tender),
        )


class OwnTenderDesk(OwnTenderView):
    """One own order: where it stands and what can be done."""

    def show(self, _form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        tender = self.tender
        rerun = may_rerun(tender, self.at)
        can_edit = permissions.can_edit_tender(self.party, tender)
        return self.page(
            "bidding/buyer_tender.html",
            status=status,
            tender=tender,
            words=words_of(tender),
            facts=order_facts(tender),
            offer=own_offer(tender, rerun, can_edit=can_edit),
            awaits_choice=can_edit and awaits_choice(tender),
            cancel_verdicts=guards.may_cancel(tender, self.at),
            rerun_verdicts=rerun,
            take_back_verdicts=guards.may_take_back(tender, self.at),
            copy_verdicts=guards.may_copy(tender, self.at),
            amend_verdicts=may_amend(tender, self.at),
            amendments=amendments_of(tender),
            parts=parts_of(tender, is_public=False),
            questions=all_questions(tender),
            explanations=explanation_rows(tender, may_act=can_edit),
            log=public_log(tender),
        )


class BuyerTender(OwnTenderDesk):
    """The owner's page of one order."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()


class TenderCancel(OwnTenderView, AskingView):
    """Call an order off, with reasons that are published when the order was."""

    form_class, said = ReasonsForm, "bidding/tender_cancelled"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.cancel_tender(tender=self.tender, **given, **self.hand)

    def words(self, done: Tender) -> dict[str, Any]:
        return {"tender": done}

    def where(self, done: Tender) -> str:
        return reverse("bidding:buyer_tender", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        act = cancel_act(self.tender, self.at)
        return self.page(
            "bidding/tender_cancel.html", status=status, form=form, act=act, tender=self.tender
        )


class TenderDelete(OwnTenderView, AskingView):
    """Throw a draft away."""

    said = "bidding/tender_deleted"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.delete_tender(tender=self.tender, **given, **self.hand)

    def where(self, _done: Tender) -> str:
        return "bidding:buyer_tenders"

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        act = delete_act(self.tender, self.at)
        return self.page("bidding/tender_delete.html", status=status, act=act, tender=self.tender)


class TenderTakeBack(OwnTenderDesk, ActView):
    """Take a submission back, to change it."""

    said = "bidding/tender_taken_back"

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.take_back_tender(tender=self.tender, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])


class TenderCopy(OwnTenderDesk, ActView):
    """Begin another order with the content of this one."""

    said = "bidding/tender_copied"

    def is_allowed(self) -> bool:
        return permissions.can_see_draft(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.copy_tender(tender=self.tender, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])


class TenderRerun(OwnTenderDesk, ActView):
    """Start the next round of a failed order as a new draft."""

    def is_allowed(self) -> bool:
        return permissions.can_see_draft(self.party, self.tender)

    def act(self, **given: Any) -> Tender:
        return actions.rerun_tender(tender=self.tender, **given, **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])
