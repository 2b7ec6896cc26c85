"""What the party of a decision may ask for, each on a page that says what follows."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse

from credit import actions, permissions
from credit.forms.acts import AppealForm, RepairForm
from credit.guards.repairs import may_file_repair
from credit.guards.reviews import may_file_review
from credit.models import Repair, Review
from credit.pages import asked as pages
from credit.pages import cases
from credit.pages.acts import Asked
from credit.views.own import OwnCaseView
from marketplace.guards.documents import upload_limits
from marketplace.web.act_views import AskingView


class OwnAsk(OwnCaseView, AskingView):
    """An application of the party, with its papers."""

    def is_allowed(self) -> bool:
        return permissions.can_state_case(self.party, self.case)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        return super().form(*posted, **limits, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        papers = given.pop("papers")
        return {**given, "files": papers}

    def asked(self) -> Asked:
        """Return what the page says."""
        raise NotImplementedError

    def words(self, done: Any) -> dict[str, Any]:
        return {"case": self.case}

    def where(self, done: Any) -> str:
        return reverse("credit:own_case", args=[self.case.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        asked = self.asked()
        return self.page(
            "credit/case_act.html",
            status=status,
            case=self.case,
            asked=asked,
            is_closed=bool(asked.failed) and not form.is_bound,
            facts=cases.proposal_facts(self.case),
            form=form,
            back_url=self.where(None),
            crumbs=cases.own_act_crumbs(self.case, asked.title),
        )


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
