"""The own record of agencies and owners, and the agency's side of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from credit import permissions
from credit.actions import hear_statement
from credit.forms.cases import PastDayForm, StatementForm
from credit.guards.statements import may_state_case
from credit.in_force import rules_since
from credit.models import Case
from credit.pages import cases as words
from credit.pages import own as record
from credit.pages import papers as printed
from credit.pages.acts import own_acts
from credit.pages.dossier import document_of, papers_of, remedies_of
from credit.pages.facts import told_of
from credit.pages.scheme import thresholds_of
from credit.pages.score import charts_of, score_of
from credit.standing import Standing, standing_of
from credit.versions import evidence_of, version_of_case
from marketplace.guards.documents import upload_limits
from marketplace.kernel.calendar import day_of, end_of_day
from marketplace.kernel.versions import Version
from marketplace.models import Document
from marketplace.web.act_views import AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.files import document_response
from marketplace.web.lookups import named_or_404
from marketplace.web.views import PartyView

PAGE_SIZE = 20


class OwnRecord(PartyView):
    """Score, grade, every entry with its reason, restrictions and cases of the own unit."""

    def is_allowed(self) -> bool:
        return permissions.can_see_own_record(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        own, orders = self.party.organization, record.entry_orders()
        rows = record.record_of(own).order_by(*order_of(orders, request.GET).by)
        entries = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        form = PastDayForm(request.GET or None, since=rules_since(), today=day_of(self.at))
        return self.page(
            "credit/own_record.html",
            standing=standing_of(own, self.at),
            entries=entries,
            page_obj=entries,
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            cases=record.cases_of(own),
            told=told_of(own),
            checks=record.own_checks(own),
            form=form,
            past=self.look_back(form),
        )

    def look_back(self, form: PastDayForm) -> dict[str, Any] | None:
        """Return the standing at the end of the asked day, as known then and as known now."""
        if not form.is_valid() or form.cleaned_data["on"] is None:
            return None
        day_end: datetime = min(end_of_day(form.cleaned_data["on"]), self.at)
        own = self.party.organization
        then: Standing = standing_of(own, day_end)
        now: Standing = standing_of(own, day_end, known_at=self.at)
        return {
            "at": day_end,
            "then": then,
            "now": now,
            "is_unchanged": then.score == now.score,
        }


class OwnScore(PartyView):
    """How the own score comes about: each entry, what it adds, until when, and how it went."""

    def is_allowed(self) -> bool:
        return permissions.can_see_own_record(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = PastDayForm(request.GET or None, since=rules_since(), today=day_of(self.at))
        at, own = self.moment_of(form), self.party.organization
        sum_up = score_of(own, at)
        return self.page(
            "credit/own_score.html",
            form=form,
            shown_at=at if at < self.at else None,
            standing=standing_of(own, at),
            sum_up=sum_up,
            thresholds=thresholds_of(sum_up.scheme),
            charts=charts_of(sum_up.steps, at),
            crumbs=words.record_crumbs(words.SCORE_PAGE),
        )

    def moment_of(self, form: PastDayForm) -> datetime:
        """Return the end of the day that is asked about, or now: what was shown then is shown."""
        asked = form.cleaned_data["on"] if form.is_valid() else None
        return min(end_of_day(asked), self.at) if asked else self.at


class OwnCaseView(PartyView):
    """A page about a case of the own unit; another's is 404."""

    case: Case

    def load(self, **kwargs: Any) -> None:
        case = named_or_404(Case, kwargs["slug"], "with_details")
        if not permissions.can_see_own_case(self.party, case):
            raise Http404
        self.case = case

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_case(self.case)


class OwnCase(OwnCaseView, AskingView):
    """The notice, the statement, and what came of it."""

    form_class, said = StatementForm, "credit/stated"

    def is_allowed(self) -> bool:
        return self.request.method != "POST" or permissions.can_state_case(self.party, self.case)

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        limits = upload_limits(self.party.organization, self.at)
        is_heard = self.case.restricts_practice
        return super().form(*posted, may_be_heard=is_heard, **limits, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        return {
            "statement": form.cleaned_data["statement"],
            "files": form.cleaned_data["document"],
            "asks_hearing": form.cleaned_data.get("asks_hearing", False),
        }

    def act(self, **given: Any) -> Case:
        return hear_statement(case=self.case, **given, **self.hand)

    def words(self, done: Case) -> dict[str, Any]:
        return {"case": done}

    def where(self, done: Case) -> str:
        return reverse("credit:own_case", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        case = self.case
        verdicts = may_state_case(case, self.at)
        may_state = all(verdict.holds for verdict in verdicts)
        return self.page(
            "credit/own_case.html",
            status=status,
            case=case,
            restriction=getattr(case, "restriction", None),
            facts=words.proposal_facts(case),
            steps=words.case_steps(case),
            evidence=evidence_of(case),
            papers=papers_of(case),
            remedies=remedies_of(case),
            printed=printed.papers_of(case),
            acts=own_acts(case, self.party, self.at),
            form=form,
            can_state=permissions.can_state_case(self.party, case),
            state_verdicts=verdicts,
            may_state=may_state,
            is_unsaved=bool(form.errors) and not may_state,
            unsaved=form["statement"].value() or "",
            crumbs=words.record_crumbs(case.number),
        )


class CaseDocument(PartyView):
    """A paper of a case: for the agency concerned and for the authorities that see the case."""

    document: Document

    def load(self, **kwargs: Any) -> None:
        case = named_or_404(Case, kwargs["slug"], "with_details")
        if not self.may_read(case):
            raise Http404
        document = document_of(case, kwargs["document"])
        if document is None:
            raise Http404
        self.document = document

    def may_read(self, case: Case) -> bool:
        return permissions.can_see_own_case(self.party, case) or permissions.can_see_case(
            self.party, case
        )

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest, **_kwargs: str) -> FileResponse:
        return document_response(self.document)
