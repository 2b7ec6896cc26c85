"""The plan that was in an envelope; written at the opening, read by those who evaluate."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bidding.models.bid import OpenedOffer
from marketplace.kernel.models.append_only import AppendOnlyModel


class OpenedPlan(AppendOnlyModel):
    """One file as its bidder sealed it; everybody may know its name, size and hash."""

    offer = models.OneToOneField(
        OpenedOffer, verbose_name=_("报价"), on_delete=models.PROTECT, related_name="plan"
    )
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    content = models.BinaryField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("已开启的方案")

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """The bytes of its content."""
        return len(self.content)
