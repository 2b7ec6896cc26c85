"""Fields, errors and their summary; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
)
from django.forms.boundfield import BoundWidget
from django.forms.widgets import ChoiceWidget
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.forms.passwords import password_hint
from marketplace.web.refusals import error_words, plain_words

register = template.Library()


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
    return [_choice(bound, option) for option in bound]


def _choice(bound: BoundField, option: BoundWidget) -> dict[str, Any]:
    """
    Return one option of a choice as the template draws it.

    A field may hold `option_verdicts`: an option whose verdict fails is listed as disabled, with
    the reason. As with buttons it stays in reach of the keyboard, and the server asks again.
    """
    attrs = option.data["attrs"]
    attrs["class"] = "form-check-input"
    verdict = getattr(bound.field, "option_verdicts", {}).get(str(option.data["value"]))
    failed = [verdict] if verdict is not None and not verdict.holds else []
    why_id = f"{option.id_for_label}_why"
    if failed:
        attrs |= {"aria-disabled": "true", "aria-describedby": why_id}
    return {
        "tag": option.tag(),
        "id": option.id_for_label,
        "label": option.choice_label,
        "failed": failed,
        "why_id": why_id,
    }


def error_texts(
    bound: BoundField, words: Callable[[ValidationError], list[str]] = error_words
) -> list[str]:
    """Return what is wrong with a field, a missing value in words that name the field."""
    texts: list[str] = []
    for error in bound.errors.as_data():
        texts += [_missing(bound)] if error.code == "required" else words(error)
    return texts


def _missing(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return _("请勾选“%(label)s”。") % {"label": bound.label}
    if isinstance(widget, ChoiceWidget | FileInput):
        return _("请选择“%(label)s”。") % {"label": bound.label}
    return _("请填写“%(label)s”。") % {"label": bound.label}


@register.filter
def is_ticked(kind: str) -> bool:
    """Tell whether a control of this type is ticked, so that its label stands behind it."""
    return kind in {"checkbox", "radio"}


@register.simple_tag
def hint_fields(form: BaseForm, **hints: object) -> str:
    """Give fields of a form that is not ours our own hints, before it is drawn."""
    for name, hint in hints.items():
        if name in form.fields:
            form[name].help_text = str(hint)
    return ""


@register.simple_tag
def name_fields(form: BaseForm, **labels: object) -> str:
    """Give fields of a form that is not ours our own labels, before it is drawn."""
    for name, label in labels.items():
        if name in form.fields:
            form[name].label = str(label)
    return ""


register.simple_tag(password_hint)


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
        "is_file": isinstance(widget, FileInput),
        "choices": _choices(bound),
        "classes": classes,
        "boxed": boxed,
    }


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw all fields of a form in their order, hidden ones too."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def seen(context: Context) -> SafeString:
    """Let a form send along what its page was made of; it stands beside every `csrf_token`."""
    token = context.get("seen", "")
    return (
        format_html('<input type="hidden" name="seen" value="{}">', token)
        if token
        else SafeString()
    )


@register.filter
def general_errors(form: BaseForm) -> list[str]:
    """Return what is wrong with a form as a whole."""
    return [text for error in form.non_field_errors().as_data() for text in error_words(error)]


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Draw what has to be put right, with links to the fields; nothing when there is no error."""
    general = general_errors(form)
    by_field = [
        (bound.id_for_label or bound.auto_id, text)
        for bound in form
        for text in error_texts(bound, plain_words)
    ]
    count = len(general) + len(by_field)
    title = ngettext("有 %(count)s 处需要更正", "有 %(count)s 处需要更正", count) % {"count": count}
    return {"general": general, "by_field": by_field, "count": count, "title": title}
