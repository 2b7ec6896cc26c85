"""What a unit finds on the page of its own record."""

from __future__ import annotations

from django.db.models import QuerySet

from credit.models import Case, CaseQuerySet, Entry, EntryQuerySet, StandingCheck
from marketplace.models import Organization

RECENT = 20


def record_of(organization: Organization) -> EntryQuerySet:
    """Return every entry of a record, the corrected ones too, newest first."""
    return Entry.objects.filter(organization=organization).with_corrections()


def cases_of(organization: Organization) -> CaseQuerySet:
    """Return the latest cases against an organisation, newest first."""
    return Case.objects.filter(organization=organization).with_relations()[:RECENT]


def own_checks(organization: Organization) -> QuerySet[StandingCheck]:
    """Return what was asked about an organisation; for its own eyes, since it tells its bids."""
    return StandingCheck.objects.filter(organization=organization)[:RECENT]
