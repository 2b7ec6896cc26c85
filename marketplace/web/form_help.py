"""What stands beside a form to help who fills it in, as an app above says it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.safestring import SafeString

from marketplace.kernel.hooks import Way


class FormHelp(Protocol):
    """Draw what helps with the form at the address called `view`; nothing where there is none."""

    def __call__(self, view: str, at: datetime, /) -> SafeString: ...


FORM_HELP = Way[FormHelp]()


def help_for(view: str, at: datetime) -> SafeString:
    """Return what all apps say beside the form at the address called `view`."""
    return SafeString("".join(draw(view, at) for draw in FORM_HELP))
