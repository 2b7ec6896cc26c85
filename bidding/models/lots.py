"""Orders that are parts of one matter, and how many of them one agency may win."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Organization, User


class LotGroup(SlugModel):
    """
    What was divided into lots; a lot is an order of its own, with its number in the group.

    `most_per_agency` is how many lots one agency may win; None sets no limit.
    """

    buyer = models.ForeignKey(
        Organization, verbose_name=_("项目业主"), on_delete=models.PROTECT, related_name="+"
    )
    most_per_agency = models.PositiveSmallIntegerField(
        _("一家机构最多中选几包"), null=True, blank=True
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("创建时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("分包采购")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="lots_may_be_won",
                condition=models.Q(most_per_agency__isnull=True) | models.Q(most_per_agency__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.slug
