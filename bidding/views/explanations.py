"""A low quote is explained by its bidder, judged by the owner; its papers are for both."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions import explanations as actions
from bidding.forms.explanations import ExplanationForm, JudgementForm
from bidding.models import Explanation
from bidding.pages import explanations as pages
from bidding.pages.low_quotes import low_of
from bidding.views.agency import AgencyPage
from marketplace.guards.documents import upload_limits
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Document
from marketplace.web.act_views import AskingView
from marketplace.web.components import Crumb, Crumbs
from marketplace.web.files import document_response
from marketplace.web.views import PartyView


class Explain(AgencyPage, AskingView):
    """The bidder says what its quote costs."""

    form_class, said = ExplanationForm, "bidding/cost_explained"
    explanation: Explanation

    def load(self, **kwargs: Any) -> None:
        own = Explanation.objects.with_order().filter(bid__agency=self.party.organization)
        self.explanation = get_object_or_404(own, tender__code=kwargs["code"])

    def version(self) -> Version:
        return version_of(Seen(self.explanation))

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        return super().form(*posted, **limits, **options)

    def act(self, **given: Any) -> Explanation:
        files = given.pop("papers")
        return actions.explain_cost(explanation=self.explanation, files=files, **given, **self.hand)

    def where(self, done: Explanation) -> str:
        return reverse("bidding:bid", args=[self.explanation.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        asked, back = (
            pages.asked_to_explain(self.explanation, self.at),
            self.where(self.explanation),
        )
        reference = self.explanation.tender.reference
        return self.page(
            "bidding/explanation.html",
            status=status,
            asked=asked,
            is_closed=bool(asked.failed) and not form.is_bound,
            facts=pages.facts_of(self.explanation, low_of(self.explanation, self.at)),
            form=form,
            back_url=back,
            crumbs=Crumbs.of(Crumb(reference, back), Crumb(asked.title)),
        )


class Judge(AskingView):
    """The owner says whether an explanation holds."""

    form_class, said = JudgementForm, "bidding/cost_judged"
    explanation: Explanation

    def load(self, **kwargs: Any) -> None:
        rows = Explanation.objects.with_order().filter(tender__slug=kwargs["slug"])
        self.explanation = get_object_or_404(rows, slug=kwargs["explanation"])
        if not permissions.can_see_draft(self.party, self.explanation.tender):
            raise Http404

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.explanation.tender)

    def version(self) -> Version:
        return version_of(Seen(self.explanation))

    def act(self, **given: Any) -> Explanation:
        return actions.judge_cost(explanation=self.explanation, **given, **self.hand)

    def where(self, done: Explanation) -> str:
        return reverse("bidding:buyer_tender", args=[self.explanation.tender.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        asked, back = pages.asked_to_judge(self.explanation, self.at), self.where(self.explanation)
        reference = self.explanation.tender.reference
        return self.page(
            "bidding/explanation.html",
            status=status,
            asked=asked,
            is_closed=bool(asked.failed) and not form.is_bound,
            facts=pages.facts_of(self.explanation, low_of(self.explanation, self.at)),
            row=pages.row_of(self.explanation),
            form=form,
            back_url=back,
            crumbs=Crumbs.of(Crumb(reference, back), Crumb(asked.title)),
        )


class ExplanationPaper(PartyView):
    """A paper of an explanation, for who may read an opened plan of the bid."""

    document: Document

    def load(self, **kwargs: Any) -> None:
        rows = Explanation.objects.with_order()
        explanation = get_object_or_404(rows, slug=kwargs["slug"])
        if not permissions.can_read_plan(self.party, explanation.bid):
            raise Http404
        self.document = get_object_or_404(explanation.papers, slug=kwargs["document"])

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest, **_kwargs: str) -> FileResponse:
        return document_response(self.document)
