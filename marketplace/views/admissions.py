"""An agency's own application: where it stands, and the pages that fill it in."""

from __future__ import annotations

from copy import copy
from typing import Any, ClassVar, cast

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from marketplace.actions import admissions as actions
from marketplace.actions.admissions.filling import fill_in
from marketplace.actions.papers import add_papers, remove_paper
from marketplace.exchange import known_of
from marketplace.filed import papers_of, professionals_of
from marketplace.forms.admissions import (
    CommitmentForm,
    FactsForm,
    PapersForm,
    PractitionerForm,
    QualificationForm,
)
from marketplace.guards.admissions import (
    admission_is_open,
    agency_can_leave,
    may_reapply,
    may_submit_admission,
    may_withdraw_agency,
    representative_is_not_sanctioned,
)
from marketplace.guards.documents import upload_limits
from marketplace.guards.papers import needed_papers
from marketplace.guards.versions import version_of_application
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Refused
from marketplace.kernel.versions import Version
from marketplace.models import Agency, AgencyPaper, FieldSource, Practitioner, Qualification
from marketplace.pages.admissions import (
    admission_state,
    admission_steps,
    agency_facts,
    form_steps,
    next_form_step,
)
from marketplace.pages.certificates import certificate_rows
from marketplace.pages.changes import paper_cards
from marketplace.pages.checklists import remark_lines, remarks_on, sources_of
from marketplace.permissions import can_change_admission, can_see_admission
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.listed import Listed
from marketplace.web.views import PartyView, row_key, say_refused


class AdmissionView(PartyView):
    """A page about the agency one acts for; 404 for buyers and authorities."""

    agency: Agency

    def load(self, **_kwargs: Any) -> None:
        agency = Agency.objects.of(self.party.organization)
        if agency is None:
            raise Http404
        self.agency = agency

    def is_allowed(self) -> bool:
        return can_change_admission(self.party, self.agency)

    def version(self) -> Version | None:
        return version_of_application(self.agency)


