"""The officers' side: cases from notice to decision, and agencies by standing."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from credit import permissions
from credit.actions import prepare_case
from credit.effects import find_matter
from credit.forms.cases import CaseForm
from credit.forms.facets import agency_facets, agency_words
from credit.guards.cases import Proposal
from credit.in_force import credit_rules, rules_since
from credit.models import Case, CaseSource, Finding
from credit.pages import cases as words
from credit.pages import papers as printed
from credit.pages.acts import officer_acts
from credit.pages.board import board_of, board_tabs, missed_in
from credit.pages.dossier import (
    RECENT,
    agencies_named,
    earlier_restrictions,
    entries_that_count,
    papers_of,
    related_entries,
    remedies_of,
)
from credit.pages.facts import corrections_for, reported_for
from credit.pages.findings import findings_for, prepared, proposal_of
from credit.pages.hands import loads_of
from credit.pages.queues import (
    DUE,
    EMPTY,
    HANDLED,
    HEADS,
    QUEUES,
    case_orders,
    case_rows,
    columns,
    late_cases,
    queue_counts,
    queue_of,
    queue_tabs,
)
from credit.pages.ranks import Ranking, grade_facet, rows_of, standing_orders
from credit.pages.reach import reach_of
from credit.pages.scheme import breaches_of
from credit.standing import standing_of
from credit.versions import evidence_of, version_of_case, version_of_party
from marketplace.guards.documents import upload_limit
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.versions import Version
from marketplace.models import Organization
from marketplace.web.act_views import ActView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.facets import FacetedList
from marketplace.web.listed import Listed
from marketplace.web.lookups import named_or_404
from marketplace.web.queues import narrowed, narrowing_of
from marketplace.web.views import PartyView

PAGE_SIZE = 20
MAX_FOUND = 20


class SupervisionView(PartyView):
    """A page for the officers who supervise conduct."""

    def is_allowed(self) -> bool:
        return permissions.can_supervise(self.party)


class CaseList(SupervisionView):
    """The cases of the own area by queue, the nearest deadline first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("queue", "")
        queue = asked if asked in QUEUES else DUE
        orders = case_orders(queue)
        order = order_of(orders, request.GET)
        asked, counts = narrowing_of(request.GET), queue_counts(self.party)
        cases = queue_of(self.party, queue).order_by(*order.by)
        rows = columns(narrowed(cases, HANDLED, asked, self.party, day_of(self.at)))
        found = asked.counted(rows, counts[queue])
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "credit/case_list.html",
            rows=case_rows(list(page), self.at, CalendarDay.objects.work_calendar()),
            page_obj=page,
            ends=HEADS[queue],
            nothing=EMPTY[queue],
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            queues=queue_tabs(counts, queue),
            narrowing=asked,
            can_open=permissions.can_open_case(self.party),
            findings=findings_for(self.party)[:PAGE_SIZE],
            reported=reported_for(self.party)[:PAGE_SIZE],
            corrections=corrections_for(self.party)[:PAGE_SIZE],
            loads=loads_of(self.party, late_cases(self.party, self.at)),
        )


class CaseBoard(SupervisionView):
    """The open cases of the own area by step, what is overdue first, and who has how many."""

    def get(self, request: HttpRequest) -> HttpResponse:
        is_mine = "mine" in request.GET
        late = late_cases(self.party, self.at)
        mine = self.user if is_mine else None
        return self.page(
            "credit/case_board.html",
            whose=board_tabs(is_mine=is_mine),
            columns=board_of(self.party, late, self.at, mine),
            loads=loads_of(self.party, late),
            missed=missed_in(self.party),
            crumbs=words.case_crumbs(words.BOARD),
        )


