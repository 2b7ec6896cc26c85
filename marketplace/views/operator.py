"""The operator's desk: applications by deadline, and one application with its decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from marketplace.actions.admissions import (
    approve_admission,
    return_admission,
    rule_out_namesakes,
    uphold_objection,
)
from marketplace.forms.admissions import ApprovalForm, NamesakeForm, ObjectionForm, ReturnForm
from marketplace.guards.admissions import (
    admission_awaits_check,
    agency_is_in_publicity,
    not_ruled_out,
    officer_is_independent,
    publicity_runs_or_is_held,
    uscc_is_confirmed,
)
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency
from marketplace.pages.admissions import (
    admission_steps,
    agency_facts,
    certificate_rows,
    changed_labels,
    facts_changed_since,
    officer_checks,
    queue_rows,
    queue_tabs,
)
from marketplace.permissions import can_check_admission, can_see_admission_queue
from marketplace.questions import sanctions_on_namesakes
from marketplace.web.views import PartyView, refuse, say

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
        queues = {queue: Agency.objects.in_queue(division, queue) for queue in QUEUES}
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
        return self.show()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        decide = {
            "return": self.send_back,
            "uphold": self.uphold,
            "rule_out": self.rule_out,
        }.get(request.POST.get("decision", ""), self.approve)
        return decide()

    def approve(self) -> HttpResponse:
        form = ApprovalForm(self.request.POST)
        return self.decide(form, "approval", approve_admission, "check_approved")

    def send_back(self) -> HttpResponse:
        form = ReturnForm(self.request.POST)
        return self.decide(form, "sending_back", return_admission, "check_returned")

    def uphold(self) -> HttpResponse:
        form = ObjectionForm(self.request.POST)
        return self.decide(form, "objection", uphold_objection, "objection_upheld")

    def rule_out(self) -> HttpResponse:
        form = NamesakeForm(self.request.POST)
        return self.decide(form, "namesake", rule_out_namesakes, "namesakes_ruled_out")

    def decide(
        self, form: BaseForm, name: str, act: Callable[..., Agency], said: str
    ) -> HttpResponse:
        """Carry out one decision, or show its form again with what stands against it."""
        if form.is_valid():
            try:
                agency = act(
                    agency=self.agency, by=self.party.user, at=self.at, **form.cleaned_data
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                say(self.request, f"marketplace/{said}", agency=agency)
                return redirect("marketplace:admission_queue")
        return self.show(**{name: form})

    def show(self, **forms: Any) -> HttpResponse:
        agency, user = self.agency, self.party.user
        certificates = certificate_rows(agency, day_of(self.at))
        changed = facts_changed_since(agency, agency.checked_at)
        independent = officer_is_independent(agency, user)
        objecting = (
            agency_is_in_publicity(agency),
            publicity_runs_or_is_held(agency, self.at),
            independent,
        )
        sanctions = sanctions_on_namesakes(agency.organization, self.at)
        queue = Agency.objects.in_queue(self.party.organization.division, Status.SUBMITTED)
        return self.page(
            "marketplace/admission_check.html",
            agency=agency,
            queue=queue[:BESIDE],
            steps=admission_steps(agency),
            facts=agency_facts(agency, changed),
            changed=changed_labels(agency, changed),
            certificates=certificates,
            practitioners=agency.practitioners.all(),
            checks=officer_checks(agency, certificates, sanctions),
            decision=(admission_awaits_check(agency), independent),
            objecting=objecting,
            may_uphold=all(verdict.holds for verdict in objecting),
            asks_uscc=not uscc_is_confirmed(agency, confirmed=False).holds,
            namesakes=not_ruled_out(agency, sanctions),
            **{**self.empty_forms(), **forms},
        )

    @staticmethod
    def empty_forms() -> dict[str, Any]:
        return {
            "approval": ApprovalForm(),
            "sending_back": ReturnForm(),
            "objection": ObjectionForm(),
            "namesake": NamesakeForm(),
        }
