"""Dates, deadlines, stages and what there is to do; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.kernel import known
from marketplace.templatetags.drawn import drawn, once_for
from marketplace.web.components import Component, Text
from marketplace.web.moments import (
    cn_date,
    cn_datetime,
    cn_deadline,
    cn_deadline_short,
    cn_short,
    cn_weekday,
    local,
)
from marketplace.web.workbench import Todo

register = template.Library()

DAY, HOUR, MINUTE = 86_400, 3_600, 60


for writer in (cn_datetime, cn_date, cn_short, cn_deadline):
    register.filter(writer)

WRITERS: dict[str, Callable[[date | datetime | None], str]] = {
    "full": cn_datetime,
    "date": cn_date,
    "short": cn_short,
    "weekday": cn_weekday,
    "deadline": cn_deadline,
    "deadline-short": cn_deadline_short,
}


@register.simple_tag
@once_for
def moment(value: date | datetime | None, style: str = "full") -> SafeString:
    """Write a moment as a `<time>`; style is a key of `WRITERS`."""
    if not value:
        return SafeString("—")
    here = local(value)
    if isinstance(here, datetime):
        here = here.replace(microsecond=0)  # HTML reads three digits of a second at most
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), WRITERS[style](value))


def time_left(seconds: int) -> str:
    """Write how long it is until a deadline, in the two units that matter."""
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    if days:
        return _("还剩 %(days)s 天 %(hours)s 小时") % {"days": days, "hours": hours}
    if hours:
        return _("还剩 %(hours)s 小时 %(minutes)s 分") % {"hours": hours, "minutes": minutes}
    return _("还剩 %(minutes)s 分 %(seconds)s 秒") % {
        "minutes": minutes,
        "seconds": f"{seconds:02}",
    }


def _next_step(instant: datetime, now: datetime) -> datetime:
    """
    Return when what `time_left` writes changes next.

    In the last hour it counts seconds, which the script alone keeps up with: there a minute counts.
    """
    left = instant - now
    step = timedelta(seconds=HOUR if left > timedelta(days=1) else MINUTE)
    return now + (left % step or step)


@dataclass(frozen=True)
class Countdown(Component):
    """
    The time left until `instant`, and the instant itself: large, as a panel has it.

    `until` is the instant in seconds; without time left `text` is empty and `is_over` true.
    """

    instant: datetime
    until: int
    text: str
    word: Text
    urgency: str
    written: str
    is_over: bool
    is_paused: bool
    is_provisional: bool

    template_name = "components/countdown.html"


class Due(Countdown):
    """The same in a table or a list."""

    template_name = "components/due.html"


@register.simple_tag
def countdown(
    instant: datetime,
    now: datetime,
    style: str = "panel",
    *,
    word: str = "",
    paused: bool = False,
    provisional: bool = False,
) -> SafeString:
    """
    Draw the time left until `instant` and the instant itself.

    style: panel (large), cell (table) or short (cell, without the year if it is this one).
    word: what happens then, by default 截止.
    provisional: the instant may still move; said until it has come.
    """
    left = int((instant - now).total_seconds())
    if left > 0 and not paused:
        known.holds_until(_next_step(instant, now))
    last_day = timezone.localtime(instant - timedelta(seconds=1)).date()
    today = timezone.localtime(now).date()
    days_away, is_this_year = (last_day - today).days, last_day.year == today.year
    urgency = {0: "soon", 1: "near"}.get(days_away, "")
    component = Countdown if style == "panel" else Due
    shown = component(
        instant,
        until=int(instant.timestamp()),
        text=time_left(left) if left > 0 else "",
        word=str(word or _("截止")),
        urgency=urgency if left > 0 and not paused else "",
        written="deadline-short" if style == "short" and is_this_year else "deadline",
        is_over=left <= 0,
        is_paused=paused,
        is_provisional=provisional and left > 0,
    )
    return drawn(shown)


@dataclass(frozen=True)
class TodoGroup:
    """The things to do within one stretch of time."""

    label: str
    todos: Sequence[Todo]
    is_late: bool = False
    is_today: bool = False

    @property
    def count(self) -> int:
        return len(self.todos)

    @property
    def kind(self) -> str:
        """Return the kind of its buttons: what cannot wait stands out."""
        return "primary" if self.is_late or self.is_today else "secondary"


@dataclass(frozen=True)
class TodoList(Component):
    """What there is to do, in its groups, as it stands at `now`."""

    groups: Sequence[TodoGroup]
    now: datetime

    template_name = "components/todo_list.html"


def _stretch(todo: Todo, now: datetime) -> int:
    """Return 0 for late, 1 for today, 2 for until Sunday, 3 for later or undated."""
    if todo.due_at is None:
        return 3
    if todo.due_at <= now:
        return 0
    today = timezone.localtime(now).date()
    away = (timezone.localtime(todo.due_at - timedelta(seconds=1)).date() - today).days
    return 1 if away == 0 else 2 if away < 7 - today.weekday() else 3


@register.simple_tag
def todo_list(todos: Iterable[Todo], now: datetime) -> SafeString:
    """Draw what there is to do, grouped into late, today, this week, and later."""
    labels = (_("已逾期"), _("今天"), _("本周"), _("以后"))
    stretches: list[list[Todo]] = [[], [], [], []]
    for todo in todos:
        stretches[_stretch(todo, now)].append(todo)
    groups = [
        TodoGroup(label, stretch, is_late=n == 0, is_today=n == 1)
        for n, (label, stretch) in enumerate(zip(labels, stretches, strict=True))
        if stretch
    ]
    return TodoList(groups, now).render_html()
