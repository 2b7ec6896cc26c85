"""Facts whose reason has to be judged before they count."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from credit.models.deadlines import CreditDeadline
from credit.models.entries import Entry
from credit.models.schemes import name_of_kind
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.deadlines import (
    DeadlineSubject,
    IsProvisional,
    KnownEndOf,
    Needs,
    deadlines_of,
)
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Division, Organization, User
from marketplace.models.second_look import SecondLook


class ReportedStatus(models.TextChoices):
    """Whether the reason that was given was found to be one."""

    REPORTED = "reported", _("理由待认定")
    CONFIRMED = "confirmed", _("无正当理由")
    EXCUSED = "excused", _("有正当理由")


class ToldStatus(models.TextChoices):
    """The same of what another unit says."""

    REPORTED = "reported", _("情况待核实")
    CONFIRMED = "confirmed", _("情况属实")
    EXCUSED = "excused", _("情况不属实")


class ReportedFactQuerySet(LockingQuerySet["ReportedFact"]):
    """Reported facts by who has to judge them."""

    def open(self) -> ReportedFactQuerySet:
        """Facts that nobody has judged yet."""
        return self.filter(status=ReportedStatus.REPORTED)

    def within(self, division: Division) -> ReportedFactQuerySet:
        """Facts about units that are registered in `division` or below it."""
        return self.filter(organization__division__code__startswith=division.prefix)

    def with_relations(self) -> ReportedFactQuerySet:
        """Facts with what every list shows of them."""
        return self.select_related(
            "organization__division", "rulebook", "entry", "judged_by", "reporter"
        ).prefetch_related(deadlines_of())


class ReportedFact(StatefulModel, DeadlineSubject, SlugModel):
    """
    What a unit did, with its reason; it counts only when an officer finds that there was none.

    With a `reporter` it is what another unit says of it: `given_reasons` are the other's words, and
    the unit itself may explain until an officer has judged whether they are true.

    Source: 无正当理由 (domain.md §11); an award given up for a good reason costs nothing.
    """

    Status = ReportedStatus

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.REPORTED)
    kind = models.CharField(_("事项"), max_length=48)
    occurred_at = models.DateTimeField(_("发生时间"))
    reference = models.CharField(_("关联业务"), max_length=64)
    reference_url = models.CharField(_("链接"), max_length=200, blank=True)
    given_reasons = models.TextField(_("说明的理由"), max_length=4000)
    reporter = models.ForeignKey(
        Organization,
        verbose_name=_("反映的单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    explanation = models.TextField(_("当事单位的说明"), max_length=2000, blank=True)
    explained_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    explained_by = models.ForeignKey(
        User,
        verbose_name=_("说明人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rulebook = models.ForeignKey(
        RulebookVersion, verbose_name=_("规则版本"), on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    judged_by = models.ForeignKey(
        User,
        verbose_name=_("认定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reasons = models.TextField(_("认定的理由"), max_length=1000, blank=True)
    entry = models.OneToOneField(
        Entry,
        verbose_name=_("信用记录"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    due_at = KnownEndOf(CreditDeadline.JUDGMENT)
    is_due_provisional = IsProvisional(CreditDeadline.JUDGMENT)
    needs = (Needs(Q(status=Status.REPORTED), (CreditDeadline.JUDGMENT,)),)

    objects = ReportedFactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("待认定的事项")
        ordering = ["occurred_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="reported_fact_once", fields=["organization", "kind", "reference"]
            ),
            models.CheckConstraint(
                name="reported_fact_judged_by_somebody_with_reasons",
                condition=Q(status=ReportedStatus.REPORTED)
                | Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="reported_fact_counts_when_confirmed",
                condition=Q(status=ReportedStatus.CONFIRMED, entry__isnull=False)
                | ~Q(status=ReportedStatus.CONFIRMED) & Q(entry__isnull=True),
            ),
            models.CheckConstraint(
                name="reported_fact_explained_by_somebody",
                condition=Q(explanation="", explained_at__isnull=True, explained_by__isnull=True)
                | Q(explained_at__isnull=False, explained_by__isnull=False) & ~Q(explanation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"

    def get_kind_display(self) -> str:
        """Return the name of the conduct, as a field with choices would."""
        return name_of_kind(self.kind)

    @property
    def outcome(self) -> str:
        """Where it stands, in the words for a reason, or for what another unit says."""
        words = ReportedStatus if self.reporter_id is None else ToldStatus
        return str(words(self.status).label)

    @transition(field=status, source=Status.REPORTED, target=Status.CONFIRMED)
    def confirm(self, *, at: datetime, by: User, reasons: str, entry: Entry) -> None:
        self.judged_at, self.judged_by, self.reasons, self.entry = at, by, reasons, entry

    @transition(field=status, source=Status.REPORTED, target=Status.EXCUSED)
    def excuse(self, *, at: datetime, by: User, reasons: str) -> None:
        self.judged_at, self.judged_by, self.reasons = at, by, reasons


class CorrectionStatus(models.TextChoices):
    """What came of a correction that an officer proposed."""

    PROPOSED = "proposed", _("更正待复核")
    CONFIRMED = "confirmed", _("已更正")
    DECLINED = "declined", _("不予更正")


class CorrectionQuerySet(LockingQuerySet["Correction"]):
    """Proposed corrections by who has to look at them."""

    def open(self) -> CorrectionQuerySet:
        """Corrections that nobody has looked at a second time yet."""
        return self.filter(status=CorrectionStatus.PROPOSED)

    def within(self, division: Division) -> CorrectionQuerySet:
        """Corrections of records of units in `division` or below it."""
        return self.filter(entry__organization__division__code__startswith=division.prefix)

    def with_relations(self) -> CorrectionQuerySet:
        """Corrections with what every list shows of them."""
        return self.select_related("entry__organization__division", "proposed_by", "settled_by")


class Correction(StatefulModel, SecondLook, SlugModel):
    """That an entry is wrong, as one officer finds; a second one looks before it counts."""

    Status = CorrectionStatus

    entry = models.ForeignKey(
        Entry, verbose_name=_("信用记录"), on_delete=models.PROTECT, related_name="corrections"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.PROPOSED)
    points = models.DecimalField(_("更正后的分值"), max_digits=6, decimal_places=2)
    note = models.CharField(_("更正的理由"), max_length=300)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("记录更正")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="correction_one_at_a_time",
                fields=["entry"],
                condition=Q(status=CorrectionStatus.PROPOSED),
            ),
            models.CheckConstraint(
                name="correction_settled_by_a_second_officer",
                condition=Q(status=CorrectionStatus.PROPOSED)
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(settled_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.points}"

    @transition(field=status, source=Status.PROPOSED, target=Status.CONFIRMED)
    def confirm(self, *, at: datetime, by: User) -> None:
        self.settled_at, self.settled_by = at, by

    @transition(field=status, source=Status.PROPOSED, target=Status.DECLINED)
    def decline(self, *, at: datetime, by: User) -> None:
        self.settled_at, self.settled_by = at, by
