"""What the arithmetic of a record asks an officer to look into, and setting it aside."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse

from credit import permissions
from credit.actions import set_aside
from credit.forms.cases import AsideForm
from credit.models import Finding
from credit.pages import cases as words
from credit.pages import findings as pages
from credit.standing import standing_of
from credit.versions import version_of_finding
from marketplace.kernel.versions import Version
from marketplace.web.act_views import AskingView
from marketplace.web.lookups import named_or_404


class FindingPage(AskingView):
    """The arithmetic, and the choice: open a case, or set it aside with reasons."""

    form_class, said = AsideForm, "credit/finding_set_aside"
    finding: Finding

    def load(self, **kwargs: Any) -> None:
        self.finding = named_or_404(Finding, kwargs["slug"], "with_relations")
        if not permissions.can_see_finding(self.party, self.finding):
            raise Http404

    def is_allowed(self) -> bool:
        return self.request.method != "POST" or permissions.can_open_case(self.party)

    def version(self) -> Version:
        return version_of_finding(self.finding)

    def act(self, **given: Any) -> Finding:
        return set_aside(finding=self.finding, **given, **self.hand)

    def words(self, done: Finding) -> dict[str, Any]:
        return {"finding": done}

    def where(self, done: Finding) -> str:
        return reverse("credit:finding", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        finding = self.finding
        return self.page(
            "credit/finding.html",
            status=status,
            finding=finding,
            lines=pages.lines_of(finding),
            facts=pages.facts_of(finding),
            standing=standing_of(finding.organization, self.at),
            form=form,
            can_act=finding.is_open and permissions.can_open_case(self.party),
            crumbs=words.case_crumbs(finding.get_by_display()),
        )
