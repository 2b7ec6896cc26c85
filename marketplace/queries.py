"""What the pages of marketplace show, as querysets and rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import F, Min, Q, QuerySet

from marketplace.kernel.calendar import day_of, is_working_day
from marketplace.kernel.models import AuditEntry, CalendarDay, Parameter, end_of
from marketplace.models import (
    Agency,
    Division,
    Invitation,
    Membership,
    Message,
    Organization,
    ServiceClass,
    ServiceItem,
    User,
)
from marketplace.models.deadlines import AdmissionDeadline

GRACE = timedelta(minutes=10)
QUEUE_ORDER = {
    Agency.Status.SUBMITTED: end_of(Agency, AdmissionDeadline.CHECK).asc(),
    Agency.Status.PUBLICITY: end_of(Agency, AdmissionDeadline.PUBLICITY).asc(),
    Agency.Status.RETURNED: F("checked_at").desc(),
}


def agency_of(organization: Organization) -> Agency | None:
    """Return the agency's own part of `organization`, or None for a buyer or an authority."""
    if organization.kind != Organization.Kind.AGENCY:
        return None
    agency: Agency | None = Agency.objects.filter(pk=organization.pk).first()
    if agency is not None:
        agency.organization = organization
    return agency


def admission_queue(division: Division, status: str) -> QuerySet[Agency]:
    """Return the agencies registered in `division` or below in one state, most urgent first."""
    queue: QuerySet[Agency] = Agency.objects.filter(
        status=status, organization__division__code__startswith=division.prefix
    )
    rows = queue.select_related("organization__division__parent").prefetch_related("deadlines")
    return rows.order_by(QUEUE_ORDER[Agency.Status(status)], "pk")


def held_admissions(division: Division, at: datetime) -> QuerySet[Agency]:
    """
    Return the agencies whose publicity has ended without making them active.

    The schedule activates every other one within seconds of its end; `GRACE` is for these.
    """
    queue = admission_queue(division, Agency.Status.PUBLICITY)
    ends = end_of(Agency, AdmissionDeadline.PUBLICITY)
    return queue.alias(ends_at=ends).filter(ends_at__lte=at - GRACE)


def facts_changed_since(agency: Agency, at: datetime | None) -> set[str]:
    """Return the names of the facts that were changed after `at`, by the trail."""
    if at is None:
        return set()
    entries = AuditEntry.objects.filter(
        target_type="marketplace.agency",
        target_id=str(agency.pk),
        verb="agency.changed",
        at__gt=at,
    )
    return {name for entry in entries for name in entry.data["fields"]}


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Return who acts for `organization`, oldest first."""
    return (
        Membership.objects.active()
        .filter(organization=organization)
        .select_related("user")
        .order_by("pk")
    )


def invitations_of(organization: Organization, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that nobody has answered yet."""
    return Invitation.objects.pending(at).filter(organization=organization)


def invitations_to(user: User, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that `user` may still accept."""
    return (
        Invitation.objects.pending(at)
        .filter(user=user)
        .select_related("organization", "invited_by")
    )


def by_day(messages: Iterable[Message]) -> list[tuple[date, list[Message]]]:
    """Group messages, already sorted by time, into days in China."""
    return [
        (day, list(rows))
        for day, rows in groupby(messages, key=lambda message: day_of(message.created_at))
    ]


# --- Reference data by its code -------------------------------------------------------------------
def division(code: str) -> Division:
    """Return the division with `code`."""
    return Division.objects.select_related("parent__parent").get(code=code)


def service_class(code: str) -> ServiceClass:
    """Return the service class with `code`."""
    return ServiceClass.objects.get(code=code)


def published_item(code: str) -> ServiceItem:
    """Return the version of the item `code` that orders may name."""
    published: QuerySet[ServiceItem] = ServiceItem.objects.published()
    return published.select_related("service_class").get(code=code)


def working_days(first: date, last: date) -> list[date]:
    """Return the working days from `first` to `last`, both included."""
    calendar = CalendarDay.objects.work_calendar()
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in days if is_working_day(day, calendar)]


def areas_with_rules() -> list[Division]:
    """Return the province and the areas that have values of their own."""
    own = Q(pk__in=Parameter.objects.values("division"))
    rows = Division.objects.filter(own | Q(level=Division.Level.PROVINCE))
    return list(rows.order_by("code"))


def rules_begin() -> date | None:
    """Return the first day on which a rule value is in force, or None without any."""
    first: date | None = Parameter.objects.aggregate(day=Min("in_force_from"))["day"]
    return first


def unread_messages(before: datetime) -> QuerySet[Message]:
    """Return everybody's unread messages from before `before`, oldest first."""
    return Message.objects.unread().filter(created_at__lt=before).order_by("pk")


def authority(name: str, division: Division) -> Organization | None:
    """Return the authority with this name that acts for `division`, or None."""
    return Organization.objects.filter(
        kind=Organization.Kind.AUTHORITY, name=name, division=division
    ).first()


def person(username: str) -> User | None:
    """Return the active person who logs in as `username`, or None."""
    return User.objects.filter(username=username, is_active=True).first()


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return what `user` is, and where, oldest first."""
    return (
        Membership.objects.active().filter(user=user).select_related("organization").order_by("pk")
    )
