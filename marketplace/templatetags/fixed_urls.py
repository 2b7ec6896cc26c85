"""Django's `url`, which looks an address up once for its arguments; in every template."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import escape

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


class FoundUrl(Node):
    """An address whose arguments are looked up at each drawing, and the address once for them."""

    def __init__(self, node: URLNode, view_name: str) -> None:
        self.node, self.view_name = node, view_name

    def render(self, context: Any) -> str:
        args = tuple(arg.resolve(context) for arg in self.node.args)
        asked = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
        return found(asked, self.view_name, args)


@lru_cache(8_192, typed=True)
def found(_asked: tuple[str, str], view_name: str, args: tuple[object, ...]) -> str:
    """Return the address, safe in a template."""
    return escape(reverse(view_name, args=args))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return what Django would, done once where the name is a constant and nothing else is said."""
    node: Any = django_url(parser, token)
    name = constant_of(node.view_name)
    if node.kwargs or name is None:
        return node  # type: ignore[no-any-return]
    if node.args:
        return node if node.asvar else FoundUrl(node, name)
    return FixedUrl(node)
