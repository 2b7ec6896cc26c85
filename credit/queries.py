"""What the pages show of credit, as rows and plain values; a fixed number of queries each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from credit.models import Case, CaseQuerySet, Entry, EntryQuerySet, Restriction, StandingCheck
from credit.models.deadlines import CreditDeadline
from credit.standing import Standing, standings_of
from marketplace.kernel.models import end_of
from marketplace.models import Agency, Document, Organization, ServiceClass
from marketplace.parties import Party

RECENT = 20
WAITING, DUE, CLOSED = "statement", "decision", "closed"
QUEUES = {
    WAITING: Q(status=Case.Status.NOTIFIED),
    DUE: Q(status=Case.Status.STATED),
    CLOSED: ~Q(status__in=[Case.Status.NOTIFIED, Case.Status.STATED]),
}
DEADLINES = {
    WAITING: end_of(Case, CreditDeadline.STATEMENT).asc(),
    DUE: end_of(Case, CreditDeadline.DECISION).asc(),
    CLOSED: F("decided_at").desc(),
}


def public_restrictions(at: datetime, *, is_over: bool) -> QuerySet[Restriction]:
    """Return the published restrictions in force at `at`, or those that are over, newest first."""
    rows = Restriction.objects.public().with_relations()
    return rows.over(at) if is_over else rows.in_force(at)


def restriction_counts(at: datetime) -> dict[str, int]:
    """Return how many published restrictions are in force at `at`, and how many are over."""
    rows = Restriction.objects.public()
    return {"running": rows.in_force(at).count(), "over": rows.over(at).count()}


def restriction_by_slug(slug: str) -> Restriction | None:
    """Return a restriction with everything its decision says."""
    return (
        Restriction.objects.with_relations()
        .select_related("case__opened_by", "case__decided_by", "case__revoked_by")
        .filter(slug=slug)
        .first()
    )


def case_by_slug(slug: str) -> Case | None:
    """Return a case with everything its page says."""
    case: Case | None = (
        Case.objects.with_relations()
        .select_related(
            "authority__division",
            "service_class",
            "opened_by",
            "decided_by",
            "revoked_by",
            "statement_document",
        )
        .filter(slug=slug)
        .first()
    )
    return case


def cases_for(party: Party) -> CaseQuerySet:
    """Return the cases that an officer's authority sees."""
    cases: CaseQuerySet = Case.objects.within(party.organization.division).with_relations()
    return cases


def cases_of(organization: Organization) -> QuerySet[Case]:
    """Return the cases against an organisation, newest first."""
    cases: CaseQuerySet = Case.objects.filter(organization=organization)
    return cases.with_relations()[:RECENT]


def queue_of(party: Party, queue: str) -> CaseQuerySet:
    """Return one queue of cases, the nearest deadline first; closed ones newest first."""
    return cases_for(party).filter(QUEUES[queue]).order_by(DEADLINES[queue], "pk")


def queue_counts(party: Party) -> dict[str, int]:
    """Return how many cases stand in each queue."""
    cases = cases_for(party)
    return {queue: cases.filter(condition).count() for queue, condition in QUEUES.items()}


def document_of(case: Case, slug: str) -> Document | None:
    """Return the evidence or the agency's paper with `slug` that belongs to `case`."""
    own = Q(pk__in=case.evidence.values("pk")) | Q(pk=case.statement_document_id)
    return Document.objects.filter(own, slug=slug).first()


def related_entries(case: Case, at: datetime) -> QuerySet[Entry]:
    """Return what the record holds about the same conduct or the same business, newest first."""
    about = Q(kind=case.kind) | Q(reference=case.reference) if case.reference else Q(kind=case.kind)
    return entries_that_count(case.organization, at).filter(about)


def entries_that_count(organization: Organization, at: datetime) -> EntryQuerySet:
    """Return the entries of a record that make up the score at `at`, newest first."""
    entries: EntryQuerySet = Entry.objects.filter(organization=organization)
    return entries.known_at(at)


def earlier_restrictions(case: Case) -> QuerySet[Restriction]:
    """Return what was imposed on the agency in other cases, newest first."""
    return (
        Restriction.objects.filter(organization=case.organization)
        .exclude(case=case)
        .select_related("case__authority__division", "service_class")[:RECENT]
    )


def record_of(organization: Organization) -> QuerySet[Entry]:
    """Return every entry of a record, the corrected ones too, newest first."""
    return Entry.objects.filter(organization=organization).select_related(
        "recorded_by", "corrects", "corrected_by"
    )


def own_checks(organization: Organization) -> QuerySet[StandingCheck]:
    """Return what was asked about an organisation; for its own eyes, since it tells its bids."""
    return StandingCheck.objects.filter(organization=organization)[:RECENT]


@dataclass(frozen=True)
class Ranked:
    """An agency and how it stands."""

    organization: Organization
    standing: Standing


def agencies_by_standing(agencies: QuerySet[Organization], at: datetime) -> list[Ranked]:
    """Return the agencies, restricted ones first, then the lowest score first; five queries."""
    rows = list(agencies.select_related("division__parent").order_by("pk"))
    standings = standings_of(rows, at)
    ranked = [Ranked(row, standings[row.pk]) for row in rows]
    return sorted(ranked, key=lambda row: (not row.standing.restrictions, row.standing.score))


def service_classes() -> QuerySet[ServiceClass]:
    """Return the classes that a freeze may be limited to."""
    return ServiceClass.objects.all()


def agencies_named(text: str) -> QuerySet[Organization]:
    """Return the admitted agencies whose name or credit code holds every word of `text`."""
    rows = Organization.objects.filter(
        kind=Organization.Kind.AGENCY,
        agency__status__in=[Agency.Status.ACTIVE, Agency.Status.WITHDRAWN],
    )
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(uscc__icontains=word))
    return rows.select_related("division__parent").order_by("name", "pk")
