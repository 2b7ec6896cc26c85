"""Rules that hold or do not, and the buttons that hang on them; part of the library `ui`."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString

from marketplace.kernel.verdicts import Verdict
from marketplace.web.acts import Act, Confirmation
from marketplace.web.components import Text
from marketplace.web.reasons import ActionButton, Verdicts, why_not

register = template.Library()


@register.simple_tag(name="verdicts")
def draw_verdicts(verdicts: Iterable[Verdict]) -> SafeString:
    """List what was checked: each rule that fails with reason and source, then those that hold."""
    return Verdicts.of(verdicts).render_html()


@register.simple_tag(takes_context=True)
def action_button(  # noqa: PLR0913 - the keywords of a template tag
    context: Context,
    label: Text,
    url: str,
    verdicts: Iterable[Verdict] = (),
    *,
    method: str = "post",
    kind: str = "primary",
    icon: str = "",
    classes: str = "",
    name: str = "",
    value: object = "",
) -> SafeString:
    """Draw a button that posts (method="get": a link), or the same disabled, with its reasons."""
    why = why_not(verdicts, label, url, value)
    is_link = method == "get"
    button = ActionButton(label, url, why, is_link, kind, icon, classes, name, value)
    return button.render_html(context)


@register.simple_tag(takes_context=True)
def confirmation(
    context: Context, act: Act, stay: Text, back_url: str, form: BaseForm | str = ""
) -> SafeString:
    """Draw the end of a page that asks before an act; `form` is what it needs, if anything."""
    needed = form if isinstance(form, BaseForm) else None
    return Confirmation(act, stay, back_url, needed).render_html(context)
