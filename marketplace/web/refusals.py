"""A refusal on its way to the reader: as an error of a form, or as a message on the next page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

from marketplace.kernel.verdicts import Verdict
from marketplace.web.sources import explained


class RefusalError(ValidationError):
    """An error of a form that a verdict explains, so that its source is drawn as a reference."""

    def __init__(self, verdict: Verdict, about: str = "") -> None:
        """Keep `verdict`; `about` is what of the field it is about, as one of its files."""
        self.about = _("“%(name)s”：") % {"name": about} if about else ""
        super().__init__(f"{self.about}{verdict.explained}")
        self.verdict = verdict


def error_words(error: ValidationError) -> list[str]:
    """Return what an error says; a refusal names its source by a link."""
    if isinstance(error, RefusalError):
        return [format_html("{}{}", error.about, explained(error.verdict))]
    return plain_words(error)


def plain_words(error: ValidationError) -> list[str]:
    """Return what an error says without links, for what is a link itself."""
    return [str(message) for message in error.messages]
