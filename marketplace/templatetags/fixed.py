"""
Django's `i18n` and `static` tags, which do once what comes out the same each time.

The templates load these by the names of Django's own. A constant is translated into each language,
and the address of a static file looked up, while its template is compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.templatetags import i18n as django_i18n
from django.templatetags import static as django_static
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()
for part in (django_i18n, django_static):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)


class Said(Node):
    """A text that is put into a variable."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name

    def render(self, context: Any) -> str:
        context[self.name] = self.text
        return ""


class Spoken(Node):
    """A text in the language of the reader, shown or put into the variable `name`."""

    def __init__(self, texts: Mapping[str, SafeString], name: str) -> None:
        self.texts, self.name = texts, name

    def render(self, context: Any) -> str:
        text = self.texts.get(translation.get_language() or "", self.texts[settings.LANGUAGE_CODE])
        if not self.name:
            return text
        context[self.name] = text
        return ""


def constant_of(expression: FilterExpression) -> str | None:
    """Return the text of an expression that is a mere constant, else None."""
    literal = getattr(expression.var, "literal", expression.var)
    return literal if isinstance(literal, str) and not expression.filters else None


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return the text of a constant in each language, else what Django would."""
    node: Any = django_i18n.do_translate(parser, token)
    text = constant_of(node.filter_expression)
    if text is None or node.noop or node.message_context:
        return node  # type: ignore[no-any-return]  # Django's stubs do not know its nodes
    texts = {code: _said(text, code) for code, _name in settings.LANGUAGES}
    if len(set(texts.values())) == 1:
        said = texts[settings.LANGUAGE_CODE]
        return Said(said, node.asvar) if node.asvar else TextNode(said)
    return Spoken(texts, node.asvar or "")


def _said(text: str, language: str) -> SafeString:
    with translation.override(language):
        return SafeString(translation.gettext(text.replace("%", "%%")).replace("%%", "%"))


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    """Return the address of a file that a constant names, else what Django would."""
    node: Any = django_static.do_static(parser, token)
    path = constant_of(node.path)
    if path is None:
        return node  # type: ignore[no-any-return]
    address = escape(django_static.StaticNode.handle_simple(path))
    return Said(address, node.varname) if node.varname else TextNode(address)
