"""Django's `url`, which looks an address without arguments up once; in every template."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix, get_urlconf

from marketplace.templatetags.fixed import constant_of

register = template.Library()


class FixedUrl(Node):
    """An address without arguments: looked up at its first drawing, for the addresses in force."""

    def __init__(self, node: URLNode) -> None:
        self.node, self.name = node, node.asvar
        self.found: dict[tuple[str, str], str] = {}

    def render(self, context: Any) -> str:
        asked = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
        if asked not in self.found:
            text = self.node.render(context)
            self.found[asked] = context[self.name] if self.name else text
        if self.name is None:
            return self.found[asked]
        context[self.name] = self.found[asked]
        return ""


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return what Django would, done once where the name is a constant and nothing else is said."""
    node: Any = django_url(parser, token)
    if node.args or node.kwargs or constant_of(node.view_name) is None:
        return node  # type: ignore[no-any-return]
    return FixedUrl(node)
