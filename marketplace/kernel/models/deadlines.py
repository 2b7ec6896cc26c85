"""Running deadlines: of which row, of what kind, from when to when, and what keeps them still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, overload

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.inserts import insert
from marketplace.kernel.known import once_here
from marketplace.kernel.statements import statement

KNOWN = "known_deadlines"


class NoDeadline(LookupError):
    """A row that must have a deadline of a kind has none."""


MATTER = "matter"
"""Why deadlines stand still when the whole matter that they belong to is suspended."""


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines by what becomes of them."""

    def running(self) -> DeadlineQuerySet:
        """Deadlines that nothing has stopped or suspended."""
        return self.filter(stopped_at__isnull=True, suspended_at__isnull=True)

    def not_stopped(self, subject: OuterRef | int, kind: str) -> DeadlineQuerySet:
        """Deadlines of `kind` of one row that run, or stand still for a while."""
        return self.filter(object_id=subject, kind=kind, stopped_at__isnull=True)

    def due(self, at: datetime) -> DeadlineQuerySet:
        """Deadlines that the schedule looks at by `at`, the earliest first."""
        return self.filter(next_at__lte=at).order_by("next_at", "pk")

    def provisional(self) -> DeadlineQuerySet:
        """Running deadlines that rest on a year whose holidays were not published."""
        return self.running().filter(is_provisional=True).order_by("pk")


