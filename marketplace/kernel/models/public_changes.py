"""That something public has changed, written by the database in the very commit."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PublicChange(models.Model):
    """
    One transaction that changed what is public; the triggers of `public_triggers` write it.

    On SQLite, which has one writer at a time, one row takes the place of the one before.
    """

    changed_at = models.DateTimeField(_("时间"), db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("公开内容变更")

    def __str__(self) -> str:
        return str(self.pk)
