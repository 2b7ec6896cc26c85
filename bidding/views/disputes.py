"""Objections and complaints of agencies and owners: file, follow, answer, complain, take back."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bidding import permissions
from bidding.actions import disputes as actions
from bidding.forms.disputes import AboutForm, AnswerDisputeForm, DisputeForm
from bidding.guards import disputes as guards
from bidding.guards.disputes import Filing
from bidding.guards.versions import version_of_matter
from bidding.models import Dispute, Matter
from bidding.pages import disputes as pages
from bidding.pages import disputes_asked as asking
from bidding.pages.complaints import complaint_crumbs
from bidding.pages.filing import About, about_of, find_about
from marketplace.guards.documents import upload_limits
from marketplace.kernel.versions import Version
from marketplace.models import Document, Organization
from marketplace.web.act_views import AskingView
from marketplace.web.act_views import Confirmation as NothingMore
from marketplace.web.asking import Asked, AskedView
from marketplace.web.files import document_response
from marketplace.web.lookups import named_or_404
from marketplace.web.views import PartyView


class OwnDisputes(PartyView):
    """What the own unit has filed and must answer."""

    def is_allowed(self) -> bool:
        party = self.party
        return permissions.can_file_dispute(party) or permissions.can_operate(party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page(
            "bidding/own_disputes.html",
            rows=pages.own_lines(self.party, self.at),
            may_file=permissions.can_file_dispute(self.party),
            crumbs=pages.own_crumbs(),
        )


class DisputeAbout(AskingView):
    """The first step: what it is about; officers, whom public pages lead here too, read who may."""

    form_class = AboutForm
    about: About

    def is_allowed(self) -> bool:
        may_read = self.party is not None and self.request.method != "POST"
        return may_read or permissions.can_file_dispute(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        asked = self.request.GET
        known = {name: asked[name] for name in ("matter", "code", "name") if name in asked}
        return super().form(*posted, **{"initial": known, **options})

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show_wrong(form)
        about, field, reason = find_about(**form.cleaned_data)
        if about is None:
            form.add_error(field, reason)
            return self.show_wrong(form)
        return self.finish(about)

    def where(self, done: About) -> str:
        return reverse("bidding:dispute_new", args=[done.matter, done.key])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/dispute_about.html",
            status=status,
            form=form if permissions.can_file_dispute(self.party) else None,
            crumbs=complaint_crumbs(pages.ABOUT),
        )


class DisputeNew(AskingView):
    """The second page: facts, request, evidence, and the word for it."""

    form_class, said = DisputeForm, "bidding/dispute_filed"
    about: About

    def is_allowed(self) -> bool:
        return permissions.can_file_dispute(self.party)

    def load(self, **kwargs: Any) -> None:
        about = about_of(kwargs["matter"], kwargs["key"])
        if about is None:
            raise Http404
        self.about = about

    def version(self) -> Version:
        return version_of_matter(self.about.tender, self.about.organization)

    def filing(self, respondent: str = "", occurred_on: Any = None) -> Filing:
        """Return what is filed; another agency is chosen among those that all may know of."""
        whom = self.about.organization
        if self.about.matter == Matter.AGENCY:
            whom = next((one for one in self.others() if one.slug == respondent), None)
        return Filing(
            matter=self.about.matter,
            filer=self.party.organization,
            tender=self.about.tender,
            respondent=whom,
            occurred_on=occurred_on,
        )

    def others(self) -> list[Organization]:
        """Return the other bidders of an opened order."""
        return self.about.others_than(self.party.organization)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        is_other = self.about.matter == Matter.AGENCY
        return super().form(
            *posted,
            others=self.others() if is_other else None,
            asks_day=self.about.matter == Matter.OPERATOR,
            **upload_limits(self.party.organization, self.at),
            **options,
        )

    def act(self, **given: Any) -> Dispute:
        given.pop("is_true")
        files = given.pop("evidence")
        filing = self.filing(given.pop("respondent", ""), given.pop("occurred_on", None))
        return actions.file_dispute(filing=filing, files=files, **given, **self.hand)

    def words(self, done: Dispute) -> dict[str, Any]:
        return {"number": done.number}

    def where(self, done: Dispute) -> str:
        return reverse("bidding:own_dispute", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        about = self.about
        told = about.told(self.party.organization, self.at)
        return self.page(
            "bidding/dispute_new.html",
            status=status,
            about=about,
            told=told,
            is_closed=bool(told.failed) and not form.is_bound,
            form=form,
            back_url=reverse("bidding:dispute_about"),
            crumbs=pages.own_crumbs(about.title),
        )


class OwnDisputeView(PartyView):
    """A page about one of the own unit; another's is 404."""

    dispute: Dispute

    def load(self, **kwargs: Any) -> None:
        found = named_or_404(Dispute, kwargs["slug"], "with_relations")
        if not permissions.can_see_own_dispute(self.party, found):
            raise Http404
        self.dispute = found

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return actions.version_of_dispute(self.dispute)


