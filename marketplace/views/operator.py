"""The operator's desk: applications by deadline, and one application with its decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions.admissions import (
    approve_admission,
    return_admission,
    rule_out_namesakes,
    uphold_objection,
)
from marketplace.filed import papers_of, professionals_of
from marketplace.forms.admissions import ApprovalForm, NamesakeForm, ObjectionForm, ReturnForm
from marketplace.guards.admissions import (
    admission_awaits_check,
    agency_is_in_publicity,
    not_ruled_out,
    officer_is_independent,
    publicity_runs_or_is_held,
    uscc_is_confirmed,
)
from marketplace.guards.versions import version_of_application
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.versions import Version
from marketplace.models import Agency
from marketplace.pages.admission_queue import (
    QUEUE_WORDS,
    beside,
    facts_changed_since,
    insurance_checks,
    officer_checks,
    queue_orders,
    queue_rows,
    queue_tabs,
    sorted_queue,
)
from marketplace.pages.admissions import (
    admission_state,
    admission_steps,
    agency_facts,
    changed_labels,
)
from marketplace.pages.applications import QUEUES, as_applications, columns, queue_counts
from marketplace.pages.certificates import certificate_rows
from marketplace.pages.changes import paper_cards
from marketplace.pages.checklists import (
    application_items,
    changes_since_return,
    remark_lines,
    sources_of,
)
from marketplace.pages.queues import ADMISSIONS
from marketplace.permissions import can_check_admission, can_see_admission_queue
from marketplace.questions import sanctions_on_namesakes
from marketplace.rules import FORMAL_CHECK
from marketplace.web.components import order_of, sorting_of
from marketplace.web.desks import DeskAct, DeskView
from marketplace.web.listed import Listed
from marketplace.web.queues import handlers_of, handling_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

Status = Agency.Status
BESIDE, PER_PAGE = 20, 30


class AdmissionQueue(PartyView):
    """The applications of the authority's area, the most urgent first unless asked otherwise."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        division = self.party.organization.division
        status = request.GET.get("status", Status.SUBMITTED)
        if status not in QUEUES:
            raise Http404
        counts, orders = queue_counts(division), queue_orders(status)
        asked, day = narrowing_of(request.GET), day_of(self.at)
        queue = Agency.objects.queued(division.prefix, status)
        queue = sorted_queue(queue, order_of(orders, request.GET))
        rows = columns(narrowed(queue, ADMISSIONS, asked, self.party, day))
        found = asked.counted(rows, counts[status])
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        rule = rules_in_force(division, day)[FORMAL_CHECK.key]
        applications = as_applications(list(page))
        calendar = CalendarDay.objects.work_calendar()
        return self.page(
            "marketplace/admission_queue.html",
            words=QUEUE_WORDS[Status(status)],
            page_obj=page,
            rows=queue_rows(applications, self.at, calendar, rule.read),
            narrowing=asked,
            handlers=handlers_of(Agency, [one.key for one in applications], self.party),
            rule=rule,
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            queues=queue_tabs(counts, status),
        )


class AdmissionDesk(DeskView):
    """One application with what the platform has checked, and the decision."""

    hides_existence = True
    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {
        "approval": ApprovalForm,
        "sending_back": ReturnForm,
        "objection": ObjectionForm,
        "namesake": NamesakeForm,
    }
    agency: Agency

    def load(self, **kwargs: Any) -> None:
        agencies = Agency.objects.select_related("organization__division__parent")
        self.agency = get_object_or_404(
            agencies.exclude(status=Status.DRAFT), organization__slug=kwargs["slug"]
        )

    def is_allowed(self) -> bool:
        return can_check_admission(self.party, self.agency)

    def version(self) -> Version:
        return version_of_application(self.agency)

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        """Give that which sends back all that is compared."""
        if name == "sending_back":
            options["items"] = application_items(self.agency)
        return super().form_of(name, *posted, **options)

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
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
        decision, namesakes = (
            (admission_awaits_check(agency), independent),
            not_ruled_out(agency, sanctions),
        )
        prefix = self.party.organization.division.prefix
        queue = columns(Agency.objects.queued(prefix, Status.SUBMITTED))
        return self.page(
            "marketplace/admission_check.html",
            status=status,
            agency=agency,
            queue=beside(as_applications(list(queue[:BESIDE])), agency, self.at),
            handling=handling_of(ADMISSIONS, agency, self.party, day_of(self.at)),
            state=admission_state(agency),
            steps=admission_steps(agency),
            facts=agency_facts(agency, changed),
            changed=changed_labels(agency, changed),
            compared=Listed(changes_since_return(agency)),
            remarked=remark_lines(agency),
            origins=sources_of(agency),
            certificates=certificates,
            practitioners=Listed(professionals_of(agency)),
            papers=paper_cards(papers_of(agency)),
            checks=[
                *officer_checks(agency, certificates, sanctions),
                *insurance_checks(agency),
            ],
            decision=decision,
            may_decide=all(verdict.holds for verdict in decision),
            may_rule_out=bool(namesakes) and independent.holds,
            objecting=objecting,
            may_uphold=all(verdict.holds for verdict in objecting),
            asks_uscc=not uscc_is_confirmed(agency, confirmed=False).holds,
            namesakes=namesakes,
            **self.forms(sent),
        )


class AdmissionCheck(AdmissionDesk):
    """The officer's page of one application."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class Decision(AdmissionDesk, DeskAct):
    """One decision of an officer."""

    is_refused_on_top = True

    def words(self, done: Agency) -> dict[str, Any]:
        return {"agency": done}

    def where(self, done: Agency) -> str:
        return reverse("marketplace:admission_queue")


class ApproveAdmission(Decision):
    """Pass the formal check."""

    name, said = "approval", "marketplace/check_approved"

    def act(self, **given: Any) -> Agency:
        return approve_admission(agency=self.agency, **given, **self.hand)


class ReturnAdmission(Decision):
    """Send the application back with reasons."""

    name, said = "sending_back", "marketplace/check_returned"

    def act(self, **given: Any) -> Agency:
        return return_admission(agency=self.agency, **given, **self.hand)


class UpholdObjection(Decision):
    """End the publicity because an objection is right."""

    name, said = "objection", "marketplace/objection_upheld"

    def act(self, **given: Any) -> Agency:
        return uphold_objection(agency=self.agency, **given, **self.hand)


class RuleOutNamesakes(Decision):
    """Confirm that the representative is none of those who were sanctioned meanwhile."""

    name, said = "namesake", "marketplace/namesakes_ruled_out"

    def act(self, **given: Any) -> Agency:
        return rule_out_namesakes(agency=self.agency, **given, **self.hand)
