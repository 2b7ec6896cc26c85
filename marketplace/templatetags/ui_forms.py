"""Fields, errors and their summary; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
from marketplace.web.components import Component, Text
from marketplace.web.reasons import Why
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


@dataclass(frozen=True)
class Choice:
    """One option of a choice; one that cannot be taken says `why`, another what it rests on."""

    tag: str
    name: str
    label: Text
    why: Why | None
    basis: str = ""
    note: Text = ""
    """What the option means, in a sentence that belongs to its label."""


def _choice(bound: BoundField, option: BoundWidget) -> Choice:
    """
    Return one option of a choice as the template draws it.

    A field may hold `option_verdicts`: an option whose verdict fails is listed as disabled, with
    the reason. As with buttons it stays in reach of the keyboard, and the server asks again. It may
    hold `option_bases`, the legal source of each option, and `option_notes`, what each means.
    """
    attrs, value = option.data["attrs"], str(option.data["value"])
    attrs["class"] = "form-check-input"
    verdict = getattr(bound.field, "option_verdicts", {}).get(value)
    basis = getattr(bound.field, "option_bases", {}).get(value, "")
    why = None
    if verdict is not None and not verdict.holds:
        why = Why(f"{option.id_for_label}_why", [verdict])
        attrs |= {"aria-disabled": "true", "aria-describedby": why.name}
    elif basis:
        attrs["aria-describedby"] = f"{option.id_for_label}_basis"
    note = getattr(bound.field, "option_notes", {}).get(value, "")
    return Choice(option.tag(), option.id_for_label, option.choice_label, why, basis, note)


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


@register.simple_tag
def remark_on(remarks: Mapping[str, str], kind: str, key: object) -> str:
    """Say what an officer has remarked on a row; nothing if nothing."""
    return remarks.get(f"{kind}-{key}", "") if remarks else ""


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


@dataclass(frozen=True)
class Field(Component):
    """A field with its label, hint and errors; `classes` are of the whole."""

    bound: BoundField
    errors: Sequence[str]
    classes: str

    template_name = "components/field.html"

    @property
    def is_optional(self) -> bool:
        return not self.bound.field.required

    @property
    def origin(self) -> str:
        """Where the value came from, when nobody typed it; nothing if somebody did."""
        found: str = getattr(self.bound.form, "origins", {}).get(self.bound.name, "")
        return found

    @property
    def remark(self) -> str:
        """What an officer has said of the field when it was sent back; nothing if nothing."""
        said: str = getattr(self.bound.form, "remarks", {}).get(self.bound.name, "")
        return said


@dataclass(frozen=True)
class MoneyField(Field):
    """A field for an amount in yuan."""

    template_name = "components/field_money.html"


@dataclass(frozen=True)
class FileField(Field):
    """A field for a file."""

    template_name = "components/field_file.html"


@dataclass(frozen=True)
class TickField(Field):
    """A box to tick, with its label behind it."""

    template_name = "components/field_tick.html"


@dataclass(frozen=True)
class ChoiceField(Field):
    """Choices all seen at once, in a frame if it `is_boxed`."""

    choices: Sequence[Choice]
    is_boxed: bool

    template_name = "components/field_choices.html"


def field_of(
    bound: BoundField, *, classes: str = "", is_money: bool = False, is_boxed: bool = False
) -> Field:
    """Return the component of a field, by its widget."""
    widget, errors = bound.field.widget, error_texts(bound)
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        choices = [_choice(bound, option) for option in bound]
        return ChoiceField(bound, errors, classes, choices, is_boxed)
    if isinstance(widget, CheckboxInput):
        return TickField(bound, errors, classes)
    if is_money or getattr(bound.field, "is_money", False):
        return MoneyField(bound, errors, classes)
    return (FileField if isinstance(widget, FileInput) else Field)(bound, errors, classes)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: object = "",
    hint: object = None,
    money: bool = False,
    boxed: bool = False,
    classes: str = "",
) -> SafeString:
    """
    Draw label, hint, error and control; `money` puts ¥ before, `boxed` frames the choices.

    A hidden one is its control alone: a label would name what nobody sees.
    """
    if bound.is_hidden:
        return bound.as_widget()
    if hint is not None:
        bound.help_text = str(hint)
    if label:
        bound.label = str(label)
    return field_of(bound, classes=classes, is_money=money, is_boxed=boxed).render_html()


@dataclass(frozen=True)
class Fields(Component):
    """All fields of a form in their order, hidden ones first."""

    hidden: Sequence[BoundField]
    shown: Sequence[Field]

    template_name = "components/fields.html"


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Draw all fields of a form in their order, hidden ones too."""
    shown = [field_of(bound) for bound in form.visible_fields()]
    return Fields(form.hidden_fields(), shown).render_html()


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


@dataclass(frozen=True)
class FieldError:
    """What is wrong with a field; `name` is the id of its control."""

    name: str
    text: str


@dataclass(frozen=True)
class ErrorSummary(Component):
    """What has to be put right, of the form as a whole and field by field."""

    title: str
    general: Sequence[str]
    by_field: Sequence[FieldError]

    template_name = "components/error_summary.html"


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """Draw what has to be put right, with links to the fields; nothing when there is no error."""
    general = general_errors(form)
    by_field = [
        FieldError(bound.id_for_label or bound.auto_id, text)
        for bound in form
        for text in error_texts(bound, plain_words)
    ]
    count = len(general) + len(by_field)
    if not count:
        return SafeString("")
    title = ngettext("有 %(count)s 处需要更正", "有 %(count)s 处需要更正", count) % {"count": count}
    return ErrorSummary(title, general, by_field).render_html()