class CaseNew(ActView):
    """Choose the agency, then write down what was found and what is proposed."""

    said = "credit/case_prepared"
    organization: Organization | None
    finding: Finding | None
    found: Case | None

    def load(self, **_kwargs: Any) -> None:
        slug = self.request.GET.get("agency", "")
        self.organization = get_object_or_404(agencies_named(""), slug=slug) if slug else None
        self.finding = self.find(self.request.GET.get("finding", ""))
        self.found = self.finding.case if self.finding else self.case_named()
        if self.request.method == "POST":
            self.chosen()

    def find(self, slug: str) -> Finding | None:
        """Return the finding that the case is to answer, if it was opened from one."""
        if not slug:
            return None
        findings = Finding.objects.with_relations().filter(organization=self.organization)
        finding = get_object_or_404(findings, slug=slug)
        if not permissions.can_see_finding(self.party, finding):
            raise Http404
        return finding

    def case_named(self) -> Case | None:
        """Return the case that was found and is to be completed, if one is named."""
        slug = self.request.GET.get("case", "")
        if not slug:
            return None
        cases = Case.objects.with_details().filter(organization=self.organization)
        case = get_object_or_404(cases, slug=slug)
        if not permissions.can_decide_case(self.party, case):
            raise Http404
        return case

    def source(self) -> CaseSource:
        """Return how it came to be known: a page about a complaint says that it was one."""
        is_complaint = self.request.GET.get("source") == CaseSource.COMPLAINT
        return CaseSource.COMPLAINT if is_complaint else CaseSource.OFFICER

    def chosen(self) -> Organization:
        """Return the agency whose case it will be, or raise Http404."""
        if self.organization is None:
            raise Http404
        return self.organization

    def is_allowed(self) -> bool:
        return permissions.can_open_case(self.party)

    def version(self) -> Version | None:
        return version_of_party(self.organization) if self.organization else None

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.organization is None:
            return self.choose(request.GET.get("q", "").strip())
        initial = proposal_of(self.finding) if self.finding else {}
        if self.found is not None and self.found.legal_basis:
            initial = prepared(self.found)
        elif self.found is not None:
            initial = {**prepared(self.found), **initial}
        return self.show(
            self.form(initial={"reference": request.GET.get("reference", ""), **initial})
        )

    def form(self, *posted: Any, **options: Any) -> CaseForm:
        return CaseForm(
            *posted,
            rules=credit_rules(self.at),
            since=rules_since(),
            at=self.at,
            limit=upload_limit(self.party.organization, self.at),
            **options,
        )

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, CaseForm)  # noqa: S101 - it is the one of `form`
        return form.proposed()

    def act(self, **given: Any) -> Case:
        files = given.pop("files")
        proposal = Proposal(organization=self.chosen(), authority=self.party.organization, **given)
        return prepare_case(
            proposal=proposal,
            found=self.found,
            finding=self.finding,
            source=self.source(),
            files=files,
            **self.hand,
        )

    def words(self, done: Case) -> dict[str, Any]:
        return {"case": done}

    def where(self, done: Case) -> str:
        return reverse("credit:case_notify", args=[done.slug])

    def choose(self, text: str) -> HttpResponse:
        found = Listed(agencies_named(text)[:MAX_FOUND] if text else ())
        return self.page(
            "credit/case_choose.html",
            q=text,
            agencies=found,
            is_cut=found.total == MAX_FOUND,
            crumbs=words.new_case_crumbs(),
        )

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        organization = self.chosen()
        return self.page(
            "credit/case_new.html",
            status=status,
            organization=organization,
            standing=standing_of(organization, self.at),
            entries=entries_that_count(organization, self.at)[:RECENT],
            kinds=breaches_of(self.at),
            form=form,
            crumbs=words.new_case_crumbs(),
        )


class CaseView(PartyView):
    """A page about one case in the officer's own area; others' are 404."""

    case: Case

    def load(self, **kwargs: Any) -> None:
        case = named_or_404(Case, kwargs["slug"], "with_details")
        if not permissions.can_see_case(self.party, case):
            raise Http404
        self.case = case

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_case(self.case)

    def show_desk(self) -> HttpResponse:
        case, at = self.case, self.at
        return self.page(
            "credit/case.html",
            case=case,
            restriction=getattr(case, "restriction", None),
            matter=find_matter(case.reference, case.organization),
            facts=words.proposal_facts(case),
            steps=words.case_steps(case),
            age=words.age_of(case, at, CalendarDay.objects.work_calendar()),
            lateness=words.lateness_of(case),
            standing=standing_of(case.organization, at),
            evidence=evidence_of(case),
            papers=papers_of(case),
            remedies=remedies_of(case),
            printed=printed.papers_of(case),
            recusals=case.recusals.select_related("user"),
            entries=related_entries(case, at),
            can_correct=permissions.can_open_case(self.party)
            and permissions.can_see_record_of(self.party, case.organization),
            earlier=list(earlier_restrictions(case)),
            effects=words.effects_of_signing(case, at) if case.is_open else [],
            reach=reach_of(case, at) if case.is_open else None,
            acts=officer_acts(case, self.party, at),
            crumbs=words.case_crumbs(case.number),
        )


class CasePage(CaseView):
    """Facts, evidence, clock and proposal, and what can be done now."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show_desk()


class StandingList(SupervisionView):
    """The agencies of the whole province, restricted ones first unless asked otherwise."""

    def get(self, request: HttpRequest) -> HttpResponse:
        agencies = Organization.objects.active_agencies()
        condition, kept_as = agency_words(request.GET.get("q", "")), ("agencies by standing",)
        faceted = FacetedList(agencies, agency_facets(), request.GET, condition, kept_as)
        order = order_of(orders := standing_orders(), request.GET).name
        ranking = Ranking(faceted.filtered(), order, self.at, faceted.asked_key)
        shown = faceted.on_page(request.path, "base_workbench.html")
        grades = grade_facet(ranking.counts, request.GET)
        found: Any = ranking.keys(grades.chosen)  # pages keys
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        rows = rows_of(list(page), self.at)
        return self.page(
            "credit/standing_list.html",
            **shown
            | {
                "facets": [grades.shown, *shown["facets"]],
                "pills": [*grades.pills, *shown["pills"]],
                "plain_key": (),
            },
            page_obj=page,
            rows=rows,
            sorting=sorting_of(orders, request.GET),
            can_open=permissions.can_open_case(self.party),
        )