class OwnDispute(OwnDisputeView):
    """What was filed, how far it is, and what may be done."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        dispute, own = self.dispute, self.party.organization
        evidence, papers = pages.papers_of(dispute)
        return self.page(
            "bidding/dispute.html",
            dispute=dispute,
            title=dispute.title,
            closing=pages.closing_of(dispute),
            facts=pages.facts_of(dispute, own),
            steps=pages.steps_of(dispute),
            evidence=evidence,
            papers=papers,
            acts=pages.own_acts(dispute, self.party, self.at),
            crumbs=pages.own_crumbs(dispute.number),
        )


class DisputeDocument(PartyView):
    """A paper of it, for its sides and the officers who see it."""

    document: Document

    def load(self, **kwargs: Any) -> None:
        dispute = named_or_404(Dispute, kwargs["slug"], "with_relations")
        sees = permissions.can_see_own_dispute(self.party, dispute)
        document = pages.document_of(dispute, kwargs["document"])
        if document is None or not (sees or permissions.can_see_dispute(self.party, dispute)):
            raise Http404
        self.document = document

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest, **_kwargs: str) -> FileResponse:
        return document_response(self.document)


class OwnAsk(OwnDisputeView, AskedView):
    """An act of a side, on a page that says what follows."""

    template = "bidding/dispute_act.html"

    def is_allowed(self) -> bool:
        return permissions.can_withdraw_dispute(self.party, self.dispute)

    def words(self, done: Any) -> dict[str, Any]:
        return {"number": self.dispute.number}

    def where(self, done: Any) -> str:
        return reverse("bidding:own_dispute", args=[self.dispute.slug])

    def beside(self, asked: Asked) -> dict[str, Any]:
        return {
            "dispute": self.dispute,
            "title": self.dispute.title,
            "facts": pages.facts_of(self.dispute, self.party.organization),
            "crumbs": pages.own_crumbs(asked.title),
        }


class DisputeAnswer(OwnAsk):
    """Answer as the unit that it is about."""

    form_class, said = AnswerDisputeForm, "bidding/dispute_answered"

    def is_allowed(self) -> bool:
        return permissions.can_answer_dispute(self.party, self.dispute)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        return super().form(*posted, **limits, **options)

    def act(self, **given: Any) -> Dispute:
        files = given.pop("papers")
        return actions.answer_dispute(dispute=self.dispute, files=files, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.answer(self.dispute, guards.may_answer(self.dispute, self.at))


class DisputeWithdraw(OwnAsk):
    """Take it back."""

    form_class, said = NothingMore, "bidding/dispute_withdrawn"

    def act(self, **given: Any) -> Dispute:
        return actions.withdraw_dispute(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.withdraw(self.dispute)


class DisputeSettle(OwnAsk):
    """Be content with the answer."""

    form_class, said = NothingMore, "bidding/dispute_settled"

    def act(self, **given: Any) -> Dispute:
        return actions.settle_dispute(dispute=self.dispute, **given, **self.hand)

    def asked(self) -> Asked:
        return asking.settle(self.dispute)


class DisputeComplain(OwnDisputeView, AskingView):
    """Complain of the answer to the own objection, or of there being none."""

    form_class, said = DisputeForm, "bidding/dispute_filed"

    def is_allowed(self) -> bool:
        return permissions.can_withdraw_dispute(self.party, self.dispute)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        typed = {"facts": self.dispute.facts, "request": self.dispute.request}
        limits = upload_limits(self.party.organization, self.at)
        options = {**options, "initial": {**typed, **options.get("initial", {})}}
        return super().form(*posted, has_evidence=True, **limits, **options)

    def act(self, **given: Any) -> Dispute:
        given.pop("is_true")
        files = given.pop("evidence")
        return actions.complain(objection=self.dispute, files=files, **given, **self.hand)

    def words(self, done: Dispute) -> dict[str, Any]:
        return {"number": done.number}

    def where(self, done: Dispute) -> str:
        return reverse("bidding:own_dispute", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        about = About.of(self.dispute)
        told = about.told_again(self.dispute, self.at)
        return self.page(
            "bidding/dispute_new.html",
            status=status,
            about=about,
            told=told,
            is_closed=bool(told.failed) and not form.is_bound,
            form=form,
            back_url=reverse("bidding:own_dispute", args=[self.dispute.slug]),
            crumbs=pages.own_crumbs(about.title),
        )
