"""Reasons that officers judge, and corrections of entries with a second look."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from credit import actions, permissions
from credit.forms.acts import CorrectionForm, JudgmentForm
from credit.guards.entries import may_propose_correction, may_settle_correction
from credit.guards.facts import may_judge_fact
from credit.models import Correction, Entry, ReportedFact
from credit.pages import cases as words
from credit.pages import facts as pages
from credit.versions import version_of_correction, version_of_entry, version_of_fact
from marketplace.kernel.versions import Version
from marketplace.web.act_views import AskingView
from marketplace.web.views import row_key


class FactPage(AskingView):
    """What a unit did and why it says it did; an officer judges the reason."""

    form_class, said = JudgmentForm, "credit/fact_judged"
    fact: ReportedFact

    def load(self, **kwargs: Any) -> None:
        facts = ReportedFact.objects.with_relations()
        self.fact = get_object_or_404(facts, slug=kwargs["slug"])
        if not permissions.can_see_record_of(self.party, self.fact.organization):
            raise Http404

    def is_allowed(self) -> bool:
        return self.request.method != "POST" or permissions.can_open_case(self.party)

    def version(self) -> Version:
        return version_of_fact(self.fact)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return super().form(*posted, is_told=self.fact.reporter_id is not None, **options)

    def act(self, **given: Any) -> ReportedFact:
        return actions.judge_fact(fact=self.fact, **given, **self.hand)

    def words(self, done: ReportedFact) -> dict[str, Any]:
        return {"fact": done}

    def where(self, done: ReportedFact) -> str:
        return reverse("credit:fact", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        can_act = permissions.can_open_case(self.party)
        return self.page(
            "credit/fact.html",
            status=status,
            fact=self.fact,
            facts=pages.facts_of(self.fact),
            form=form,
            verdicts=may_judge_fact(self.fact, self.user),
            can_act=can_act and self.fact.status == ReportedFact.Status.REPORTED,
            crumbs=words.case_crumbs(self.fact.get_kind_display()),
        )


class EntryCorrect(AskingView):
    """Propose that an entry of a record counts otherwise."""

    said = "credit/correction_proposed"
    entry: Entry

    def load(self, **_kwargs: Any) -> None:
        key = row_key(self.request.GET.get("entry", ""))
        rows = Entry.objects.select_related("organization__division")
        self.entry = get_object_or_404(rows, pk=key)
        if not permissions.can_see_record_of(self.party, self.entry.organization):
            raise Http404

    def is_allowed(self) -> bool:
        return permissions.can_open_case(self.party)

    def version(self) -> Version:
        return version_of_entry(self.entry)

    def form(self, *posted: Any, **options: Any) -> CorrectionForm:
        return CorrectionForm(*posted[:1], entry=self.entry, **options)

    def act(self, **given: Any) -> Correction:
        return actions.propose_correction(entry=self.entry, **given, **self.hand)

    def where(self, done: Correction) -> str:
        return reverse("credit:correction", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "credit/entry_correct.html",
            status=status,
            entry=self.entry,
            facts=pages.entry_facts(self.entry),
            form=form,
            verdicts=may_propose_correction(self.entry),
            crumbs=words.case_crumbs(words.CORRECTION),
        )


class CorrectionPage(AskingView):
    """The second look at a correction: confirm it."""

    said = "credit/correction_settled"
    is_confirmed = True
    is_refused_on_top = True
    correction: Correction

    def load(self, **kwargs: Any) -> None:
        rows = Correction.objects.with_relations()
        self.correction = get_object_or_404(rows, slug=kwargs["slug"])
        if not permissions.can_see_record_of(self.party, self.correction.entry.organization):
            raise Http404

    def is_allowed(self) -> bool:
        return self.request.method != "POST" or permissions.can_open_case(self.party)

    def version(self) -> Version:
        return version_of_correction(self.correction)

    def act(self, **given: Any) -> Correction:
        return actions.settle_correction(
            correction=self.correction, is_confirmed=self.is_confirmed, **given, **self.hand
        )

    def words(self, done: Correction) -> dict[str, Any]:
        return {"correction": done, "is_confirmed": self.is_confirmed}

    def where(self, done: Correction) -> str:
        return reverse("credit:correction", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "credit/correction.html",
            status=status,
            correction=self.correction,
            facts=pages.correction_facts(self.correction),
            verdicts=may_settle_correction(self.correction, self.user),
            can_act=permissions.can_open_case(self.party),
            crumbs=words.case_crumbs(words.CORRECTION),
        )


class CorrectionDecline(CorrectionPage):
    """The second look at a correction: decline it."""

    is_confirmed = False
