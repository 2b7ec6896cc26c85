"""What a unit finds on the page of its own record."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from credit.models import Case, CaseQuerySet, Entry, EntryQuerySet, StandingCheck
from marketplace.kernel.models import RulebookVersion
from marketplace.models import Organization
from marketplace.web.components import Order

RECENT = 20


def record_of(organization: Organization) -> EntryQuerySet:
    """Return every entry of a record, the corrected ones too, newest first."""
    return Entry.objects.filter(organization=organization).with_corrections()


def entry_orders() -> list[Order]:
    """Return how a record can be sorted, the first as `record_of` does."""
    return [
        Order("newest", _("最近发生的在前"), ("-occurred_at", "-pk")),
        Order("oldest", _("最早发生的在前"), ("occurred_at", "pk")),
        Order("points", _("扣分多的在前"), ("points", "-occurred_at", "-pk")),
    ]


def cases_of(organization: Organization) -> CaseQuerySet:
    """Return the latest cases against an organisation, newest first."""
    return Case.objects.told().filter(organization=organization).with_relations()[:RECENT]


def own_checks(organization: Organization) -> QuerySet[StandingCheck]:
    """Return what was asked about an organisation; for its own eyes, since it tells its bids."""
    versions = RulebookVersion.objects.filter(sha256=OuterRef("rulebook_sha256")).values("number")
    asked = StandingCheck.objects.filter(organization=organization)
    return asked.annotate(rulebook_number=Subquery(versions))[:RECENT]
