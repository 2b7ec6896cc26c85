"""What the lists of credit can be narrowed by."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from credit.models import Measure, Severity
from marketplace.kernel import known
from marketplace.models import Division
from marketplace.web.facets import MAX_WORDS, Facet, Option


def cities(path: str) -> list[Option]:
    """Return an option for each city; `path` leads to a division's code."""
    return [
        Option(code, name, Q(**{f"{path}__startswith": prefix}))
        for code, name, prefix in known.once("cities", read=_read_cities)
    ]


def _read_cities() -> tuple[tuple[str, str, str], ...]:
    cities = Division.objects.filter(level=Division.Level.CITY)
    return tuple((city.code, city.name, city.prefix) for city in cities)


def restriction_facets() -> list[Facet]:
    """Return the facets of the public list of restrictions."""
    severities = [Option(row.value, row.label, Q(severity=row.value)) for row in Severity]
    measures = [Option(row.value, row.label, Q(kind=row.value)) for row in Measure]
    is_on_units = Q(person_number="")
    subjects = [
        Option("organization", _("机构"), is_on_units),
        Option("person", _("执业人员"), ~is_on_units),
    ]
    return [
        Facet("subject", _("处理对象"), subjects),
        Facet("severity", _("认定等级"), severities),
        Facet("measure", _("措施"), measures),
        Facet("city", _("登记地"), cities("organization__division__code")),
    ]


def restriction_words(text: str) -> Q:
    """Return what a restriction must meet to hold every word in name, credit code or number."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= (
            Q(organization__name__icontains=word)
            | Q(organization__uscc__icontains=word)
            | Q(case__decision_number__icontains=word)
        )
    return condition


def agency_facets() -> list[Facet]:
    """Return the facets of the officers' list of agencies that the database can answer."""
    return [Facet("city", _("登记地"), cities("division__code"))]


def agency_words(text: str) -> Q:
    """Return what an agency must meet to hold every word in its name or credit code."""
    condition = Q()
    for word in text[:MAX_WORDS].split():
        condition &= Q(name__icontains=word) | Q(uscc__icontains=word)
    return condition
