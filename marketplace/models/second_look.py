"""What one person proposes and a second one looks at before it counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.models.users import User


class SecondLook(models.Model):
    """Who proposed it and who settled it, and when; each model says which two may be the same."""

    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.ForeignKey(
        User, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User,
        verbose_name=_("复核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
