"""What an agency has done before: orders of the platform by themselves, others once checked."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models.catalogue import ServiceClass
from marketplace.models.divisions import Division
from marketplace.models.documents import Document
from marketplace.models.organizations import Agency
from marketplace.models.users import User


class PerformanceStatus(models.TextChoices):
    """Whether an officer has checked what an agency says that it has done."""

    ENTERED = "entered", _("待核验")
    CHECKED = "checked", _("已核验")
    REFUSED = "refused", _("核验未通过")


class PerformanceQuerySet(LockingQuerySet["PastPerformance"]):
    """Past work by agency, place and state."""

    def of(self, agency: int) -> PerformanceQuerySet:
        """All of an agency, the newest first."""
        rows = self.filter(agency=agency).select_related("service_class", "evidence")
        return rows.order_by("-completed_on", "-pk")

    def shown(self, agency: int) -> PerformanceQuerySet:
        """What the public reads of an agency: only what was seen or checked, the newest first."""
        rows = self.filter(agency=agency, status=PerformanceStatus.CHECKED)
        return rows.select_related("service_class").order_by("-completed_on", "-pk")

    def queued(self, division: Division) -> PerformanceQuerySet:
        """What agencies of an area have entered and nobody has checked, the oldest first."""
        return self.queued_in(division.prefix)

    def queued_in(self, prefix: str) -> PerformanceQuerySet:
        """The same of the area whose codes begin with `prefix`."""
        rows = self.filter(
            status=PerformanceStatus.ENTERED,
            agency__organization__division__code__startswith=prefix,
        )
        rows = rows.select_related("agency__organization__division__parent", "service_class")
        return rows.order_by("entered_at", "pk")


class PastPerformance(StatefulModel, SlugModel):
    """
    One piece of work; `tender_code` is that of an order of the platform, which nobody types.

    Work from elsewhere has a file that shows it and counts once an officer has compared the two.
    """

    Status = PerformanceStatus

    agency = models.ForeignKey(
        Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="performances"
    )
    title = models.CharField(_("项目名称"), max_length=160)
    client = models.CharField(_("委托单位"), max_length=120)
    service_class = models.ForeignKey(
        ServiceClass, verbose_name=_("服务类别"), on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(
        _("合同金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    completed_on = models.DateField(_("完成日期"))
    tender_code = models.CharField(_("采购公告编号"), max_length=32, blank=True)
    evidence = models.ForeignKey(
        Document,
        verbose_name=_("合同或者验收材料"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = StatusField(_("状态"), choices=Status, default=Status.ENTERED)
    entered_at = models.DateTimeField(_("登记时间"))
    checked_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("核验人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reasons = models.TextField(_("核验意见"), max_length=1000, blank=True)

    objects = PerformanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("既往业绩")
        ordering = ["-completed_on", "-pk"]
        indexes = [
            models.Index(
                name="performance_waits",
                fields=["entered_at", "id"],
                condition=Q(status=PerformanceStatus.ENTERED),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="performance_order_once",
                fields=["agency", "tender_code"],
                condition=~Q(tender_code=""),
            ),
            models.CheckConstraint(
                name="performance_is_an_order_or_has_evidence",
                condition=~Q(tender_code="") | Q(evidence__isnull=False),
            ),
            models.CheckConstraint(
                name="performance_checked_by_somebody_or_an_order",
                condition=Q(status=PerformanceStatus.ENTERED)
                | ~Q(tender_code="")
                | Q(checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="performance_refused_says_why",
                condition=~Q(status=PerformanceStatus.REFUSED) | ~Q(reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=status, source=Status.ENTERED, target=Status.CHECKED)
    def confirm(self, *, at: datetime, by: User | None) -> None:
        self.checked_at, self.checked_by = at, by

    @transition(field=status, source=Status.ENTERED, target=Status.REFUSED)
    def refuse(self, *, at: datetime, by: User, reasons: str) -> None:
        self.checked_at, self.checked_by, self.reasons = at, by, reasons
