"""What editors wrote for a form, as it stands beside the form."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.safestring import SafeString

from cms.models import FormHelpPage
from cms.models.help import HELPED
from marketplace.kernel import known
from marketplace.web.parts_kept import drawn_parts

TEMPLATE = "cms/_form_help.html"
HELP = "help"


def help_beside(view: str, at: datetime, /) -> SafeString:
    """Draw the live help for the form at the address called `view`; kept for all who fill it in."""
    form = HELPED.get(view)
    page = known.once("form help", read=_written).get(form) if form else None
    if page is None:
        return SafeString()
    context = partial(_context, page, at)
    return drawn_parts(TEMPLATE, [HELP], at, HELP, page, context=context)[HELP]


def _written() -> dict[str | None, int]:
    return dict(FormHelpPage.objects.live().values_list("form", "pk"))


def _context(page: int, at: datetime) -> dict[str, Any]:
    read = FormHelpPage.objects.get(pk=page).spoken()
    return {"page": read.page, "is_chinese": read.is_chinese, "platform_now": at}
