"""Requests to unbind the second factors of an officer who has lost them; two people decide."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.organizations import Organization
from marketplace.models.users import User

OPEN = models.Q(confirmed_at__isnull=True, withdrawn_at__isnull=True)


class FactorResetQuerySet(LockingQuerySet["FactorReset"]):
    """Requests by whether they wait for somebody."""

    def waiting(self) -> FactorResetQuerySet:
        """Requests that were neither confirmed nor withdrawn."""
        return self.filter(OPEN)

    def with_people(self) -> FactorResetQuerySet:
        """Requests with whose, by whom, and of which authority."""
        return self.select_related("organization__division", "user", "asked_by")


class FactorReset(SlugModel):
    """A manager asks, another officer confirms: then apps, keys and recovery codes are unbound."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        User, verbose_name=_("丢失设备的人"), on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.CharField(_("理由"), max_length=200)
    asked_by = models.ForeignKey(
        User, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("申请时间"))
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("确认人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("二次验证重置")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="factor_reset_once_open", fields=["organization", "user"], condition=OPEN
            ),
            models.CheckConstraint(
                name="factor_reset_by_three_people",
                condition=~models.Q(asked_by=models.F("user"))
                & (
                    models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                    | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~models.Q(confirmed_by=models.F("asked_by"))
                    & ~models.Q(confirmed_by=models.F("user"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.organization}"
