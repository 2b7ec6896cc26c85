"""The one trail: who did what to which row, when."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel


class AuditEntry(AppendOnlyModel):
    """One act; `at` is the moment it counts from, `recorded_at` when the row was written."""

    at = models.DateTimeField(_("时间"), db_index=True)
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())
    by = models.ForeignKey(
        "marketplace.User",
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organization = models.ForeignKey(
        "marketplace.Organization",
        verbose_name=_("所属单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField(_("动作"), max_length=64)
    target_type = models.CharField(_("对象类型"), max_length=64)
    target_id = models.CharField(_("对象"), max_length=64)
    before = models.CharField(_("原状态"), max_length=32, blank=True)
    after = models.CharField(_("新状态"), max_length=32, blank=True)
    data = models.JSONField(_("内容"), default=dict, blank=True)
    is_sealed = models.BooleanField(_("开启前保密"), default=False)
    request_id = models.CharField(_("请求编号"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("操作记录")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="audit_by_target", fields=["target_type", "target_id", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_type} {self.target_id}"


class TrailWitness(AppendOnlyModel):
    """
    That an entry of the trail was written; a trigger writes it (`marketplace.kernel.trail`).

    `entry` is its primary key, and no foreign key: the witness outlives what it saw.
    """

    entry = models.BigIntegerField(_("操作记录"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=64)
    target_type = models.CharField(_("对象类型"), max_length=64)
    target_id = models.CharField(_("对象"), max_length=64)
    version = models.PositiveSmallIntegerField(_("摘要版本"), db_default=0)
    digest = models.CharField(_("整条记录的摘要"), max_length=64, db_default="")

    class Meta:
        verbose_name = verbose_name_plural = _("操作记录存证")

    def __str__(self) -> str:
        return f"{self.entry} {self.verb} {self.target_type} {self.target_id}"


class TrailCheck(AppendOnlyModel):
    """What it came to when the whole trail was asked for what it has lost."""

    at = models.DateTimeField(_("核对时间"))
    entry_count = models.PositiveBigIntegerField(_("核对条数"))
    lost_count = models.PositiveBigIntegerField(_("缺失或改动条数"))
    first_lost = models.JSONField(_("缺失或改动的记录"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("操作记录核对")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.lost_count}/{self.entry_count}"
