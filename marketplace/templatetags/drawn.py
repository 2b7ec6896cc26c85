"""Components whose look hangs on their arguments alone, drawn once for each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.web.components import Component

MOST = 2_048


def once_for(function: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """
    Let `function` draw once for its arguments, the language and the time zone.

    The arguments must be hashable and everything that it looks at. A safe text and another one are
    two, though they are equal.
    """

    @lru_cache(MOST, typed=True)
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
