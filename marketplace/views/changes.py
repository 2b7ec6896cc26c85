"""Changes of what is registered, as the agency proposes them."""

from __future__ import annotations

from copy import copy
from typing import Any, cast

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import changes as actions
from marketplace.filed import papers_for
from marketplace.forms.changes import (
    CertificateChangeForm,
    EndForm,
    FactsChangeForm,
    PractitionerChangeForm,
    ProvesForm,
    ScopeForm,
    renewed,
)
from marketplace.guards.changes import (
    agency_is_on_the_register,
    change_is_open,
    change_is_returned,
)
from marketplace.guards.documents import upload_limits
from marketplace.guards.versions import version_of_change
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.versions import Version
from marketplace.models import AgencyPaper, ChangeProposal, Qualification
from marketplace.pages.changes import (
    change_rows,
    changeable,
    comparison,
    history_rows,
    paper_cards,
)
from marketplace.pages.checklists import remark_lines, remarks_on
from marketplace.permissions import (
    can_change_admission,
    can_read_paper,
    can_see_admission,
)
from marketplace.registered import Part, Target, read_all, target_of
from marketplace.views.admissions import AdmissionView
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.files import document_response
from marketplace.web.listed import Listed
from marketplace.web.views import PartyView, row_key

Act = ChangeProposal.Act
FORMS: dict[str, type[ProvesForm]] = {
    Part.FACTS: FactsChangeForm,
    Part.QUALIFICATION: CertificateChangeForm,
    Part.PRACTITIONER: PractitionerChangeForm,
    Part.AGENT: ScopeForm,
}
POSSIBLE = {
    (Part.FACTS, Act.CHANGE),
    (Part.QUALIFICATION, Act.ADD),
    (Part.QUALIFICATION, Act.CHANGE),
    (Part.QUALIFICATION, Act.RENEW),
    (Part.QUALIFICATION, Act.END),
    (Part.PRACTITIONER, Act.ADD),
    (Part.PRACTITIONER, Act.CHANGE),
    (Part.PRACTITIONER, Act.END),
    (Part.AGENT, Act.CHANGE),
}


class Changes(AdmissionView):
    """What is proposed, what can be, and what the register was before."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def version(self) -> None:
        """Nothing is sent from here: each change has a page of its own."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        agency = self.agency
        on_register = agency_is_on_the_register(agency)
        return self.page(
            "marketplace/changes.html",
            agency=agency,
            rows=change_rows(agency.changes.prefetch_related(deadlines_of()), "marketplace:change"),
            may_propose=can_change_admission(self.party, agency) and on_register.holds,
            on_register=on_register,
            standing=(on_register,),
            qualifications=changeable(agency, Part.QUALIFICATION),
            practitioners=changeable(agency, Part.PRACTITIONER),
            agents=changeable(agency, Part.AGENT),
            history=history_rows(agency),
        )


class ChangeForm(AdmissionView, AskingView):
    """The form in which a change is proposed."""

    part: str
    change: str
    target: Target | None = None
    said = "marketplace/change_proposed"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        form_class = EndForm if self.change == Act.END else FORMS[self.part]
        initial = {**self.initial(), **options.pop("initial", {})}
        return form_class(*posted, initial=initial, **self.of_row(), **limits)

    def of_row(self) -> dict[str, Any]:
        """Return the row that the form is about: one that is changed is not new to itself."""
        if self.part == Part.FACTS:
            return {"agency": copy(self.agency), "on": day_of(self.at)}
        if self.change == Act.CHANGE and self.part != Part.AGENT:
            return {"instance": copy(self.target)}
        return {}

    def initial(self) -> dict[str, Any]:
        """Return what stands in the form to begin with."""
        if self.change == Act.RENEW and isinstance(self.target, Qualification):
            return renewed(self.target)
        if isinstance(self.target, Qualification):
            return {"service_class": self.target.service_class.code}
        if self.part == Part.AGENT:
            membership: Any = self.target
            return {"service_classes": membership.service_classes.all()}
        return {}

    def given(self, form: BaseForm) -> dict[str, Any]:
        return cast("ProvesForm", form).wanted()

    def where(self, done: ChangeProposal) -> str:
        return reverse("marketplace:change", args=[done.slug])

    def words(self, done: ChangeProposal) -> dict[str, Any]:
        return {"proposal": done}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/change_form.html",
            status=status,
            agency=self.agency,
            form=self.remarked(form),
            loses_files=form.is_bound,
            part_word=Part(self.part).label,
            act_word=Act(self.change).label,
            target=self.target,
            is_facts=self.part == Part.FACTS,
            is_renewal=self.change == Act.RENEW,
            is_end=self.change == Act.END,
            returned=self.returned,
        )

    def remarked(self, form: BaseForm) -> BaseForm:
        """Let each field say what the officer has remarked on it."""
        vars(form)["remarks"] = remarks_on(self.returned) if self.returned else {}
        return form

    @property
    def returned(self) -> ChangeProposal | None:
        """The proposal that came back and is corrected here, if one is."""
        return None


