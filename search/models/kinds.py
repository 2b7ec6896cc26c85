"""What a suggestion is of, beside the kinds of the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionKind(models.TextChoices):
    """What stands beside a suggestion."""

    ITEM = "item", _("事项")
    CLASS = "class", _("服务类别")
    PLACE = "place", _("地区")
    POPULAR = "popular", _("常查")


REVISED = _("内容有更新")
"""What a page has come to whose editors have published another text of it."""