class AdmissionDesk(AdmissionView):
    """Everything in the application, and where it stands."""

    def show(self, _form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        can_change = can_change_admission(self.party, self.agency)
        return self.page(
            "marketplace/admission.html",
            status=status,
            **self.stands(),
            agency=self.agency,
            state=admission_state(self.agency),
            remarked=remark_lines(self.agency),
            remarks=remarks_on(self.agency),
            origins=sources_of(self.agency),
            steps=admission_steps(self.agency),
            facts=agency_facts(self.agency),
            certificates=certificate_rows(self.agency, day_of(self.at)),
            practitioners=Listed(professionals_of(self.agency)),
            can_change=can_change,
            can_leave=can_change and agency_can_leave(self.agency).holds,
            is_open=admission_is_open(self.agency).holds,
            papers=paper_cards(papers_of(self.agency)),
            checks=may_submit_admission(self.agency, self.at),
        )

    def stands(self) -> dict[str, Any]:
        """Return what stands against the next step of a publicity and of an agency that left."""
        # Whose sanction it is, is for the officer to know: it may be one that is not published.
        sanction = representative_is_not_sanctioned(self.agency, self.at)
        return {
            "is_held": not sanction.holds,
            "reapply_verdicts": may_reapply(self.agency, self.at),
        }


class Admission(AdmissionDesk):
    """The agency's own page of its application."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show()


class Readmission(AdmissionDesk, ActView):
    """Apply again after leaving, by POST; the application opens with what it had."""

    said = "marketplace/agency_reapplied"

    def act(self, **given: Any) -> Agency:
        return actions.reapply_agency(agency=self.agency, **given, **self.hand)

    def words(self, done: Agency) -> dict[str, Any]:
        return {"agency": done}

    def where(self, done: Agency) -> str:
        return reverse("marketplace:admission")


class Withdrawal(AdmissionView, AskingView):
    """Leave the platform: what follows, what still stands against it, one button."""

    said = "marketplace/agency_withdrawn"

    def act(self, **given: Any) -> Agency:
        return actions.withdraw_agency(agency=self.agency, **given, **self.hand)

    def words(self, done: Agency) -> dict[str, Any]:
        return {"agency": done}

    def where(self, done: Agency) -> str:
        return reverse("marketplace:admission")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/admission_withdraw.html",
            status=status,
            agency=self.agency,
            verdicts=may_withdraw_agency(self.agency, self.at),
        )


class FormDesk(AdmissionView):
    """One page of the form; when the application is closed, it leads back to the overview."""

    name: ClassVar[str]
    template: ClassVar[str]
    page_form: ClassVar[type[BaseForm]]
    """The form on the page, beside which others may be sent."""

    def where(self, done: Any) -> str:
        return reverse(f"marketplace:{self.name}")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        is_open = admission_is_open(self.agency)
        if not is_open.holds:
            say_refused(self.request, Refused(is_open))
            return redirect("marketplace:admission")
        return self.page(
            self.template,
            status=status,
            agency=self.agency,
            form=self.remarked(form if isinstance(form, self.page_form) else self.blank()),
            remarks=remarks_on(self.agency),
            steps=form_steps(self.name),
            next_url=reverse(f"marketplace:{next_form_step(self.name)}"),
            **self.context(),
        )

    def remarked(self, form: BaseForm) -> BaseForm:
        """Let each field say what the officer has remarked on it."""
        vars(form)["remarks"] = remarks_on(self.agency)
        vars(form)["origins"] = sources_of(self.agency)
        return form

    def blank(self) -> BaseForm:
        """Return the form of the page as it is before anything is typed."""
        return self.page_form()

    def context(self) -> dict[str, Any]:
        """Return what the page shows beside the form."""
        return {}


class FactsStep(FormDesk, AskingView):
    """Facts of the organisation and the agency."""

    name, template = "admission_facts", "marketplace/admission_facts.html"
    page_form, said = FactsForm, "marketplace/facts_saved"

    @property
    def is_partial(self) -> bool:
        """Whether the rest is filled in another time."""
        return "later" in self.request.POST

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        # The form fills in the row that it is given, which must not pass for what is stored.
        row, on = copy(self.agency), day_of(self.at)
        return FactsForm(*posted[:1], agency=row, on=on, is_partial=self.is_partial, **options)

    def act(self, **given: Any) -> Agency:
        return actions.change_agency(agency=self.agency, **given, **self.hand)

    def where(self, done: Agency) -> str:
        name = "admission" if self.is_partial else next_form_step(self.name)
        return reverse(f"marketplace:{name}")


class FillIn(FormDesk, ActView):
    """Take over what other departments know, by POST; then the facts are there to be read."""

    name, template = "admission_facts", "marketplace/admission_facts.html"
    page_form, said = FactsForm, "marketplace/filled_in"
    is_refused_on_top = True

    def blank(self) -> BaseForm:
        return FactsForm(agency=copy(self.agency), on=day_of(self.at), is_partial=True)

    def act(self, **_given: Any) -> list[FieldSource]:
        known = known_of(self.agency.organization.uscc or "")
        return fill_in(agency=self.agency, known=known, **self.hand)

    def words(self, done: list[FieldSource]) -> dict[str, Any]:
        return {"count": len(done)}


class Qualifications(FormDesk):
    """The certificates: a list, one form to add, one button to take away."""

    name, template = "admission_qualifications", "marketplace/admission_qualifications.html"
    page_form = QualificationForm

    def context(self) -> dict[str, Any]:
        return {"certificates": certificate_rows(self.agency, day_of(self.at))}

    def words(self, done: Qualification) -> dict[str, Any]:
        return {"qualification": done}


class QualificationsStep(Qualifications, AskingView):
    """The page of the certificates, and one more."""

    form_class, said = QualificationForm, "marketplace/qualification_added"

    def act(self, **given: Any) -> Qualification:
        return actions.add_qualification(agency=self.agency, **given, **self.hand)


class QualificationRemove(Qualifications, ActView):
    """Take a certificate out."""

    said = "marketplace/qualification_removed"
    qualification: Qualification

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        rows = self.agency.qualifications.select_related("agency")
        self.qualification = get_object_or_404(rows, pk=row_key(kwargs["pk"]))

    def act(self, **given: Any) -> Qualification:
        removed = self.qualification
        actions.remove_qualification(qualification=removed, **given, **self.hand)
        return removed


class Practitioners(FormDesk):
    """The professionals: a list, one form to add, one button to take away."""

    name, template = "admission_practitioners", "marketplace/admission_practitioners.html"
    page_form = PractitionerForm

    def context(self) -> dict[str, Any]:
        return {"practitioners": Listed(professionals_of(self.agency))}

    def words(self, done: Practitioner) -> dict[str, Any]:
        return {"practitioner": done}


class PractitionersStep(Practitioners, AskingView):
    """The page of the professionals, and one more."""

    form_class, said = PractitionerForm, "marketplace/practitioner_added"

    def act(self, **given: Any) -> Practitioner:
        return actions.add_practitioner(agency=self.agency, **given, **self.hand)


class PractitionerRemove(Practitioners, ActView):
    """Take a professional out."""

    said = "marketplace/practitioner_removed"
    practitioner: Practitioner

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        rows = self.agency.practitioners.select_related("agency")
        self.practitioner = get_object_or_404(rows, pk=row_key(kwargs["pk"]))

    def act(self, **given: Any) -> Practitioner:
        removed = self.practitioner
        actions.remove_practitioner(practitioner=removed, **given, **self.hand)
        return removed


class Papers(FormDesk):
    """The papers: what is needed, what is there, one form to add, a button to take one away."""

    name, template = "admission_papers", "marketplace/admission_papers.html"
    page_form = PapersForm

    def blank(self) -> BaseForm:
        return self.paper_form()

    def paper_form(self, *posted: Any, **options: Any) -> PapersForm:
        limits = upload_limits(self.party.organization, self.at)
        return PapersForm(*posted, agency=self.agency, **limits, **options)

    def context(self) -> dict[str, Any]:
        return {
            "needed": needed_papers(self.agency),
            "papers": paper_cards(papers_of(self.agency)),
        }


class PapersStep(Papers, AskingView):
    """The page of the papers, and one more."""

    said = "marketplace/papers_added"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return self.paper_form(*posted, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        return cast("PapersForm", form).filed()

    def act(self, **given: Any) -> list[AgencyPaper]:
        return add_papers(agency=self.agency, **given, **self.hand)

    def words(self, done: list[AgencyPaper]) -> dict[str, Any]:
        return {"count": len(done)}


class PaperRemove(Papers, ActView):
    """Take a paper out."""

    said = "marketplace/paper_removed"
    paper: AgencyPaper

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        rows = self.agency.papers.registered().select_related("agency")
        self.paper = get_object_or_404(rows, document__slug=kwargs["slug"])

    def act(self, **given: Any) -> AgencyPaper:
        return remove_paper(paper=self.paper, **given, **self.hand)

    def words(self, done: AgencyPaper) -> dict[str, Any]:
        return {"name": done.document.name}


class CommitmentStep(FormDesk, AskingView):
    """The commitment, and the submission of what the pages show."""

    name, template = "admission_commitment", "marketplace/admission_commitment.html"
    page_form = form_class = CommitmentForm
    said = "marketplace/admission_submitted"

    def act(self, **given: Any) -> Agency:
        return actions.submit_admission(agency=self.agency, **self.hand)

    def words(self, done: Agency) -> dict[str, Any]:
        return {"agency": done}

    def where(self, done: Agency) -> str:
        return reverse("marketplace:admission")

    def context(self) -> dict[str, Any]:
        checks = may_submit_admission(self.agency, self.at)
        return {"checks": checks, "may_submit": all(verdict.holds for verdict in checks)}
