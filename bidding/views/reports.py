"""Reports by anybody: the form, its receipt, and the officers' answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal.ratelimit import consume
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from bidding import permissions
from bidding.actions import reports as actions
from bidding.forms.reports import ReceiptForm, ReportAnswerForm, ReportForm
from bidding.guards.reports import report_is_open
from bidding.models import Report
from bidding.pages import reports as pages
from marketplace.guards.documents import upload_limits_in
from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Division, Document
from marketplace.web.act_views import REFUSED, AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.files import document_response
from marketplace.web.proof_of_work import new_challenge, solved_challenge
from marketplace.web.queues import handlers_of, narrowed, narrowing_of
from marketplace.web.views import PartyView

PAGE_SIZE = 20


@method_decorator(never_cache, name="dispatch")
class ReportNew(FormView[ReportForm]):
    """Report something, with an account or without one."""

    template_name = "bidding/report_new.html"
    form_class = ReportForm

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    def get_form_kwargs(self) -> dict[str, Any]:
        province = Division.objects.get(level=Division.Level.PROVINCE)
        return {**super().get_form_kwargs(), **upload_limits_in(province, self.at)}

    def form_valid(self, form: ReportForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        if not self.may_send(given.pop("altcha")):
            too_often: HttpResponse = respond_429(self.request)
            return too_often
        report = actions.file_report(**given, at=self.at)
        return redirect("bidding:report_status", report.receipt)

    def may_send(self, solved: str) -> bool:
        """Ask the rates: one for who has solved a puzzle of ours, once, one for who has not."""
        challenge = solved_challenge(solved, self.at)
        if challenge is not None and not self.counted("report_puzzle", challenge):
            challenge = None
        return self.counted("report" if challenge else "report_plain")

    def counted(self, action: str, key: str | None = None) -> bool:
        """Count one more of `action`; tell whether it is still allowed."""
        used = consume(
            self.request, app="marketplace", action=action, key=key, config=settings.RATE_LIMITS
        )
        return used is not None

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=REFUSED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            puzzle=new_challenge(self.at),
            loses_files=self.request.method == "POST",
            crumbs=pages.public_crumbs(),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ReportFind(FormView[ReceiptForm]):
    """Find the answer by the number of the receipt."""

    template_name = "bidding/report_find.html"
    form_class = ReceiptForm

    def form_valid(self, form: ReceiptForm) -> HttpResponse:
        return redirect("bidding:report_status", form.cleaned_data["receipt"])

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=pages.public_crumbs(pages.FIND), **kwargs)


@method_decorator(never_cache, name="dispatch")
class ReportStatus(TemplateView):
    """How far a report is, for who has its receipt; what it says is not repeated."""

    template_name = "bidding/report_status.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Report.objects.select_related("authority").prefetch_related(deadlines_of())
        report = get_object_or_404(rows, receipt=kwargs["receipt"])
        return super().get_context_data(
            report=report,
            written=pages.written_receipt(report.receipt),
            steps=pages.steps_of(report),
            platform_now=clock.now(),
            crumbs=pages.public_crumbs(pages.FIND),
        )


class Reports(PartyView):
    """The officers' queue of reports, by deadline."""

    def is_allowed(self) -> bool:
        return permissions.can_see_disputes(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        queue = pages.DONE if request.GET.get("queue") == pages.DONE else pages.OPEN
        orders = pages.report_orders(queue)
        rows = pages.queue_of(self.party, queue).order_by(*order_of(orders, request.GET).by)
        asked = narrowing_of(request.GET)
        rows = narrowed(rows, pages.HANDLED, asked, self.party, day_of(self.at))
        counts = pages.counts_of(self.party)
        found = asked.counted(rows, counts[queue])
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/reports.html",
            queues=pages.tabs_of(counts, queue),
            rows=[pages.line_of(row, self.at) for row in page.object_list],
            page_obj=page,
            narrowing=asked,
            handlers=handlers_of(Report, [row.pk for row in page], self.party),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            nothing=pages.NOTHING,
            crumbs=pages.officer_crumbs(),
        )


class ReportAnswer(AskingView):
    """Read a report of the officer's area, and answer it."""

    said = "bidding/report_answered"
    report: Report

    def load(self, **kwargs: Any) -> None:
        rows = Report.objects.select_related("authority__division", "division__parent", "case")
        self.report = get_object_or_404(rows, slug=kwargs["slug"])
        if not permissions.can_see_report(self.party, self.report):
            raise Http404

    def is_allowed(self) -> bool:
        is_read = self.request.method == "GET"
        return is_read or permissions.can_answer_report(self.party, self.report)

    def version(self) -> Version:
        return version_of(Seen(self.report))

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return ReportAnswerForm(*posted, at=self.at, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, ReportAnswerForm)  # noqa: S101 - it is the form of this view
        return form.given()

    def act(self, **given: Any) -> Report:
        return actions.answer_report(report=self.report, **given, **self.hand)

    def where(self, done: Report) -> str:
        return "bidding:reports"

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        report = self.report
        may_answer = permissions.can_answer_report(self.party, report)
        return self.page(
            "bidding/report_answer.html",
            status=status,
            report=report,
            facts=pages.facts_of(report, self.party),
            papers=report.papers.order_by("pk"),
            steps=pages.steps_of(report),
            handling=pages.handling(report, self.party, self.at),
            form=form if may_answer and report_is_open(report).holds else None,
            crumbs=pages.officer_crumbs(report.get_topic_display()),
        )


class ReportDocument(PartyView):
    """A file that came with a report, for the officers who read it."""

    document: Document

    def load(self, **kwargs: Any) -> None:
        report = get_object_or_404(
            Report.objects.select_related("authority__division"), slug=kwargs["slug"]
        )
        if not permissions.can_see_report(self.party, report):
            raise Http404
        self.document = get_object_or_404(report.papers, slug=kwargs["document"])

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest, **_kwargs: str) -> FileResponse:
        return document_response(self.document)
