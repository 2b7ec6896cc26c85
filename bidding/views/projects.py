"""The owner's templates, and the drafts of a whole project."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions.tenders import templates as actions
from bidding.forms.tenders import ProjectForm, TemplateForm
from bidding.guards.versions import version_of_templates
from bidding.models import OrderTemplate, Tender
from bidding.pages.projects import project_rows, templates_of
from bidding.pages.pushes import waiting_of_project
from bidding.views.buyer import OwnTenderView
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.models import ServiceItem
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.views import PartyView


class BuyerPage(PartyView):
    """A page for those who run orders for a buyer."""

    def is_allowed(self) -> bool:
        return permissions.can_draft_tender(self.party)


class SaveTemplate(OwnTenderView, AskingView):
    """Keep an order as a template."""

    form_class, said = TemplateForm, "bidding/template_saved"

    def is_allowed(self) -> bool:
        return permissions.can_see_draft(self.party, self.tender)

    def act(self, **given: Any) -> OrderTemplate:
        return actions.save_template(tender=self.tender, **given, **self.hand)

    def where(self, done: OrderTemplate) -> str:
        return reverse("bidding:templates")

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page("bidding/template_save.html", status=status, form=form, tender=self.tender)


class Templates(BuyerPage):
    """What the unit keeps as templates."""

    def version(self) -> Version:
        return version_of_templates(self.party.organization)

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.show()

    def show(self, _form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        rows = templates_of(self.party.organization)
        return self.page("bidding/templates.html", status=status, templates=rows)


class TemplateAct(Templates, ActView):
    """An act on one template of the unit; a refusal stands above the list."""

    is_refused_on_top = True
    template: OrderTemplate

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = OrderTemplate.objects.select_related("tender__item", "tender__buyer")
        self.template = get_object_or_404(found, slug=kwargs["template"])
        if self.template.buyer_id != self.party.organization.pk:
            raise Http404

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        raise Http404


class UseTemplate(TemplateAct):
    """Begin an order with the content of a template."""

    said = "bidding/tender_copied"

    def act(self, **_given: Any) -> Tender:
        return actions.use_template(template=copy(self.template), **self.hand)

    def where(self, done: Tender) -> str:
        return reverse("bidding:tender_edit", args=[done.slug, "need"])


class RemoveTemplate(TemplateAct):
    """Keep it as a template no longer."""

    said = "bidding/template_removed"

    def act(self, **_given: Any) -> OrderTemplate:
        return actions.remove_template(template=copy(self.template), **self.hand)

    def where(self, _done: OrderTemplate) -> str:
        return reverse("bidding:templates")


class ProjectNew(BuyerPage, AskingView):
    """Draft several orders of one project at once; there is nothing yet that could change."""

    said = "bidding/project_drafted"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        items = ServiceItem.objects.offered_on(day_of(self.at)).select_related("service_class")
        initial = {"division": self.party.organization.division, **options.get("initial", {})}
        return ProjectForm(*posted, items=items, initial=initial)

    def act(self, **given: Any) -> list[Tender]:
        return actions.draft_project(buyer=self.party.organization, **given, **self.hand)

    def words(self, done: list[Tender]) -> dict[str, Any]:
        return {"count": len(done)}

    def where(self, done: list[Tender]) -> str:
        return reverse("bidding:project", args=[done[0].project_code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page("bidding/project_new.html", status=status, form=form)


class Project(BuyerPage):
    """The own orders of one project, each to be filled in and sent in by itself."""

    def get(self, _request: HttpRequest, project: str) -> HttpResponse:
        rows = project_rows(self.party, project)
        pushed = waiting_of_project(self.party.organization, project)
        if not rows and not pushed:
            raise Http404
        return self.page("bidding/project.html", tenders=rows, project=project, pushed=pushed)
