"""
The components that need a thought before they are drawn; each draws one template of `components/`.

`{% load ui %}` in a template. How a page is put together: see the comment in `base.html`.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from structlog.contextvars import get_contextvars

from marketplace import seal_pattern as seals
from marketplace.models import Membership
from marketplace.parties import Party
from marketplace.verdicts import Verdict
from marketplace.workbench import Todo

register = template.Library()

STATUS_WORDS = Path(__file__).parents[1] / "data" / "status_words.toml"
CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
DAY, HOUR, MINUTE = 86_400, 3_600, 60


# --- icons and status words ---------------------------------------------------------------------
@register.simple_tag
def request_id() -> str:
    """Return the number of the running request, as the log has it; empty outside one."""
    return str(get_contextvars().get("request_id", ""))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, so the words beside it must say the same."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        static("marketplace/icons.svg"),
        name,
    )


@cache
def status_words() -> Mapping[str, tuple[str, str]]:
    """Return each status word with its glyph and tone."""
    groups = tomllib.loads(STATUS_WORDS.read_text(encoding="utf-8"))
    return {
        word: (glyph, tone) for group in groups.values() for word, (glyph, tone) in group.items()
    }


@register.inclusion_tag("components/chip.html")
def chip(word: object, *, fill: bool = False, label: object = "", tone: str = "") -> dict[str, Any]:
    """Draw a status word; `label` replaces the text, `word` still chooses glyph and tone."""
    glyph, own_tone = status_words().get(str(word), ("wait", ""))
    return {"glyph": glyph, "tone": tone or own_tone, "fill": fill, "label": label or word}


# --- money and figures --------------------------------------------------------------------------
def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


@register.filter
def money(value: object) -> str:
    """Write an amount in yuan to the cent: ¥1,234,567.00; nothing for None."""
    amount = _decimal(value)
    if amount is None:
        return ""
    sign = "−" if amount < 0 else ""  # noqa: RUF001
    return f"{sign}¥{abs(amount).quantize(CENT, ROUND_HALF_UP):,}"


@register.filter
def wan_value(value: object) -> str:
    """Write the figure of a large total in the unit that `wan_unit` names."""
    amount = _decimal(value) or Decimal()
    if abs(amount) >= HUNDRED_MILLION:
        amount /= HUNDRED_MILLION
    elif abs(amount) >= TEN_THOUSAND:
        amount /= TEN_THOUSAND
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


@register.filter
def wan_unit(value: object) -> str:
    """Name the unit of a large total."""
    amount = abs(_decimal(value) or Decimal())
    if amount >= HUNDRED_MILLION:
        return _("亿元")
    return _("万元") if amount >= TEN_THOUSAND else _("元")


@register.filter
def wan(value: object) -> SafeString:
    """Write a large total short (612.40 万元, 1.46 亿元) with the exact amount as its title."""
    return format_html(
        '<span class="nb" title="{}">{} {}</span>', money(value), wan_value(value), wan_unit(value)
    )


@register.filter
def stars(value: object) -> SafeString:
    """Draw a rating out of five with its figure."""
    rating = _decimal(value)
    if rating is None:
        return format_html('<span class="dim3">{}</span>', _("尚无评价"))
    full = int(rating.quantize(Decimal(1), ROUND_HALF_UP))
    drawn = format_html_join(
        "", "{}", ((icon("i-star", "on" if n < full else ""),) for n in range(5))
    )
    figure = f"{rating.quantize(Decimal('0.1'), ROUND_HALF_UP)}"
    return format_html('<span class="z-stars">{} {}</span>', drawn, _("%s 星") % figure)


# --- moments ------------------------------------------------------------------------------------
def _local(value: date | datetime) -> date | datetime:
    is_aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value  # type: ignore[arg-type]


def _written(value: date | datetime | None, *, year: bool, clock: bool) -> str:
    if value is None or value == "":
        return ""
    local = _local(value)
    day = _("%(month)s月%(day)s日") % {"month": local.month, "day": local.day}
    if year:
        day = _("%(year)s年%(day)s") % {"year": local.year, "day": day}
    if clock and isinstance(local, datetime):
        return f"{day} {local:%H:%M}"
    return day


@register.filter
def cn_datetime(value: date | datetime | None) -> str:
    """Write 2026年11月22日 18:00."""
    return _written(value, year=True, clock=True)


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """Write 2026年11月22日."""
    return _written(value, year=True, clock=False)


@register.filter
def cn_short(value: date | datetime | None) -> str:
    """Write 11月22日 18:00, for tight places within the year."""
    return _written(value, year=False, clock=True)


def _deadline(value: date | datetime | None, *, year: bool) -> str:
    if not isinstance(value, datetime) or timezone.localtime(value).time() != time.min:
        return _written(value, year=year, clock=True)
    return f"{_written(value - timedelta(seconds=1), year=year, clock=False)} 24:00"


@register.filter
def cn_deadline(value: date | datetime | None) -> str:
    """Write a deadline; one that falls on midnight reads as 24:00 of the day it ends."""
    return _deadline(value, year=True)


WRITERS: dict[str, Callable[[date | datetime | None], str]] = {
    "full": cn_datetime,
    "date": cn_date,
    "short": cn_short,
    "deadline": cn_deadline,
    "deadline-short": partial(_deadline, year=False),
}


@register.simple_tag
def moment(value: date | datetime | None, style: str = "full") -> SafeString:
    """Write a moment as a `<time>`; style is a key of `WRITERS`."""
    if not value:
        return SafeString("—")
    return format_html(
        '<time datetime="{}">{}</time>', _local(value).isoformat(), WRITERS[style](value)
    )


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


@register.inclusion_tag("components/countdown.html")
def countdown(
    instant: datetime, now: datetime, style: str = "panel", *, word: str = "", paused: bool = False
) -> dict[str, Any]:
    """
    Draw the time left until `instant` and the instant itself.

    style: panel (large), cell (table) or short (cell without the year).
    word: what happens then, by default 截止.
    """
    left = int((instant - now).total_seconds())
    last_day = timezone.localtime(instant - timedelta(seconds=1)).date()
    days_away = (last_day - timezone.localtime(now).date()).days
    urgency = {0: "soon", 1: "near"}.get(days_away, "")
    return {
        "instant": instant,
        "left": left,
        "is_over": left <= 0,
        "text": time_left(left) if left > 0 else "",
        "urgency": urgency if left > 0 and not paused else "",
        "style": style,
        "written": "deadline-short" if style == "short" else "deadline",
        "word": word or _("截止"),
        "paused": paused,
    }


@register.inclusion_tag("components/timeline.html")
def timeline(
    steps: Iterable[object], *, horizontal: bool = True, label: str = ""
) -> dict[str, Any]:
    """
    Draw the stages of a record.

    Each step (a mapping or an object) has label and state (past, now, future or held), and
    optionally at, prefix (stands before the date: 至, 预计) and note.
    """
    return {"steps": list(steps), "horizontal": horizontal, "label": label or _("进度")}


# --- pictures -----------------------------------------------------------------------------------
@register.inclusion_tag("components/seal_pattern.html")
def seal_pattern(digest: str, size: int = 144) -> dict[str, Any]:
    """Draw the pattern of a SHA-256 value; always show the whole value beside it."""
    return {"pattern": seals.seal_pattern(digest), "digest": digest[:16], "size": size}


@register.simple_tag
def meter(value: object, maximum: object = 100, tone: str = "") -> SafeString:
    """Draw how far something has gone; decoration, the words beside it say the same."""
    ceiling = _decimal(maximum) or Decimal(1)
    share = min(max((_decimal(value) or Decimal()) / ceiling, Decimal()), Decimal(1)) * 100
    return format_html(
        '<svg class="z-meter{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect class="b" width="100" height="6"/>'
        '<rect class="v" width="{}" height="6"/></svg>',
        f" {tone}" if tone else "",
        f"{share:.1f}",
    )


@dataclass(frozen=True)
class Spark:
    """A line over some working days, as an SVG path on 120 x 32 units."""

    line: str
    area: str


def _spark(points: Sequence[object]) -> Spark | None:
    values = [float(_decimal(point) or 0) for point in points]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    step, span = 120 / (len(values) - 1), (high - low) or 1
    dots = [
        f"{n * step:.1f} {29 - (value - low) / span * 26:.1f}" for n, value in enumerate(values)
    ]
    line = "M" + "L".join(dots)
    return Spark(line, f"{line}L120 32L0 32z")


@register.inclusion_tag("components/figure.html")
def figure(
    label: str,
    value: object,
    unit: str = "",
    points: Sequence[object] = (),
    totals: Iterable[tuple[str, object]] = (),
    url: str = "",
) -> dict[str, Any]:
    """Draw a key figure; `points` makes a line of the last days, `totals` are (word, figure)."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "spark": _spark(points),
        "days": len(points),
        "totals": totals,
        "url": url,
    }


