"""An agency's own application: where it stands, and the pages that fill it in."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from marketplace.actions import admissions as actions
from marketplace.forms.admissions import (
    CommitmentForm,
    FactsForm,
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
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency
from marketplace.pages.admissions import (
    admission_steps,
    agency_facts,
    certificate_rows,
    form_steps,
    next_form_step,
)
from marketplace.permissions import can_change_admission, can_see_admission
from marketplace.web.views import (
    PartyView,
    refuse,
    row_key,
    say,
    say_refused,
)


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


class Admission(AdmissionView):
    """Everything in the application, and where it stands."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page(
            "marketplace/admission.html",
            **self.stands(),
            agency=self.agency,
            steps=admission_steps(self.agency),
            facts=agency_facts(self.agency),
            certificates=certificate_rows(self.agency, day_of(self.at)),
            practitioners=self.agency.practitioners.all(),
            can_change=can_change_admission(self.party, self.agency),
            can_leave=agency_can_leave(self.agency).holds,
            is_open=admission_is_open(self.agency).holds,
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


class Readmission(AdmissionView):
    """Apply again after leaving, by POST; the application opens with what it had."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            agency = actions.reapply_agency(agency=self.agency, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(request, refused)
        else:
            say(request, "marketplace/agency_reapplied", agency=agency)
        return redirect("marketplace:admission")


class Withdrawal(AdmissionView):
    """Leave the platform: what follows, what still stands against it, one button."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            agency = actions.withdraw_agency(agency=self.agency, by=self.party.user, at=self.at)
        except Refused:
            return self.show(status=422)
        say(request, "marketplace/agency_withdrawn", agency=agency)
        return redirect("marketplace:admission")

    def show(self, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/admission_withdraw.html",
            status=status,
            agency=self.agency,
            verdicts=may_withdraw_agency(self.agency, self.at),
        )


class FormStep(AdmissionView):
    """One page of the form; when the application is closed, it leads back to the overview."""

    name: str
    template: str

    def show(self, form: BaseForm, **context: Any) -> HttpResponse:
        is_open = admission_is_open(self.agency)
        if not is_open.holds:
            say_refused(self.request, Refused(is_open))
            return redirect("marketplace:admission")
        return self.page(
            self.template,
            agency=self.agency,
            form=form,
            steps=form_steps(self.name),
            next_url=reverse(f"marketplace:{next_form_step(self.name)}"),
            **context,
        )


class FactsStep(FormStep):
    """Facts of the organisation and the agency."""

    name, template = "admission_facts", "marketplace/admission_facts.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(FactsForm(agency=self.agency, on=day_of(self.at)))

    def post(self, request: HttpRequest) -> HttpResponse:
        is_partial = "later" in request.POST
        form = FactsForm(
            request.POST, agency=self.agency, on=day_of(self.at), is_partial=is_partial
        )
        if not form.is_valid():
            return self.show(form)
        try:
            actions.change_agency(
                agency=self.agency, by=self.party.user, at=self.at, **form.cleaned_data
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/facts_saved")
        name = "admission" if is_partial else next_form_step(self.name)
        return redirect(f"marketplace:{name}")


class QualificationsStep(FormStep):
    """The certificates: a list, one form to add, one button to take away."""

    name, template = "admission_qualifications", "marketplace/admission_qualifications.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(QualificationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "remove" in request.POST:
            return self.remove(request.POST["remove"])
        form = QualificationForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            qualification = actions.add_qualification(
                agency=self.agency, by=self.party.user, at=self.at, **form.cleaned_data
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/qualification_added", qualification=qualification)
        return redirect("marketplace:admission_qualifications")

    def remove(self, pk: str) -> HttpResponse:
        rows = self.agency.qualifications.select_related("agency")
        qualification = get_object_or_404(rows, pk=row_key(pk))
        try:
            actions.remove_qualification(
                qualification=qualification, by=self.party.user, at=self.at
            )
        except Refused as refused:
            say_refused(self.request, refused)
        else:
            say(self.request, "marketplace/qualification_removed", qualification=qualification)
        return redirect("marketplace:admission_qualifications")

    def show(self, form: BaseForm, **context: Any) -> HttpResponse:
        rows = certificate_rows(self.agency, day_of(self.at))
        return super().show(form, certificates=rows, **context)


class PractitionersStep(FormStep):
    """The professionals: a list, one form to add, one button to take away."""

    name, template = "admission_practitioners", "marketplace/admission_practitioners.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(PractitionerForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "remove" in request.POST:
            return self.remove(request.POST["remove"])
        form = PractitionerForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            practitioner = actions.add_practitioner(
                agency=self.agency, by=self.party.user, at=self.at, **form.cleaned_data
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/practitioner_added", practitioner=practitioner)
        return redirect("marketplace:admission_practitioners")

    def remove(self, pk: str) -> HttpResponse:
        rows = self.agency.practitioners.select_related("agency")
        practitioner = get_object_or_404(rows, pk=row_key(pk))
        try:
            actions.remove_practitioner(practitioner=practitioner, by=self.party.user, at=self.at)
        except Refused as refused:
            say_refused(self.request, refused)
        else:
            say(self.request, "marketplace/practitioner_removed", practitioner=practitioner)
        return redirect("marketplace:admission_practitioners")

    def show(self, form: BaseForm, **context: Any) -> HttpResponse:
        return super().show(form, practitioners=self.agency.practitioners.all(), **context)


class CommitmentStep(FormStep):
    """The commitment, and the submission."""

    name, template = "admission_commitment", "marketplace/admission_commitment.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show(CommitmentForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CommitmentForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            agency = actions.submit_admission(agency=self.agency, by=self.party.user, at=self.at)
        except Refused as refused:
            refuse(form, refused)
            return self.show(form)
        say(request, "marketplace/admission_submitted", agency=agency)
        return redirect("marketplace:admission")

    def show(self, form: BaseForm, **context: Any) -> HttpResponse:
        checks = may_submit_admission(self.agency, self.at)
        may_submit = all(verdict.holds for verdict in checks)
        return super().show(form, checks=checks, may_submit=may_submit, **context)
