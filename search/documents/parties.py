"""Agencies, owners, and the decisions against agencies while they are published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from bidding.pages.owners import public_owners
from credit.in_force import are_grades_given
from credit.models import Restriction
from credit.standing import public_grades, public_standings
from marketplace.models import Organization, Qualification
from search.documents.base import BATCH, Read, Source, dates, lines, moment, places, said, values
from search.facets import CLASS, GRADE, STATUS
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind
RUNNING, OVER = "running", "over"


class Agencies:
    """
    The agencies on the register, each with the grade that everybody may know of.

    It is counted from the record: for all of them at once, or for the one that is asked for. None
    has a grade where no rulebook gives any.
    """

    kind = Kind.AGENCY

    def all(self, at: datetime) -> Iterator[Read]:
        """Yield what reads each agency; the rows come little by little."""
        grades = public_grades(at) if are_grades_given(at) else {}
        rows = public_agencies().order_by("pk").iterator(BATCH)
        return (partial(from_agency, row, grades.get(row.pk, "")) for row in rows)

    def one(self, key: str, at: datetime) -> Document | None:
        """Return the document of one agency; None when it is not on the register."""
        row = public_agencies().filter(slug=key).first()
        return from_agency(row, _grade_of(row, at)) if row else None


def _grade_of(agency: Organization, at: datetime) -> str:
    if not are_grades_given(at):
        return ""
    return public_standings([agency.pk], at)[agency.pk].grade


def public_agencies() -> QuerySet[Organization]:
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


def from_agency(organization: Organization, grade: str) -> Document:
    """What an agency is called, where it is registered, for what it is qualified, its grade."""
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
            (GRADE, grade),
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
            *dates(restriction.effective_from),
        ),
    )


SOURCES = (
    Agencies(),
    Source(Kind.OWNER, owners, lambda key: {"slug": key}, from_owner),
    Source(Kind.SANCTION, published_restrictions, lambda key: {"slug": key}, from_restriction),
)
