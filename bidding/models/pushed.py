"""A project that an approval system has sent for an owner, until somebody drafts its order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Division, Organization, ServiceItem, User


class PushedProjectQuerySet(LockingQuerySet["PushedProject"]):
    """Projects that were sent, by whose they are."""

    def waiting(self) -> PushedProjectQuerySet:
        """Return those without an order; who deletes the draft has the project back."""
        return self.filter(tender=None, dismissed_at=None)


class PushedProject(SlugModel):
    """What one system said of one project, for one item or for none; for its owner alone."""

    system = models.CharField(_("审批系统"), max_length=60)
    project_code = models.CharField(_("统一项目代码"), max_length=32)
    item = models.ForeignKey(
        ServiceItem,
        verbose_name=_("服务事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    item_code = models.CharField(_("事项编码"), max_length=32, blank=True)
    buyer = models.ForeignKey(
        Organization, verbose_name=_("项目业主"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("项目名称"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("服务地点"), on_delete=models.PROTECT, related_name="+"
    )
    contact_name = models.CharField(_("联系人"), max_length=32)
    contact_phone = models.CharField(_("联系电话"), max_length=60)
    pushed_at = models.DateTimeField(_("推送时间"))
    tender = models.OneToOneField(
        Tender,
        verbose_name=_("采购"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pushed",
    )

    dismissed_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        User,
        verbose_name=_("退回人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dismissal_reasons = models.CharField(_("退回的理由"), max_length=300, blank=True)

    objects = PushedProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("推送的项目")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="pushed_project_once", fields=["system", "project_code", "item_code"]
            ),
            models.CheckConstraint(
                name="pushed_project_dismissed_by_somebody_with_reasons",
                condition=Q(dismissed_at=None, dismissed_by=None, dismissal_reasons="")
                | Q(dismissed_at__isnull=False, dismissed_by__isnull=False, tender=None)
                & ~Q(dismissal_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
