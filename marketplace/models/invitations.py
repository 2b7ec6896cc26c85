"""Invitations to act for an organisation; they bind nobody before they are accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.organizations import Membership, Organization
from marketplace.models.users import User


class InvitationQuerySet(LockingQuerySet["Invitation"]):
    """Invitations by whether they can still be accepted."""

    def pending(self, at: datetime) -> InvitationQuerySet:
        """Invitations that were neither accepted nor withdrawn and have not run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def with_relations(self) -> InvitationQuerySet:
        """Invitations with what the person invited is shown of them."""
        return self.select_related("organization", "invited_by")


class Invitation(SlugModel):
    """
    What a manager asked for; `user` is empty when nobody had the login that was typed.

    Managers see the login only, so that they cannot find out who has an account.
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="invitations"
    )
    login = models.CharField(_("用户名或邮箱"), max_length=254)
    user = models.ForeignKey(
        User,
        verbose_name=_("受邀人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    role = models.CharField(_("角色"), max_length=16, choices=Membership.Role)
    invited_by = models.ForeignKey(
        User, verbose_name=_("邀请人"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("邀请时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("成员邀请")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.login} {self.organization}"
