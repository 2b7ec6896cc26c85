"""The pages of figures: charts with their tables, each table as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from bidding.pages.figures.page import asked_at, figures_page, plot_of, table_of
from bidding.pages.figures.plot import Asked
from bidding.pages.figures.prices import price_table, prices_page
from bidding.pages.figures.ranks import rank_table, ranking_of, ranks_page
from bidding.pages.figures.scope import Scope
from bidding.views.lists import AtMixin
from marketplace.kernel.calendar import day_of
from marketplace.web.exports import csv_response


class FigureMixin(AtMixin):
    """Read what the address narrows the figures to."""

    request: HttpRequest

    @cached_property
    def today(self) -> date:
        return day_of(self.at)

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self.request.GET, self.today)

    @cached_property
    def asked(self) -> Asked | None:
        is_elder = self.request.COOKIES.get("mode") == "elder"
        return asked_at(self.scope, self.today, opens_tables=is_elder)


class FiguresView(FigureMixin, TemplateView):
    """Orders, amounts, competition, days and failures of a year, a city and a fund."""

    template_name = "bidding/figures/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = figures_page(self.asked, self.scope, self.today)
        return super().get_context_data(**page, **kwargs)


class FigureCsvView(FigureMixin, TemplateView):
    """The table of one figure as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        plot = plot_of(kwargs["key"], self.asked) if self.asked else None
        if plot is None:
            raise Http404
        return csv_response(f"{plot.key}-{self.today:%Y%m%d}", table_of(plot))


class PricesView(FigureMixin, TemplateView):
    """What items cost: median and quartiles of a year, a city and a fund."""

    template_name = "bidding/figures/prices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = prices_page(self.asked, self.scope, self.today)
        return super().get_context_data(**page, **kwargs)


class PricesCsvView(FigureMixin, TemplateView):
    """The same as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        table = price_table(self.asked) if self.asked else []
        return csv_response(f"prices-{self.today:%Y%m%d}", table)


class RanksView(FigureMixin, TemplateView):
    """One of the rankings, with how it is made."""

    template_name = "bidding/figures/ranks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = ranks_page(ranking_of(self.request.GET), self.asked)
        return super().get_context_data(**page, **kwargs)


class RanksCsvView(FigureMixin, TemplateView):
    """All places of one ranking as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        name = ranking_of(self.request.GET)
        return csv_response(f"ranking-{name}-{self.today:%Y%m%d}", rank_table(name))
