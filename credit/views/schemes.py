"""The next version of the credit scheme: one manager puts it up, a second one looks at it."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from credit import permissions
from credit.actions import schemes as actions
from credit.forms.schemes import SchemeForm
from credit.guards.proposals import may_propose_scheme, may_settle_scheme
from credit.in_force import scheme_at, scheme_in, text_at
from credit.models import CreditScheme, SchemeProposal
from credit.pages import scheme as pages
from credit.pages.cases import SCHEMES, case_crumbs
from credit.versions import version_of_proposal
from marketplace.forms.reference import sentence_of
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.reference import BadReferenceData
from marketplace.web.act_views import REFUSED, AskingView
from marketplace.web.views import PartyView

SHOWN = 20


class SchemeVersions(AskingView):
    """The versions that hold or are to hold, what was put up, and a form for the next one."""

    form_class, said = SchemeForm, "credit/scheme_proposed"

    def is_allowed(self) -> bool:
        return permissions.can_manage_scheme(self.party)

    def act(self, **given: Any) -> SchemeProposal:
        file = given.pop("file")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadReferenceData(file.name, 0, "", "unknown_encoding", "") from None
        office = self.party.organization
        return actions.propose_scheme(
            organization=office, text=text, file=file.name, **given, **self.hand
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except BadReferenceData as error:
            form = self.form(request.POST, request.FILES)
            form.add_error("file", sentence_of(error))
            return self.show(form, status=REFUSED)

    def where(self, done: SchemeProposal) -> str:
        return reverse("credit:scheme_proposal", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        today = day_of(self.at)
        return self.page(
            "credit/scheme_versions.html",
            status=status,
            form=form,
            failed=[one for one in may_propose_scheme() if not one.holds],
            versions=[(one, one.valid_from > today) for one in CreditScheme.objects.all()[:SHOWN]],
            proposals=SchemeProposal.objects.with_people()[:SHOWN],
            crumbs=case_crumbs(SCHEMES),
        )


class SchemeFile(PartyView):
    """The document of the scheme in force, to be changed into the next one."""

    def is_allowed(self) -> bool:
        return permissions.can_manage_scheme(self.party)

    def get(self, _request: HttpRequest) -> HttpResponse:
        text = text_at(self.at)
        if not text:
            raise Http404
        disposition = f'attachment; filename="credit-scheme-{day_of(self.at):%Y%m%d}.json"'
        return HttpResponse(
            text, content_type="application/json", headers={"Content-Disposition": disposition}
        )


class SchemeProposalPage(AskingView):
    """The second look at a version: what it changes, and the word that confirms it."""

    said = "credit/scheme_settled"
    is_confirmed = True
    is_refused_on_top = hides_existence = True
    proposal: SchemeProposal

    def load(self, **kwargs: Any) -> None:
        rows = SchemeProposal.objects.with_people()
        self.proposal = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_manage_scheme(self.party)

    def version(self) -> Version:
        return version_of_proposal(self.proposal)

    def act(self, **given: Any) -> SchemeProposal:
        return actions.settle_scheme(
            organization=self.party.organization,
            proposal=self.proposal,
            is_confirmed=self.is_confirmed,
            **given,
            **self.hand,
        )

    def words(self, done: SchemeProposal) -> dict[str, Any]:
        return {"proposal": done, "is_confirmed": self.is_confirmed}

    def where(self, done: SchemeProposal) -> str:
        return reverse("credit:scheme_proposal", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        then = scheme_in(self.proposal.content, self.proposal.file_name, self.at)
        return self.page(
            "credit/scheme_proposal.html",
            status=status,
            proposal=self.proposal,
            facts=pages.proposal_facts(self.proposal, then),
            changes=pages.changes_between(scheme_at(self.proposal.proposed_at), then),
            verdicts=may_settle_scheme(self.proposal, self.user),
            crumbs=case_crumbs(SCHEMES),
        )


class SchemeProposalDecline(SchemeProposalPage):
    """The second look at a version: decline it."""

    is_confirmed = False
