"""What is searched for, counted by the day: no person, no address, no moment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _


class TermCountQuerySet(models.QuerySet["TermCount"]):
    """Counts of terms over a time."""

    def summed_since(self, day: date) -> models.QuerySet[TermCount, Any]:
        """How often each term was asked since `day`, found nothing, and led to a page."""
        return (
            self.filter(day__gte=day)
            .values("text")
            .annotate(asked=Sum("asked_count"), empty=Sum("empty_count"))
            .annotate(opened=Sum("opened_count"))
        )

    def popular_since(
        self, day: date, least: int, least_days: int
    ) -> models.QuerySet[TermCount, Any]:
        """Texts asked `least` times and on `least_days` days, which mostly find and lead on."""
        return (
            self.filter(day__gte=day)
            .values("text")
            .annotate(asked=Sum("asked_count"), empty=Sum("empty_count"))
            .annotate(opened=Sum("opened_count"), days=Count("day"))
            .filter(asked__gte=least, days__gte=least_days, opened__gt=0)
            .filter(asked__gt=2 * F("empty"))
            .order_by("-asked", "text")
        )


class TermCount(models.Model):
    """One term on one day: how often it was asked, found nothing, and a hit was opened."""

    day = models.DateField(_("日期"))
    text = models.CharField(_("词语"), max_length=40)
    asked_count = models.PositiveIntegerField(_("查找次数"), default=0)
    empty_count = models.PositiveIntegerField(_("没有结果次数"), default=0)
    opened_count = models.PositiveIntegerField(_("点开次数"), default=0)

    objects = TermCountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("查找词语统计")
        constraints = [
            models.UniqueConstraint(name="search_term_of_a_day_once", fields=["day", "text"])
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"
