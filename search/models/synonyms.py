"""The words that mean the same, beyond those of the file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.models import User


class SynonymGroup(models.Model):
    """
    Words that mean the same, as a manager has said it: one version of one group.

    `words` holds one word per line; a version without any takes the group back. The words of the
    file `search/data/vocabulary.csv` mean the same beside these.
    """

    key = models.CharField(_("词组"), max_length=60)
    version = models.PositiveSmallIntegerField(_("版本"))
    words = models.TextField(_("同义词"), blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        User, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("录入时间"))
    is_current = models.BooleanField(_("现行"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("同义词")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(name="synonym_version_once", fields=["key", "version"]),
            models.UniqueConstraint(
                name="synonym_current_once", fields=["key"], condition=models.Q(is_current=True)
            ),
        ]

    def __str__(self) -> str:
        return self.key
