"""The lists that others keep of those who broke faith, as they were imported."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from credit.models.cases import Case
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Organization, User


class ListKind(models.TextChoices):
    """Which list: each has the form in which it is published, and its own basis."""

    JUDGMENT = "listed_judgment_debtor", _("失信被执行人名单")
    TAX = "listed_tax_breach", _("重大税收违法失信主体名单")
    PROCUREMENT = "listed_procurement_breach", _("政府采购严重违法失信行为记录名单")
    PEER = "listed_by_peer", _("其他平台的失信处理决定")


class ListImport(AppendOnlyModel):
    """One file that was imported: the same bytes are not imported twice."""

    kind = models.CharField(_("名单"), max_length=32, choices=ListKind)
    sha256 = models.CharField(_("校验值"), max_length=64)
    file_name = models.CharField(_("文件名"), max_length=120)
    is_whole = models.BooleanField(_("完整名单"))
    imported_at = models.DateTimeField(_("导入时间"))
    imported_by = models.ForeignKey(
        User,
        verbose_name=_("导入人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    changes: models.JSONField[Any, Any] = models.JSONField(_("变化"))

    class Meta:
        verbose_name = verbose_name_plural = _("名单导入")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(name="list_import_once", fields=["kind", "sha256"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"


class ListFaultQuerySet(models.QuerySet["ListFault"]):
    """What was delivered and could not be taken over, by whether it still cannot."""

    def standing(self) -> ListFaultQuerySet:
        """Faults after which nothing of the same list was taken over."""
        return self.filter(mended_at__isnull=True)


class ListFault(models.Model):
    """
    A list that a night brought and nobody could take over, until it is, by night or by hand.

    Without a `kind` the source itself did not answer. Every further night that fails the same list
    moves `failed_at` on.
    """

    kind = models.CharField(_("名单"), max_length=32, blank=True)
    file_name = models.CharField(_("文件名"), max_length=120, blank=True)
    why = models.TextField(_("原因"), max_length=1000, blank=True)
    since = models.DateTimeField(_("第一次失败"))
    failed_at = models.DateTimeField(_("最近一次失败"))
    mended_at = models.DateTimeField(_("导入成功时间"), null=True, blank=True)

    objects = ListFaultQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("没有导入成功的名单")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="list_fault_once", fields=["kind"], condition=Q(mended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.list_name

    @property
    def list_name(self) -> str:
        """What the list is called; one that nobody knows by the word it was delivered under."""
        if not self.kind:
            return str(_("名单来源"))
        return str(dict(ListKind.choices).get(self.kind, self.kind))

    @property
    def reason(self) -> str:
        """Why nothing was taken over."""
        return self.why or str(_("来源没有应答，或者答复无法识别"))


class ListedPartyQuerySet(LockingQuerySet["ListedParty"]):
    """Rows of lists by whether they still stand there."""

    def standing(self) -> ListedPartyQuerySet:
        """Rows that were not removed from their list."""
        return self.filter(removed_at__isnull=True)


class ListedParty(SlugModel):
    """
    Somebody on a list, under the number of the document that put them there.

    `organization` is who of the register it is, by code and never by name alone; `case` is what
    follows here. It stays when the list lets go of it.
    """

    kind = models.CharField(_("名单"), max_length=32, choices=ListKind)
    number = models.CharField(_("文书号"), max_length=120)
    name = models.CharField(_("名称"), max_length=200)
    code = models.CharField(_("代码"), max_length=18)
    issuer = models.CharField(_("作出机关"), max_length=120)
    listed_on = models.DateField(_("列入日期"))
    ends_on = models.DateField(_("期限至"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    facts = models.TextField(_("事由"), max_length=4000, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("对应的单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    case = models.OneToOneField(
        Case,
        verbose_name=_("案件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="listed",
    )
    removed_at = models.DateTimeField(_("移出时间"), null=True, blank=True)

    objects = ListedPartyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("名单上的主体")
        ordering = ["-listed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="listed_once_per_document", fields=["kind", "number", "code"]
            ),
            models.CheckConstraint(
                name="listed_case_has_an_organization",
                condition=Q(case__isnull=True) | Q(organization__isnull=False),
            ),
        ]
        indexes = [models.Index(name="listed_by_code", fields=["code"])]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
