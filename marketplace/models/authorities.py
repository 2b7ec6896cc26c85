"""Authorities that an office above means to set up, or to give a manager."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.divisions import Division
from marketplace.models.organizations import Organization
from marketplace.models.users import User

OPEN = Q(confirmed_at__isnull=True, withdrawn_at__isnull=True)


class AuthorityProposalQuerySet(LockingQuerySet["AuthorityProposal"]):
    """Proposals by whether they wait for somebody."""

    def waiting(self) -> AuthorityProposalQuerySet:
        """Proposals that were neither confirmed nor withdrawn."""
        return self.filter(OPEN)

    def with_relations(self) -> AuthorityProposalQuerySet:
        """Proposals with their area, their office and who put them up."""
        return self.select_related("division__parent", "office__division", "proposed_by")


class AuthorityProposal(SlugModel):
    """
    One manager of an office puts up an authority below and its first manager; a second confirms.

    The manager is named by the login alone, as in an invitation.
    """

    office = models.ForeignKey(
        Organization, verbose_name=_("上级机构"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("机构名称"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("区划"), on_delete=models.PROTECT, related_name="+"
    )
    login = models.CharField(_("管理员的用户名或邮箱"), max_length=254)
    proposed_by = models.ForeignKey(
        User, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("提出时间"))
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
    authority = models.ForeignKey(
        Organization,
        verbose_name=_("设立的机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AuthorityProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("下级机构的设立")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="authority_proposed_once", fields=["name", "division"], condition=OPEN
            ),
            models.CheckConstraint(
                name="authority_confirmed_by_another",
                condition=Q(
                    confirmed_at__isnull=True, confirmed_by__isnull=True, authority__isnull=True
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    authority__isnull=False,
                    withdrawn_at__isnull=True,
                )
                & ~Q(confirmed_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
