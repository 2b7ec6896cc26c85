"""What the public lists can be narrowed by."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from bidding.models.stages import Phase
from marketplace.facets import Facet, Option
from marketplace.models import Division, ServiceClass

MAX_WORDS = 60


def _cities(path: str) -> list[Option]:
    cities = Division.objects.filter(level=Division.Level.CITY)
    return [
        Option(city.code, city.name, Q(**{f"{path}__startswith": city.prefix})) for city in cities
    ]


def _classes(path: str) -> list[Option]:
    return [Option(row.code, row.name, Q(**{path: row.pk})) for row in ServiceClass.objects.all()]


def tender_facets() -> list[Facet]:
    """Return the facets of the order list; two queries for places and classes."""
    return [
        Facet(
            "phase",
            _("进度"),
            [Option(phase.value, phase.label, phase.condition) for phase in Phase],
        ),
        Facet("city", _("地区"), _cities("division__code")),
        Facet("class", _("服务类别"), _classes("item__service_class")),
        Facet(
            "method",
            _("选取方式"),
            [Option(row.value, row.label, Q(method=row.value)) for row in Tender.Method],
        ),
        Facet(
            "fund",
            _("资金来源"),
            [Option(row.value, row.label, Q(fund=row.value)) for row in Tender.Fund],
        ),
    ]


def agency_facets() -> list[Facet]:
    """Return the facets of the agency list."""
    return [
        Facet("class", _("服务类别"), _classes("agency__qualifications__service_class")),
        Facet("city", _("登记地"), _cities("division__code")),
    ]


def tender_words(text: str) -> Q:
    """Return what an order must meet to hold every word of `text` in title, code, item or buyer."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(buyer__name__icontains=word)
            | Q(item__name__icontains=word)
        )
    return condition


def agency_words(text: str) -> Q:
    """Return what an agency must meet to hold every word of `text` in its name or credit code."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= Q(name__icontains=word) | Q(uscc__icontains=word)
    return condition
