"""Official holidays and make-up working days."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import known
from marketplace.kernel.calendar import WorkCalendar


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """The published days as one value."""

    def work_calendar(self) -> WorkCalendar:
        """Return the calendar of all published years; it ends with the last of them."""
        return known.once("calendar", read=self._read_calendar)

    def _read_calendar(self) -> WorkCalendar:
        rows = list(self.values_list("day", "is_workday"))
        last = max((day.year for day, _is_workday in rows), default=1)
        return WorkCalendar(
            holidays=frozenset(day for day, is_workday in rows if not is_workday),
            makeup_workdays=frozenset(day for day, is_workday in rows if is_workday),
            published_until=date(last, 12, 31),
        )


class CalendarDay(models.Model):
    """A weekday that is free, or a weekend day that is worked, by the State Council's notice."""

    day = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("是否工作日"))
    name = models.CharField(_("节日"), max_length=32)
    source = models.CharField(_("来源"), max_length=120)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("节假日安排")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
