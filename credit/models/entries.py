"""The append-only record of conduct."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from credit.models.schemes import name_of_kind
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Organization, User


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries as they were known and as they happened."""

    def known_at(self, at: datetime) -> EntryQuerySet:
        """Entries that had happened and had been recorded by `at` (inclusive)."""
        return self.as_of(at, known_at=at)

    def as_of(self, at: datetime, *, known_at: datetime) -> EntryQuerySet:
        """
        Entries of what had happened by `at`, as the record stood at `known_at` (both inclusive).

        An entry that was corrected by then is left out; its correction stands for it.
        """
        return self.filter(occurred_at__lte=at, recorded_at__lte=known_at).exclude(
            corrected_by__recorded_at__lte=known_at
        )

    def public_at(self, at: datetime) -> EntryQuerySet:
        """Entries that everybody may still read of at `at`."""
        return self.exclude(public_until__lte=at)

    def with_corrections(self) -> EntryQuerySet:
        """Entries with who recorded them, what they correct and what corrects them."""
        return self.select_related("recorded_by", "corrects", "corrected_by")


class Entry(AppendOnlyModel):
    """
    One fact about an organisation's conduct.

    A wrong entry is never changed: a later one names it in `corrects` and takes its place
    (with zero points when the fact falls away altogether). How long it counts and how long it is
    public was said when it was recorded, by the scheme of its day.
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("单位"),
        on_delete=models.PROTECT,
        related_name="credit_entries",
    )
    kind = models.CharField(_("事项"), max_length=48)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2)
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("更正"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reference = models.CharField(_("关联业务"), max_length=64)
    reference_url = models.CharField(_("链接"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    counts_until = models.DateTimeField(_("计分至"), null=True, blank=True)
    public_until = models.DateTimeField(_("公开至"), null=True, blank=True)
    rulebook_sha256 = models.CharField(_("规则版本"), max_length=64)
    recorded_by = models.ForeignKey(
        User,
        verbose_name=_("记录人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用记录")
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="entry_once_per_fact",
                fields=["organization", "kind", "reference"],
                condition=Q(corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_recorded_after_it_occurred",
                condition=Q(recorded_at__gte=F("occurred_at")),
            ),
        ]
        indexes = [
            models.Index(name="entry_by_time", fields=["organization", "occurred_at"]),
            models.Index(name="entry_by_end", fields=["counts_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.kind} {self.points}"

    def get_kind_display(self) -> str:
        """Return the name of the conduct, as a field with choices would."""
        return name_of_kind(self.kind)