# --- what is possible now -----------------------------------------------------------------------
@register.filter
def sentence(text: object) -> str:
    """Close a statement with a full stop, unless it has its mark."""
    said = str(text)
    return said if said.endswith(("。", "？", "！")) else f"{said}。"


@register.inclusion_tag("components/verdicts.html")
def verdicts(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """List what was checked: each rule that fails with reason and source, then those that hold."""
    asked = list(verdicts)
    stated = [
        verdict for verdict in asked if verdict.holds and str(getattr(verdict, "statement", ""))
    ]
    silent = sum(verdict.holds for verdict in asked) - len(stated)
    return {
        "failed": [verdict for verdict in asked if not verdict.holds],
        "stated": stated,
        "silent": silent,
    }


@register.inclusion_tag("components/action_button.html")
def action_button(  # noqa: PLR0913 - the keywords of a template tag
    label: str,
    url: str,
    verdicts: Iterable[Verdict] = (),
    *,
    method: str = "post",
    kind: str = "primary",
    icon: str = "",
    classes: str = "",
    name: str = "",
    value: object = "",
) -> dict[str, Any]:
    """Draw a button that posts (method="get": a link), or the same disabled, with its reasons."""
    failed = [verdict for verdict in verdicts if not verdict.holds]
    return {
        "label": label,
        "url": url,
        "failed": failed,
        "method": method,
        "kind": kind,
        "icon": icon,
        "classes": classes,
        "name": name,
        "value": value,
        "why_id": f"why-{zlib.crc32(f'{label}|{url}|{value}'.encode()):08x}",
    }


# --- the workbench ---------------------------------------------------------------------------
@register.filter
def role_names(party: Party) -> str:
    """Name the roles a party holds, in the order of the model."""
    return "、".join(str(role.label) for role in Membership.Role if role.value in party.roles)


@dataclass(frozen=True)
class TodoGroup:
    """The things to do within one stretch of time."""

    label: str
    todos: list[Todo]
    is_late: bool = False
    is_today: bool = False


def _stretch(todo: Todo, now: datetime) -> int:
    """Return 0 for late, 1 for today, 2 for until Sunday, 3 for later or undated."""
    if todo.due_at is None:
        return 3
    if todo.due_at <= now:
        return 0
    today = timezone.localtime(now).date()
    away = (timezone.localtime(todo.due_at - timedelta(seconds=1)).date() - today).days
    return 1 if away == 0 else 2 if away < 7 - today.weekday() else 3


@register.inclusion_tag("components/todo_list.html")
def todo_list(todos: Iterable[Todo], now: datetime) -> dict[str, Any]:
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
    return {"groups": groups, "now": now}


# --- forms --------------------------------------------------------------------------------------
@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Draw the widget of a field with our class and no placeholder; the template draws the rest."""
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select) and not isinstance(widget, RadioSelect):
        kind = "form-select"
    return bound.as_widget(attrs={"class": f"{kind} {own}".strip(), "placeholder": False})


def _choices(bound: BoundField) -> list[dict[str, Any]] | None:
    if not isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return None
    choices = []
    for option in bound:
        option.data["attrs"]["class"] = "form-check-input"
        choices.append(
            {"tag": option.tag(), "id": option.id_for_label, "label": option.choice_label}
        )
    return choices


def error_texts(bound: BoundField) -> list[str]:
    """Return what is wrong with a field, a missing value in words that name the field."""
    asks = _("请选择“%(label)s”。") if _is_choice(bound) else _("请填写“%(label)s”。")
    texts: list[str] = []
    for error in bound.errors.as_data():
        missing = error.code == "required"
        texts += [asks % {"label": bound.label}] if missing else [str(m) for m in error.messages]
    return texts


def _is_choice(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, CheckboxInput | Select)


@register.simple_tag
def name_fields(form: BaseForm, **labels: object) -> str:
    """Give fields of a form that is not ours our own labels, before it is drawn."""
    for name, label in labels.items():
        if name in form.fields:
            form[name].label = str(label)
    return ""


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    label: object = "",
    hint: object = None,
    money: bool = False,
    boxed: bool = False,
    classes: str = "",
) -> dict[str, Any]:
    """Draw label, hint, error and control; `money` puts ¥ before, `boxed` frames the choices."""
    if hint is not None:
        bound.help_text = str(hint)
    if label:
        bound.label = str(label)
    widget = bound.field.widget
    return {
        "field": bound,
        "errors": error_texts(bound),
        "is_money": money or getattr(bound.field, "is_money", False),
        "is_checkbox": isinstance(widget, CheckboxInput),
        "choices": _choices(bound),
        "classes": classes,
        "boxed": boxed,
    }


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw all fields of a form in their order, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Draw what has to be put right, with links to the fields; nothing when there is no error."""
    general = list(form.non_field_errors())
    by_field = [
        (bound.id_for_label or bound.auto_id, text) for bound in form for text in error_texts(bound)
    ]
    count = len(general) + len(by_field)
    title = ngettext("有 %(count)s 处需要更正", "有 %(count)s 处需要更正", count) % {"count": count}
    return {"general": general, "by_field": by_field, "count": count, "title": title}


# --- ways about ---------------------------------------------------------------------------------
@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page_obj: Page[Any], target: str = "") -> dict[str, Any]:
    """Draw the pages of a list, keeping the query string; `target` swaps that element with htmx."""
    paginator = page_obj.paginator
    return {
        "request": context["request"],
        "page": page_obj,
        "numbers": paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1),
        "gap": paginator.ELLIPSIS,
        "target": target,
    }


@register.inclusion_tag("components/footer_item.html")
def footer_item(label: str, name: str) -> dict[str, Any]:
    """Draw a link of the footer; nothing if there is no such page yet."""
    try:
        return {"url": reverse(name), "label": label}
    except NoReverseMatch:
        return {"url": ""}


@register.inclusion_tag("components/nav_item.html", takes_context=True)
def nav_item(context: Context, label: str, name: str, symbol: str = "") -> dict[str, Any]:
    """Draw a link to a named page, marked when the reader is there; nothing without the page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {"url": ""}
    request = context.get("request")
    path = request.path if request else ""
    current = "page" if path == url else "true" if url != "/" and path.startswith(url) else ""
    return {"url": url, "label": label, "current": current, "symbol": symbol}
