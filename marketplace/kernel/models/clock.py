"""The demo's stored clock offset."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockOffsetManager(models.Manager["ClockOffset"]):
    """One row at most, with primary key 1."""

    def current(self) -> timedelta:
        """Return the stored offset; zero when the clock was never moved."""
        return self.filter(pk=1).values_list("offset", flat=True).first() or timedelta()

    def move_forward(self, offset: timedelta) -> None:
        """Store `offset` unless a greater one is stored already."""
        self.get_or_create(pk=1, defaults={"offset": timedelta()})
        self.filter(pk=1, offset__lt=offset).update(offset=offset)


class ClockOffset(models.Model):
    """How far the demo's time is ahead of real time."""

    offset = models.DurationField(_("时间偏移"), default=timedelta)

    objects = ClockOffsetManager()

    class Meta:
        verbose_name = verbose_name_plural = _("演示时间")
        constraints = [
            models.CheckConstraint(name="clock_offset_single_row", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="clock_offset_not_negative", condition=models.Q(offset__gte=timedelta())
            ),
        ]

    def __str__(self) -> str:
        return str(self.offset)
