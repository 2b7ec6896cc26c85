"""Is what somebody acts on still what they saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Field
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.versions import Change, Version

MOST_NAMED = 8


@guard(_("这次提交没有带上所依据的内容，什么也没有办理；请核对页面现在的内容后再提交"))
def page_says_what_was_seen(seen: str, version: Version) -> bool:
    return bool(seen) and version.changes_since(seen) is not None


@guard(_("打开这一页以后内容有变更：%(changes)s。什么也没有办理，请核对现在的内容后再提交"))
def nothing_has_changed_since(seen: str, version: Version) -> bool | Because:
    changes = version.changes_since(seen)
    return not changes or Because(changes=_in_words(changes))


def as_seen(version: Version, seen: str | None) -> tuple[Verdict, ...]:
    """
    Ask whether the rows of `version`, read under the lock, are those of the page that was sent.

    `seen` is the token of the page, empty when it sent none; None says that nobody looked at a
    page: the schedule or a command acts.
    """
    if seen is None:
        return ()
    asked = page_says_what_was_seen(seen, version)
    return (asked, nothing_has_changed_since(seen, version)) if asked.holds else (asked,)


def is_of_another_version(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether an act was refused because it was not on what stands now."""
    names = {page_says_what_was_seen.__name__, nothing_has_changed_since.__name__}
    return any(verdict.guard in names and not verdict.holds for verdict in verdicts)


def _in_words(changes: list[Change]) -> str:
    """Write what has changed, the first few; an added or replaced row by what it is called."""
    lines = [_line(change) for change in changes[:MOST_NAMED]]
    if len(changes) > MOST_NAMED:
        lines.append(gettext("另有 %(count)s 处") % {"count": len(changes) - MOST_NAMED})
    return gettext("；").join(lines)


def _line(change: Change) -> str:
    what = change.field.verbose_name if change.field else change.model._meta.verbose_name
    parts = {
        "what": what,
        "before": _value(change.field, change.before),
        "after": _value(change.field, change.after),
    }
    if change.field is not None and not (change.before or change.after):
        return gettext("%(what)s已变更") % parts
    if change.field is None and not change.before:
        return gettext("新增%(what)s“%(after)s”") % parts
    if change.field is None and not change.after:
        return gettext("%(what)s“%(before)s”已不在") % parts
    return gettext("%(what)s由“%(before)s”改为“%(after)s”") % parts


def _value(field: Field[Any, Any] | None, text: str) -> str:
    """Return a stored value as a person reads it."""
    if not text:
        return gettext("空")
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(text)):
        return localtime(moment).strftime(gettext("%Y年%m月%d日 %H:%M"))
    if isinstance(field, models.DateField) and (day := parse_date(text)):
        return day.strftime(gettext("%Y年%m月%d日"))
    if isinstance(field, models.BooleanField):
        return gettext("是") if text == str(True) else gettext("否")
    labels = dict(getattr(field, "flatchoices", ()))
    return str(labels.get(text, text))
