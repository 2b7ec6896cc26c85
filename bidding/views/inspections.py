"""Plans of inspections and their checks: the public pages, and the acts of the regulators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from bidding import links, permissions
from bidding.actions import inspections as actions
from bidding.forms.inspections import CheckForm, PlanForm, StepAsideForm
from bidding.guards.inspections import may_report, may_step_aside
from bidding.models import Inspection, InspectionDraw, InspectionPlan
from bidding.pages import inspections as pages
from bidding.pages import inspections_asked as asking
from credit.in_force import breaches_at
from marketplace.guards.documents import upload_limits
from marketplace.kernel import clock
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Document
from marketplace.parties import acting
from marketplace.web.asking import Asked, AskedView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.files import document_response
from marketplace.web.lookups import named_or_404
from marketplace.web.views import PartyView

PAGE_SIZE = 20


class InspectionList(ListView[InspectionPlan]):
    """All plans, with how many checks each has and how many found something."""

    template_name = "bidding/inspection_list.html"
    paginate_by = PAGE_SIZE
    context_object_name = "plans"

    def get_queryset(self) -> QuerySet[InspectionPlan]:
        order = order_of(pages.plan_orders(), self.request.GET)
        return pages.counted(InspectionPlan.objects.all()).order_by(*order.by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": pages.plan_lines(context["plans"]),
            "nothing": pages.NOTHING,
            "sorting": sorting_of(pages.plan_orders(), self.request.GET, is_in_form=False),
            "crumbs": pages.crumbs(),
        }


class InspectionPlanPage(DetailView[InspectionPlan]):
    """One plan: what it fixes, the draw that anybody can repeat, and what the checks found."""

    template_name = "bidding/inspection_plan.html"
    context_object_name = "plan"
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self) -> QuerySet[InspectionPlan]:
        return InspectionPlan.objects.with_relations().select_related("rulebook")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, terms = self.object, actions.terms_of(self.object)
        orders = pages.check_orders()
        checks = Inspection.objects.filter(plan=plan).with_relations()
        checks = checks.order_by(*order_of(orders, self.request.GET).by)
        page = Paginator(checks, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            facts=pages.plan_facts(plan, dict(terms.shares), terms.inspectors),
            steps=pages.plan_steps(plan),
            seal=pages.seal_of(plan),
            drawing=pages.drawing_of(plan),
            rows=pages.check_lines(page.object_list),
            page_obj=page,
            sorting=sorting_of(orders, self.request.GET, is_in_form=False),
            crumbs=pages.crumbs(plan.number),
            **kwargs,
        )


@require_safe
def inspection_evidence(_request: HttpRequest, number: str) -> HttpResponse:
    """Return the evidence of a draw as the bytes that its digest is made from."""
    draw = get_object_or_404(InspectionDraw, plan__number=number)
    response = HttpResponse(canonical_json(draw.evidence), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{number}-evidence.json"'
    return response


class InspectionPage(DetailView[Inspection]):
    """One check: what it came to for everybody, what was written for its two sides."""

    template_name = "bidding/inspection.html"
    context_object_name = "check"

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    def get_queryset(self) -> QuerySet[Inspection]:
        return Inspection.objects.with_relations().select_related("case__authority__division")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        party = acting(self.request)
        return super().get_context_data(
            **pages.check_page(self.object, party, self.at),
            aside=pages.steps_aside(self.object),
            **kwargs,
        )


class InspectionDocument(PartyView):
    """A file of a check, for the agency that was checked and for who oversees it."""

    hides_existence = True
    document: Document
    check: Inspection

    def load(self, **kwargs: Any) -> None:
        self.check = named_or_404(Inspection, kwargs["slug"], "with_relations")
        self.document = get_object_or_404(self.check.papers, slug=kwargs["document"])

    def is_allowed(self) -> bool:
        return permissions.can_read_inspection(self.party, self.check)

    def get(self, _request: HttpRequest, **_kwargs: str) -> FileResponse:
        return document_response(self.document)


class OwnInspections(PartyView):
    """The checks of an agency, for itself."""

    def is_allowed(self) -> bool:
        return self.party.is_agency

    def get(self, request: HttpRequest) -> HttpResponse:
        own = Inspection.objects.filter(agency=self.party.organization)
        orders = pages.check_orders()
        checks = own.order_by(*order_of(orders, request.GET).by).with_relations()
        page = Paginator(checks, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/own_inspections.html",
            rows=pages.check_lines(page.object_list, names_plan=True),
            page_obj=page,
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            nothing=pages.NOTHING_OWN,
            crumbs=pages.crumbs(),
        )


class PlanNew(AskedView):
    """Publish a plan; the seed of its draw is promised at the same moment."""

    said = "bidding/inspection_published"
    template = "bidding/inspection_new.html"

    def is_allowed(self) -> bool:
        return permissions.can_plan_inspections(self.party)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return PlanForm(*posted[:1], area=self.party.organization.division, **options)

    def act(self, **given: Any) -> InspectionPlan:
        return actions.publish_plan(authority=self.party.organization, **given, **self.hand)

    def words(self, done: InspectionPlan) -> dict[str, Any]:
        return {"plan": done}

    def where(self, done: InspectionPlan | None) -> str:
        return links.to_inspection_plan(done) if done else reverse("bidding:inspection_list")

    def asked(self) -> Asked:
        return asking.publish()

    def beside(self, asked: Asked) -> dict[str, Any]:
        return {"crumbs": pages.crumbs(asked.title)}


class CheckAct(AskedView):
    """An act of an inspector on a check of the own authority."""

    hides_existence = True
    check: Inspection
    template = "bidding/inspection_act.html"

    def load(self, **kwargs: Any) -> None:
        rows = Inspection.objects.with_relations()
        self.check = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_report_inspection(self.party, self.check)

    def version(self) -> Version:
        return version_of(Seen(self.check))

    def words(self, done: Inspection) -> dict[str, Any]:
        return {"check": done}

    def where(self, done: Inspection | None) -> str:
        return links.to_inspection(self.check)

    def beside(self, asked: Asked) -> dict[str, Any]:
        return {
            "facts": pages.act_facts(self.check),
            "crumbs": pages.check_crumbs(self.check, asked.title),
        }


class CheckReport(CheckAct):
    """Report what a check found; the result is public at once."""

    said = "bidding/inspection_reported"

    def asked(self) -> Asked:
        return asking.report(may_report(self.check, self.user, self.at))

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return CheckForm(
            *posted,
            lines=self.check.plan.checklist,
            breaches=breaches_at(self.at),
            **upload_limits(self.party.organization, self.at),
            **options,
        )

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, CheckForm)  # noqa: S101 - it is the form of this view
        return form.given()

    def act(self, **given: Any) -> Inspection:
        return actions.report_check(check=self.check, **given, **self.hand)


class CheckStepAside(CheckAct):
    """Hand a check to the next in line."""

    form_class, said = StepAsideForm, "bidding/inspection_handed_on"

    def asked(self) -> Asked:
        return asking.step_aside(may_step_aside(self.check, self.user))

    def act(self, **given: Any) -> Inspection:
        return actions.step_aside(check=self.check, **given, **self.hand)
