"""What must happen after a commit, as rows that a sweep finishes when the fast path did not."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet


class EffectQuerySet(LockingQuerySet["Effect"]):
    """Effects by whether they are still to be done."""

    def open(self) -> EffectQuerySet:
        """Effects that are not done."""
        return self.filter(done_at__isnull=True)

    def ready(self) -> EffectQuerySet:
        """Open effects that nobody is at and that do not rest after a failure, in real time."""
        may_begin = models.Q(next_attempt_at__isnull=True) | models.Q(next_attempt_at__lte=Now())
        return self.open().filter(may_begin)

    def due(self, at: datetime) -> EffectQuerySet:
        """Ready effects whose time has come."""
        return self.ready().filter(due_at__lte=at)

    def failed_often(self, times: int) -> EffectQuerySet:
        """Open effects that have failed at least `times` times."""
        return self.open().filter(attempt_count__gte=times)


class Effect(models.Model):
    """One piece of work after a commit; its kind has one `EffectHandler`."""

    kind = models.CharField(_("类别"), max_length=32)
    key = models.CharField(_("唯一键"), max_length=120, unique=True)
    payload = models.JSONField(_("参数"), default=dict)
    due_at = models.DateTimeField(_("应办时间"))
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("下次尝试时间"), null=True, blank=True)
    attempt_count = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    last_error = models.CharField(_("最近错误"), max_length=300, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("待办效果")
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="effect_open", fields=["due_at"], condition=models.Q(done_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
