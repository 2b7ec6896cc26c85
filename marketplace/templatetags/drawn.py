"""Components whose look hangs on their arguments alone, drawn once for each of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps

from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.kernel import known
from marketplace.web.components import Component

MOST = 2_048
MOST_TEMPLATES = 512


def once_for(function: Callable[..., SafeString], most: int = MOST) -> Callable[..., SafeString]:
    """
    Let `function` draw once for its arguments, the language and the time zone; `most` are kept.

    The arguments must be hashable and everything that it looks at. A safe text and another one are
    two, though they are equal.
    """

    @lru_cache(most, typed=True)
    def draw(_around: tuple[str | None, str], *args: object, **kwargs: object) -> SafeString:
        return function(*args, **kwargs)

    @wraps(function)
    def drawn(*args: object, **kwargs: object) -> SafeString:
        return draw((get_language(), timezone.get_current_timezone_name()), *args, **kwargs)

    return drawn


def drawn_once(function: Callable[..., Component]) -> Callable[..., SafeString]:
    """Draw the component that `function` returns, once for its arguments."""

    @wraps(function)
    def draw(*args: object, **kwargs: object) -> SafeString:
        return function(*args, **kwargs).render_html()

    return once_for(draw)


@once_for
def drawn(component: Component) -> SafeString:
    """Draw a component, once for what it is made of."""
    return component.render_html()


def _template(template: str, /, **context: Hashable) -> SafeString:
    return SafeString(render_to_string(template, context))


drawn_template = once_for(_template, MOST_TEMPLATES)
"""Draw a template, once for what it is drawn with."""


def drawn_at_version(template: str, context: Context, key: tuple[Hashable, ...]) -> SafeString:
    """
    Return `template` drawn with `context`, once until something public changes.

    For what is the same for everybody under `key`, and says nothing that ends by itself; with an
    empty key it is drawn each time.
    """

    def draw() -> SafeString:
        text: SafeString = get_template(template).template.render(context)  # type: ignore[attr-defined]
        return text

    return known.once("drawn", template, get_language(), *key, read=draw) if key else draw()