class ProposeChange(ChangeForm):
    """Propose a change of the facts, a certificate, a professional or somebody's authority."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.part, self.change = kwargs["part"], kwargs["act"]
        if (self.part, self.change) not in POSSIBLE:
            raise Http404
        key = row_key(kwargs.get("pk", ""))
        self.target = target_of(self.agency, self.part, key)
        if self.target is None and self.part != Part.FACTS and self.change != Act.ADD:
            raise Http404

    def act(self, **given: Any) -> ChangeProposal:
        target = self.target.pk if self.target is not None else None
        return actions.propose_change(
            agency=self.agency,
            part=self.part,
            act=self.change,
            target=target,
            **given,
            **self.hand,
        )


class OwnChange(AdmissionView):
    """A proposal of the agency that one acts for."""

    proposal: ChangeProposal

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.proposal = get_object_or_404(self.agency.changes.all(), slug=kwargs["slug"])
        self.proposal.agency = self.agency

    def version(self) -> Version:
        return version_of_change(self.proposal)


class ChangeDesk(OwnChange):
    """The page of one proposal."""

    def show(self, _form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        proposal = self.proposal
        is_open = change_is_open(proposal)
        return self.page(
            "marketplace/change.html",
            status=status,
            agency=self.agency,
            proposal=proposal,
            compared=Listed(comparison(proposal)),
            remarked=remark_lines(proposal),
            papers=paper_cards(papers_for(proposal)),
            can_change=is_open.holds and can_change_admission(self.party, self.agency),
            correcting=(change_is_returned(proposal),),
            withdrawing=(is_open,),
            is_waiting=proposal.status == ChangeProposal.Status.SUBMITTED,
            is_returned=proposal.status == ChangeProposal.Status.RETURNED,
        )


class Change(ChangeDesk):
    """What the agency proposed, beside what is registered."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show()


class CorrectChange(OwnChange, ChangeForm):
    """Hand a change in again that came back."""

    said = "marketplace/change_proposed"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.part, self.change = self.proposal.part, self.proposal.act
        self.target = target_of(self.agency, self.part, self.proposal.target)

    @property
    def returned(self) -> ChangeProposal | None:
        return self.proposal

    def initial(self) -> dict[str, Any]:
        values = read_all(self.part, self.proposal.values)
        if "service_class" in values:
            values["service_class"] = values["service_class"].code
        return {**super().initial(), **values}

    def act(self, **given: Any) -> ChangeProposal:
        return actions.correct_change(proposal=self.proposal, **given, **self.hand)


class WithdrawChange(ChangeDesk, ActView):
    """Take a proposal back, by POST."""

    said = "marketplace/change_withdrawn"

    def act(self, **given: Any) -> ChangeProposal:
        return actions.withdraw_change(proposal=self.proposal, **given, **self.hand)

    def where(self, done: ChangeProposal) -> str:
        return reverse("marketplace:changes")

    def words(self, done: ChangeProposal) -> dict[str, Any]:
        return {"proposal": done}


class Paper(PartyView):
    """A paper of an agency: for itself, and for the officers who compare it with the data."""

    paper: AgencyPaper

    def load(self, **kwargs: Any) -> None:
        papers = AgencyPaper.objects.select_related(
            "document",
            "agency__organization__division",
            "move__from_agency__organization__division",
        )
        self.paper = get_object_or_404(papers, document__slug=kwargs["slug"])
        if not can_read_paper(self.party, self.paper):
            raise Http404

    def is_allowed(self) -> bool:
        return True

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        return document_response(self.paper.document, is_shown="view" in request.GET)
