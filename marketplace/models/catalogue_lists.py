"""A list is what the catalogue is changed by: one decision, by one person, confirmed by another."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models.catalogue import ServiceItem
from marketplace.models.organizations import Organization
from marketplace.models.users import User


class ListStatus(models.TextChoices):
    """Where a list stands."""

    PLANNED = "planned", _("等待确认")
    ACTIVE = "active", _("已公布")
    CANCELLED = "cancelled", _("已撤回")


FROM_FILES = _("数据文件%(year)s年第%(serial)s号")
"""The number of a list that is made when the data files are loaded."""


class CatalogueListQuerySet(LockingQuerySet["CatalogueList"]):
    """Lists by whether they hold."""

    def waiting(self) -> CatalogueListQuerySet:
        """Lists that nobody has confirmed or withdrawn."""
        return self.filter(status=ListStatus.PLANNED)

    def published(self) -> CatalogueListQuerySet:
        """Lists that hold, the latest first."""
        return self.filter(status=ListStatus.ACTIVE).order_by("-decided_at", "-pk")

    def up_to(self, found: CatalogueList) -> CatalogueListQuerySet:
        """Lists that held when `found` did, itself among them; all, while it waits."""
        rows = self.published()
        if found.decided_at is None:
            return rows
        same = Q(decided_at=found.decided_at, pk__lte=found.pk)
        return rows.filter(Q(decided_at__lt=found.decided_at) | same)


class CatalogueList(StatefulModel, SlugModel):
    """One decision about the catalogue: its number, its date, and what it changes."""

    Status = ListStatus

    status = StatusField(_("状态"), choices=Status, default=Status.PLANNED)
    number = models.CharField(_("文号"), max_length=60)
    dated_on = models.DateField(_("日期"))
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        User,
        verbose_name=_("拟定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("拟定时间"))
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("办理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)

    objects = CatalogueListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("目录清单")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="catalogue_list_number_once",
                fields=["number"],
                condition=~Q(status=ListStatus.CANCELLED),
            ),
            models.CheckConstraint(
                name="catalogue_list_decided_when_it_is",
                condition=Q(status=ListStatus.PLANNED, decided_at__isnull=True)
                | (~Q(status=ListStatus.PLANNED) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                # a list that the data files make has no persons
                name="catalogue_list_confirmed_by_another",
                condition=~Q(status=ListStatus.ACTIVE)
                | Q(proposed_by__isnull=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(field=status, source=[Status.PLANNED], target=Status.ACTIVE)
    def publish(self, *, by: User | None, at: datetime) -> None:
        self.decided_by, self.decided_at = by, at

    @transition(field=status, source=[Status.PLANNED], target=Status.CANCELLED)
    def withdraw(self, *, by: User, at: datetime) -> None:
        self.decided_by, self.decided_at = by, at


class ListChange(models.Model):
    """
    What a list does to one item.

    `item` is the version that it publishes, suspends or abolishes; `previous` the version that was
    in force before a publication.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("公布")
        SUSPEND = "suspend", _("暂停")
        ABOLISH = "abolish", _("取消")

    catalogue_list = models.ForeignKey(
        CatalogueList,
        verbose_name=_("目录清单"),
        on_delete=models.CASCADE,
        related_name="changes",
    )
    item = models.ForeignKey(
        ServiceItem, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="changes"
    )
    previous = models.ForeignKey(
        ServiceItem,
        verbose_name=_("此前的版本"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("变动"), max_length=8, choices=Kind)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    replaced_by = models.CharField(_("由何事项替代"), max_length=32, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("清单变动")
        ordering = ["kind", "item__code"]
        constraints = [
            models.UniqueConstraint(name="list_change_once", fields=["catalogue_list", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item}"


class ListSubmission(AppendOnlyModel):
    """That a list was sent to an authority: by which office, when, and by which document."""

    catalogue_list = models.ForeignKey(
        CatalogueList,
        verbose_name=_("目录清单"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    authority = models.CharField(_("报送机关"), max_length=120)
    document_number = models.CharField(_("报送文号"), max_length=60)
    submitted_on = models.DateField(_("报送日期"))
    office = models.ForeignKey(
        Organization, verbose_name=_("报送单位"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        User, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("清单报送")
        ordering = ["submitted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="list_submission_once",
                fields=["catalogue_list", "authority", "document_number"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue_list} {self.authority} {self.document_number}"