class Deadline(models.Model):
    """
    One deadline of one row; a kind that begins again takes the same row.

    It is changed under the lock of its subject alone. `ends_at` is an exclusive instant. At
    `acts_at` the schedule does what follows when nobody has acted, at `remind_at` it reminds, and
    at `next_at`, the earlier of the two, it looks at the row next. Of a stopped row `ends_at` stays
    for the record.
    """

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("对象类型"), on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("对象"))
    subject = GenericForeignKey("content_type", "object_id")
    kind = models.CharField(_("种类"), max_length=40)
    matter = models.CharField(_("所属事项"), max_length=64, blank=True)
    starts_at = models.DateTimeField(_("起算时间"))
    ends_at = models.DateTimeField(_("届满时间"))
    is_provisional = models.BooleanField(_("暂定"), default=False)
    acts_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    remind_at = models.DateTimeField(_("提醒时间"), null=True, blank=True)
    next_at = models.DateTimeField(_("下次处理时间"), null=True, blank=True, editable=False)
    paused_days = models.PositiveIntegerField(_("已中止天数"), default=0)
    suspended_at = models.DateTimeField(_("中止时间"), null=True, blank=True)
    suspended_by = models.CharField(_("中止原因"), max_length=16, blank=True)
    stopped_at = models.DateTimeField(_("停止时间"), null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期限")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="deadline_once_per_kind", fields=["object_id", "kind", "content_type"]
            ),
            models.CheckConstraint(
                name="deadline_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="deadline_at_rest_is_not_looked_at",
                condition=Q(next_at__isnull=True)
                | Q(stopped_at__isnull=True, suspended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="deadline_suspended_says_why",
                condition=Q(suspended_at__isnull=True, suspended_by="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_by="")),
            ),
            models.CheckConstraint(
                name="deadline_is_not_stopped_and_suspended",
                condition=Q(stopped_at__isnull=True) | Q(suspended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="deadline_end",
                fields=["ends_at"],
                condition=Q(stopped_at__isnull=True, suspended_at__isnull=True),
            ),
            models.Index(
                name="deadline_next", fields=["next_at"], condition=Q(next_at__isnull=False)
            ),
            models.Index(
                name="deadline_acts",
                fields=["acts_at", "id"],
                condition=Q(stopped_at__isnull=True, suspended_at__isnull=True),
            ),
            models.Index(name="deadline_of_kind_by_end", fields=["kind", "ends_at"]),
            models.Index(
                name="deadline_first_to_end",
                fields=["kind", "ends_at", "object_id"],
                condition=Q(stopped_at__isnull=True),
            ),
            models.Index(
                name="deadline_of_matter",
                fields=["matter"],
                condition=Q(stopped_at__isnull=True) & ~Q(matter=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it with the moment at which the schedule looks at it next."""
        moments = [moment for moment in (self.remind_at, self.acts_at) if moment is not None]
        self.next_at = min(moments, default=None) if self.is_running else None
        if self._state.adding and not (args or kwargs):
            insert(self)
        else:
            super().save(*args, **kwargs)

    @property
    def is_running(self) -> bool:
        """Tell whether nothing has stopped or suspended it."""
        return self.stopped_at is None and self.suspended_at is None


@dataclass(frozen=True)
class Needs:
    """
    While `state` is so of a row, a deadline of each of `kinds` is there and not stopped.

    It may have ended, or stand still for a while. `state_triggers` holds every row to it.
    """

    state: Q
    kinds: Sequence[str]


class DeadlineSubject(models.Model):
    """A row that has deadlines, at most one of a kind."""

    deadlines = GenericRelation(Deadline)
    needs: ClassVar[Sequence[Needs]] = ()

    class Meta:
        abstract = True

    def begin_without_deadlines(self) -> None:
        """Know that a row which has just been stored has none."""
        vars(self)[KNOWN] = []

    def deadline(self, kind: str) -> Deadline | None:
        """
        Return the deadline of `kind`, also when it has ended, or None before it has begun.

        The first call reads all deadlines of the row; a list prefetches `deadlines_of` its rows.
        """
        return next((row for row in self._known_deadlines() if row.kind == kind), None)

    def stands_still_by(self, why: str) -> bool:
        """Tell whether a deadline of the row stands still for `why`."""
        return self.still_since(why) is not None

    def still_since(self, why: str) -> datetime | None:
        """Return since when deadlines of the row stand still for `why`; None if none does."""
        rows = (row for row in self._known_deadlines() if row.suspended_by == why)
        return min((row.suspended_at for row in rows if row.suspended_at), default=None)

    def _known_deadlines(self) -> Iterable[Deadline]:
        if KNOWN not in vars(self):
            if self.pk is None:
                return ()
            kind = ContentType.objects.get_for_model(type(self), for_concrete_model=True)
            read = partial(_deadlines_of, kind.pk, self.pk)
            vars(self)[KNOWN] = once_here("deadlines", kind.pk, self.pk, read=read)
        known: list[Deadline] = vars(self)[KNOWN]
        return known

    def know(self, row: Deadline) -> None:
        """Count one that has just been stored among those of the row."""
        if KNOWN in vars(self):
            vars(self)[KNOWN] = [*(one for one in vars(self)[KNOWN] if one != row), row]

    def forget_deadlines(self) -> None:
        """Read them anew the next time."""
        vars(self).pop(KNOWN, None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row anew, and forget its deadlines."""
        self.forget_deadlines()
        super().refresh_from_db(*args, **kwargs)


@statement
def next_end(after: datetime) -> models.QuerySet[Deadline, datetime]:
    """Return the first end of a running deadline later than `after`, if there is one."""
    ends = Deadline.objects.running().filter(ends_at__gt=after).order_by("ends_at")
    return ends.values_list("ends_at", flat=True)[:1]


def deadlines_of(rows: str = "") -> models.Prefetch[str]:
    """
    Return what `prefetch_related` is told, for a list that shows deadlines of its rows.

    `rows` leads to those that have them, from those of the list. Each row gets a list. Without its
    own name for it Django makes a queryset for each row instead, filtered and never sent, which
    takes longer than to read them all.
    """
    return models.Prefetch(f"{rows}__deadlines" if rows else "deadlines", to_attr=KNOWN)


@statement
def _deadlines_of(content_type: int, subject: int) -> models.QuerySet[Deadline]:
    return Deadline.objects.filter(content_type=content_type, object_id=subject)


class EndOf:
    """When the deadline of a kind ends, as an attribute of its subject; None before it begins."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @overload
    def __get__(self, subject: None, owner: type) -> EndOf: ...
    @overload
    def __get__(self, subject: DeadlineSubject, owner: type) -> datetime | None: ...
    def __get__(self, subject: DeadlineSubject | None, owner: type) -> EndOf | datetime | None:
        if subject is None:
            return self
        found = subject.deadline(self.kind)
        return None if found is None else found.ends_at


class KnownEndOf:
    """
    When the deadline of a kind ends that its subject never is without.

    Raises:
        NoDeadline: it has none all the same.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @overload
    def __get__(self, subject: None, owner: type) -> KnownEndOf: ...
    @overload
    def __get__(self, subject: DeadlineSubject, owner: type) -> datetime: ...
    def __get__(self, subject: DeadlineSubject | None, owner: type) -> KnownEndOf | datetime:
        if subject is None:
            return self
        found = subject.deadline(self.kind)
        if found is None:
            raise NoDeadline(self.kind)
        return found.ends_at


class IsProvisional:
    """Whether a running deadline of one of these kinds rests on a year that is not published."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    @overload
    def __get__(self, subject: None, owner: type) -> IsProvisional: ...
    @overload
    def __get__(self, subject: DeadlineSubject, owner: type) -> bool: ...
    def __get__(self, subject: DeadlineSubject | None, owner: type) -> IsProvisional | bool:
        if subject is None:
            return self
        found = map(subject.deadline, self.kinds)
        return any(row.is_provisional and row.stopped_at is None for row in found if row)


def end_of(kind: str, outer: str = "pk") -> Subquery:
    """
    Return the end of a kind as an expression, to filter or sort rows of any query by.

    `outer` leads from the rows of that query to the primary key of the subject; what model it is of
    follows from the kind.
    """
    rows = Deadline.objects.filter(object_id=OuterRef(outer), kind=kind)
    return Subquery(rows.order_by().values("ends_at")[:1])
