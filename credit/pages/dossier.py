"""What an officer finds about an agency and a case: the record, earlier decisions, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from credit.models import (
    Case,
    Entry,
    EntryQuerySet,
    Hearing,
    Repair,
    Restriction,
    RestrictionQuerySet,
    Review,
)
from marketplace.models import Agency, Document, Organization, OrganizationQuerySet

RECENT = 20


def agencies_named(text: str) -> OrganizationQuerySet:
    """Return the admitted agencies whose name or credit code holds every word of `text`."""
    rows = Organization.objects.filter(
        kind=Organization.Kind.AGENCY,
        agency__status__in=[Agency.Status.ACTIVE, Agency.Status.WITHDRAWN],
    )
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(uscc__icontains=word))
    return rows.select_related("division__parent").order_by("name", "pk")


def entries_that_count(organization: Organization, at: datetime) -> EntryQuerySet:
    """Return the entries of a record that make up the score at `at`, newest first."""
    return Entry.objects.filter(organization=organization).known_at(at)


def related_entries(case: Case, at: datetime) -> EntryQuerySet:
    """Return what the record holds about the same conduct or the same business, newest first."""
    about = Q(kind=case.kind) | Q(reference=case.reference) if case.reference else Q(kind=case.kind)
    return entries_that_count(case.organization, at).filter(about)[:RECENT]


def earlier_restrictions(case: Case) -> RestrictionQuerySet:
    """Return what was imposed on the agency in other cases, newest first."""
    return (
        Restriction.objects.filter(organization=case.organization)
        .exclude(case=case)
        .select_related("case__authority__division", "service_class")[:RECENT]
    )


def document_of(case: Case, slug: str) -> Document | None:
    """Return the evidence or the agency's paper with `slug` that belongs to `case`."""
    own = Q(pk__in=case.evidence.values("pk")) | Q(pk=case.statement_document_id)
    own |= Q(pk__in=case.statement_attachments.values("pk"))
    own |= Q(pk__in=Review.papers.through.objects.filter(review__case=case).values("document"))
    own |= Q(pk__in=Repair.papers.through.objects.filter(repair__case=case).values("document"))
    return Document.objects.filter(own, slug=slug).first()


def papers_of(case: Case) -> list[Document]:
    """Return what the agency sent with its statement, in the order in which it came."""
    if case.statement_document is None:
        return []
    return [case.statement_document, *case.statement_attachments.all()]


@dataclass(frozen=True)
class Remedies:
    """The hearing, the review and the applications for repair of a case."""

    hearing: Hearing | None
    review: Review | None
    repairs: list[Repair]

    def __bool__(self) -> bool:
        """Tell whether there is any of them."""
        return bool(self.hearing or self.review or self.repairs)


def remedies_of(case: Case) -> Remedies:
    """Return what the party of a case has asked for, with what came of it."""
    people = ("decided_by", "suspended_by")
    return Remedies(
        hearing=Hearing.objects.filter(case=case).select_related("led_by").first(),
        review=Review.objects.filter(case=case).select_related(*people).first(),
        repairs=list(Repair.objects.filter(case=case).select_related("decided_by")),
    )
