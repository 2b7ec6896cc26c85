"""Past work: the agency declares it with a paper, an officer compares the two."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import performance as actions
from marketplace.forms.performance import RefuseWorkForm, WorkForm
from marketplace.guards.documents import upload_limit
from marketplace.guards.performance import agency_may_declare_work
from marketplace.guards.versions import version_of_performance
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.models import Document, PastPerformance
from marketplace.pages.performance import evidence_card, work_acts, work_facts
from marketplace.pages.queues import PERFORMANCE
from marketplace.permissions import (
    can_change_admission,
    can_check_admission,
    can_read_papers,
    can_see_admission,
    can_see_admission_queue,
)
from marketplace.views.admissions import AdmissionView
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.components import order_of, sorting_of, waiting_orders
from marketplace.web.files import document_response
from marketplace.web.listed import Listed
from marketplace.web.queues import handlers_of, handling_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

PER_PAGE = 30


class Performance(AdmissionView):
    """What is on the agency's record, and what waits for its check."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def get(self, _request: HttpRequest) -> HttpResponse:
        may = agency_may_declare_work(self.agency)
        return self.page(
            "marketplace/performance.html",
            agency=self.agency,
            rows=Listed(PastPerformance.objects.of(self.agency.pk)),
            may_declare=can_change_admission(self.party, self.agency) and may.holds,
        )


class DeclareWork(AdmissionView, AskingView):
    """Declare one piece of work."""

    said = "marketplace/performance_declared"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limit = upload_limit(self.party.organization, self.at)
        return WorkForm(*posted, **options, limit=limit)

    def act(self, **given: Any) -> PastPerformance:
        return actions.declare_work(agency=self.agency, **given, **self.hand)

    def where(self, done: PastPerformance) -> str:
        return reverse("marketplace:performance")

    def words(self, done: PastPerformance) -> dict[str, Any]:
        return {"performance": done}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/performance_new.html",
            status=status,
            agency=self.agency,
            form=form,
            loses_files=form.is_bound,
            back_url=reverse("marketplace:performance"),
        )


class WorkView(PartyView):
    """Something about one piece of work."""

    performance: PastPerformance

    def load(self, **kwargs: Any) -> None:
        rows = PastPerformance.objects.select_related(
            "agency__organization__division__parent", "service_class", "evidence"
        )
        self.performance = get_object_or_404(rows, slug=kwargs["slug"])

    def version(self) -> Version:
        return version_of_performance(self.performance)


class Evidence(WorkView):
    """The paper: for the agency, and for the officers who compare it."""

    hides_existence = True
    paper: Document

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.performance.evidence is None:
            raise Http404
        self.paper = self.performance.evidence

    def is_allowed(self) -> bool:
        return can_read_papers(self.party, self.performance.agency)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        return document_response(self.paper, is_shown="view" in request.GET)


class WorkQueue(PartyView):
    """Declared work of the agencies of the area, the longest waiting in front."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = waiting_orders("entered_at")
        rows = PastPerformance.objects.queued(self.party.organization.division)
        rows = rows.order_by(*order_of(orders, request.GET).by or ("entered_at", "pk"))
        asked, day = narrowing_of(request.GET), day_of(self.at)
        rows = narrowed(rows, PERFORMANCE, asked, self.party, day)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "marketplace/performance_queue.html",
            page_obj=page,
            narrowing=asked,
            handlers=handlers_of(PastPerformance, [one.pk for one in page], self.party),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
        )


class WorkDesk(WorkView):
    """One piece of work beside its paper."""

    hides_existence = True

    def is_allowed(self) -> bool:
        return can_check_admission(self.party, self.performance.agency)

    def show_desk(self, status: int = 200, refusing: BaseForm | None = None) -> HttpResponse:
        return self.page(
            "marketplace/performance_check.html",
            status=status,
            performance=self.performance,
            handling=handling_of(PERFORMANCE, self.performance, self.party, day_of(self.at)),
            facts=work_facts(self.performance),
            paper=evidence_card(self.performance),
            acts=work_acts(self.performance, self.user, refusing),
        )


class WorkCheck(WorkDesk):
    """The officer's page."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show_desk()


class WorkDecision(WorkDesk, ActView):
    """What an officer says of it."""

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(status, form if isinstance(form, RefuseWorkForm) else None)

    def where(self, done: PastPerformance) -> str:
        return reverse("marketplace:performance_queue")

    def words(self, done: PastPerformance) -> dict[str, Any]:
        return {"performance": done}


class ConfirmWork(WorkDecision):
    """It counts."""

    said = "marketplace/performance_checked"

    def act(self, **_given: Any) -> PastPerformance:
        return actions.confirm_performance(performance=self.performance, **self.hand)


class RefuseWork(WorkDecision):
    """It does not."""

    form_class, said = RefuseWorkForm, "marketplace/performance_refused"

    def act(self, **given: Any) -> PastPerformance:
        return actions.refuse_performance(performance=self.performance, **given, **self.hand)
