"""The operator's desk: applications by deadline, and one application with its decision."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from marketplace.actions.admissions import approve_admission, return_admission
from marketplace.calendar import day_of
from marketplace.forms.admissions import ApprovalForm, ReturnForm
from marketplace.guards.admissions import (
    admission_awaits_check,
    officer_is_independent,
    uscc_is_confirmed,
)
from marketplace.models import Agency, CalendarDay
from marketplace.panels.admissions import (
    admission_steps,
    agency_facts,
    certificate_rows,
    changed_labels,
    officer_checks,
    queue_rows,
    queue_tabs,
)
from marketplace.parameters import rules_in_force
from marketplace.permissions import can_check_admission, can_see_admission_queue
from marketplace.queries import admission_queue, facts_changed_since
from marketplace.questions import sanctions_on_namesakes
from marketplace.verdicts import Refused
from marketplace.views.base import PartyView, refuse, say

Status = Agency.Status
QUEUES = (Status.SUBMITTED, Status.PUBLICITY, Status.RETURNED)
BESIDE, PER_PAGE = 20, 30


class AdmissionQueue(PartyView):
    """The applications of the authority's area, the oldest deadline first."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        division = self.party.organization.division
        status = request.GET.get("status", Status.SUBMITTED)
        if status not in QUEUES:
            raise Http404
        queues = {queue: admission_queue(division, queue) for queue in QUEUES}
        page = Paginator(queues[Status(status)], PER_PAGE).get_page(request.GET.get("page"))
        rules = rules_in_force(division, day_of(self.at))
        rule = rules["onboarding.formal_check"]
        calendar = CalendarDay.objects.work_calendar()
        return self.page(
            "marketplace/admission_queue.html",
            current=status,
            page_obj=page,
            rows=queue_rows(list(page), self.at, calendar, rule.value),
            rule=rule,
            tabs=queue_tabs({name: rows.count() for name, rows in queues.items()}, status),
        )


class AdmissionCheck(PartyView):
    """One application with what the platform has checked, and the decision."""

    agency: Agency

    def load(self, **kwargs: Any) -> None:
        agencies = Agency.objects.select_related("organization__division__parent")
        self.agency = get_object_or_404(
            agencies.exclude(status=Status.DRAFT), organization__slug=kwargs["slug"]
        )

    def is_allowed(self) -> bool:
        return can_check_admission(self.party, self.agency)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(ApprovalForm(), ReturnForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if request.POST.get("decision") == "return":
            return self.send_back(ReturnForm(request.POST))
        return self.approve(ApprovalForm(request.POST))

    def approve(self, form: ApprovalForm) -> HttpResponse:
        form.full_clean()
        try:
            agency = approve_admission(
                agency=self.agency,
                by=self.party.user,
                at=self.at,
                **form.cleaned_data,
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(form, ReturnForm())
        say(self.request, "marketplace/check_approved", agency=agency)
        return redirect("marketplace:admission_queue")

    def send_back(self, form: ReturnForm) -> HttpResponse:
        if not form.is_valid():
            return self.show(ApprovalForm(), form)
        try:
            agency = return_admission(
                agency=self.agency,
                reasons=form.cleaned_data["reasons"],
                by=self.party.user,
                at=self.at,
            )
        except Refused as refused:
            refuse(form, refused)
            return self.show(ApprovalForm(), form)
        say(self.request, "marketplace/check_returned", agency=agency)
        return redirect("marketplace:admission_queue")

    def show(self, approval: BaseForm, sending_back: BaseForm) -> HttpResponse:
        certificates = certificate_rows(self.agency, day_of(self.at))
        changed = facts_changed_since(self.agency, self.agency.checked_at)
        decision = (
            admission_awaits_check(self.agency),
            officer_is_independent(self.agency, self.party.user),
        )
        sanctions = sanctions_on_namesakes(self.agency.organization, self.at)
        beside = admission_queue(self.party.organization.division, Status.SUBMITTED)[:BESIDE]
        return self.page(
            "marketplace/admission_check.html",
            agency=self.agency,
            queue=beside,
            steps=admission_steps(self.agency),
            facts=agency_facts(self.agency, changed),
            changed=changed_labels(self.agency, changed),
            certificates=certificates,
            practitioners=self.agency.practitioners.all(),
            checks=officer_checks(self.agency, certificates, sanctions),
            decision=decision,
            asks_uscc=not uscc_is_confirmed(self.agency, confirmed=False).holds,
            asks_person=bool(sanctions),
            approval=approval,
            sending_back=sending_back,
        )
