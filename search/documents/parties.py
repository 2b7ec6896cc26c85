"""Agencies, owners, and the decisions against agencies while they are published."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from bidding.pages.owners import public_owners
from credit.models import Restriction
from marketplace.models import Organization, Qualification
from search.documents.base import Source, lines, moment, places, said, values, year
from search.facets import CLASS, STATUS
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind
RUNNING, OVER = "running", "over"


def public_agencies(_at: datetime) -> QuerySet[Organization]:
    """
    Agencies on the register: also who was removed, and is found with that state beside it.
    """
    classes = Qualification.objects.select_related("service_class")
    return (
        Organization.objects.active_agencies()
        .select_related("agency", "division__parent__parent", "registered_in")
        .prefetch_related(Prefetch("agency__qualifications", queryset=classes))
    )


def owners(_at: datetime) -> QuerySet[Organization]:
    """Owners with a page."""
    return public_owners().select_related("division__parent__parent", "registered_in")


def published_restrictions(at: datetime) -> QuerySet[Restriction]:
    """Restrictions that everybody may read of at `at`: not those whose publication has ended."""
    return (
        Restriction.objects.shown(at)
        .with_decision()
        .select_related("organization__division__parent__parent")
    )


def from_agency(organization: Organization) -> Document:
    """What an agency is called, where it is registered and for what it is qualified."""
    rows = organization.agency.qualifications.all()
    classes = {row.service_class.code: row.service_class.name for row in rows}
    return Document(
        kind=Kind.AGENCY,
        key=organization.slug,
        title=organization.name,
        facts=said(organization.place),
        body=lines(*classes.values()),
        url=reverse("bidding:agency", args=[organization.slug]),
        codes=said(organization.uscc or ""),
        sort_at=moment(organization.agency.activated_at),
        facets=values(
            *places(organization.division),
            *((CLASS, code) for code in classes),
        ),
    )


def from_owner(organization: Organization) -> Document:
    """What an owner is called and where it is."""
    return Document(
        kind=Kind.OWNER,
        key=organization.slug,
        title=organization.name,
        facts=said(organization.place),
        body="",
        url=reverse("bidding:owner", args=[organization.slug]),
        codes=said(organization.uscc or ""),
        sort_at=organization.registered_at,
        facets=values(*places(organization.division)),
    )


def from_restriction(restriction: Restriction) -> Document:
    """Whom a published decision binds, by what and for what; a person as masked there."""
    case, organization = restriction.case, restriction.organization
    service_class = restriction.service_class
    is_over = restriction.lifted_at is not None or restriction.ended_at is not None
    return Document(
        kind=Kind.SANCTION,
        key=restriction.slug,
        title=f"{restriction.subject_name} {restriction.measure_word}",
        facts=said(
            organization.name,
            str(case.get_kind_display()),
            case.authority.name,
            str(restriction.get_severity_display()),
        ),
        body=lines(restriction.legal_basis, service_class.name if service_class else ""),
        url=reverse("credit:decision", args=[restriction.slug]),
        codes=said(case.decision_number or "", organization.uscc or ""),
        sort_at=restriction.effective_from,
        facets=values(
            *places(organization.division),
            (CLASS, service_class.code if service_class else ""),
            (STATUS, OVER if is_over else RUNNING),
            year(restriction.effective_from),
        ),
    )


SOURCES = (
    Source(Kind.AGENCY, public_agencies, lambda key: {"slug": key}, from_agency),
    Source(Kind.OWNER, owners, lambda key: {"slug": key}, from_owner),
    Source(Kind.SANCTION, published_restrictions, lambda key: {"slug": key}, from_restriction),
)
