"""A department writes and reviews the pages of one section, and keeps its own files."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page


class Department(models.Model):
    """Who has a section: the groups of its two posts, and the collection of its files."""

    name = models.CharField(_("部门"), max_length=40, unique=True)
    section = models.OneToOneField(
        Page, verbose_name=_("栏目"), on_delete=models.PROTECT, related_name="+"
    )
    collection = models.ForeignKey(
        Collection, verbose_name=_("文件集"), on_delete=models.PROTECT, related_name="+"
    )
    editors = models.OneToOneField(
        Group, verbose_name=_("编辑"), on_delete=models.PROTECT, related_name="+"
    )
    reviewers = models.OneToOneField(
        Group, verbose_name=_("审核"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("部门栏目")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
