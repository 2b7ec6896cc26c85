"""What the party of a decision may ask for, each on a page that says what follows."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from credit import actions, permissions
from credit.forms.acts import AppealForm, ExplanationForm, RepairForm
from credit.guards.facts import fact_is_not_judged
from credit.guards.repairs import may_file_repair
from credit.guards.reviews import may_file_review
from credit.models import Repair, ReportedFact, Review
from credit.pages import asked as pages
from credit.pages import cases
from credit.pages.acts import Asked
from credit.pages.facts import facts_of
from credit.versions import version_of_fact
from credit.views.own import OwnCaseView
from marketplace.guards.documents import upload_limits
from marketplace.kernel.versions import Version
from marketplace.web import asking
from marketplace.web.act_views import AskingView
from marketplace.web.asking import AskedView


class OwnAsk(OwnCaseView, AskedView):
    """An application of the party, with its papers."""

    template = "credit/case_act.html"

    def is_allowed(self) -> bool:
        return permissions.can_state_case(self.party, self.case)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        return super().form(*posted, **limits, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        papers = given.pop("papers")
        return {**given, "files": papers}

    def words(self, done: Any) -> dict[str, Any]:
        return {"case": self.case}

    def where(self, done: Any) -> str:
        return reverse("credit:own_case", args=[self.case.slug])

    def beside(self, asked: asking.Asked) -> dict[str, Any]:
        return {
            "case": self.case,
            "facts": cases.proposal_facts(self.case),
            "crumbs": cases.own_act_crumbs(self.case, asked.title),
        }


class OwnReview(OwnAsk):
    """Ask for a review of the decision."""

    form_class, said = AppealForm, "credit/review_filed"

    def act(self, **given: Any) -> Review:
        return actions.file_review(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.own_review(self.case, may_file_review(self.case, self.at))


class OwnRepair(OwnAsk):
    """Ask for the repair of the record."""

    form_class, said = RepairForm, "credit/repair_filed"

    def act(self, **given: Any) -> Repair:
        return actions.file_repair(case=self.case, **given, **self.hand)

    def asked(self) -> Asked:
        return pages.own_repair(self.case, may_file_repair(self.case, self.at))


class OwnFact(AskingView):
    """What another unit says of the own one, and the own word on it."""

    form_class, said = ExplanationForm, "credit/fact_explained"
    fact: ReportedFact

    def load(self, **kwargs: Any) -> None:
        facts = ReportedFact.objects.with_relations().filter(reporter__isnull=False)
        self.fact = get_object_or_404(facts, slug=kwargs["slug"])
        if self.party.organization.pk != self.fact.organization_id:
            raise Http404

    def is_allowed(self) -> bool:
        return self.request.method != "POST" or permissions.can_explain_fact(self.party, self.fact)

    def version(self) -> Version:
        return version_of_fact(self.fact)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        initial = {"explanation": self.fact.explanation}
        return super().form(*posted, **{"initial": initial, **options})

    def act(self, **given: Any) -> ReportedFact:
        return actions.explain_fact(fact=self.fact, **given, **self.hand)

    def words(self, done: ReportedFact) -> dict[str, Any]:
        return {"fact": done}

    def where(self, done: ReportedFact) -> str:
        return reverse("credit:own_fact", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        is_open = fact_is_not_judged(self.fact).holds
        return self.page(
            "credit/own_fact.html",
            status=status,
            fact=self.fact,
            facts=facts_of(self.fact),
            form=form,
            can_act=is_open and permissions.can_explain_fact(self.party, self.fact),
            crumbs=cases.record_crumbs(self.fact.get_kind_display()),
        )
