"""Invitations to act for an organisation; they bind nobody before they are accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.organizations import Membership, Organization
from marketplace.models.users import User

AUTHORITY = Organization.Kind.AUTHORITY


class InvitationQuerySet(LockingQuerySet["Invitation"]):
    """Invitations by whether they can still be accepted."""

    def pending(self, at: datetime) -> InvitationQuerySet:
        """Invitations that were neither accepted nor withdrawn and have not run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def acceptable(self, at: datetime) -> InvitationQuerySet:
        """Pending invitations that wait for nobody but the person invited."""
        free = models.Q(confirmed_at__isnull=False) | ~models.Q(organization__kind=AUTHORITY)
        return self.pending(at).filter(free)

    def unconfirmed(self, at: datetime) -> InvitationQuerySet:
        """Pending invitations of authorities that a second officer has still to confirm."""
        return self.pending(at).filter(organization__kind=AUTHORITY, confirmed_at__isnull=True)

    def without_a_second_officer(self) -> InvitationQuerySet:
        """Invitations of authorities where nobody but the inviter could confirm them."""
        officers = Membership.objects.active().exclude(role=Membership.Role.EXPERT)
        others = officers.filter(organization=models.OuterRef("organization"))
        third = others.exclude(user=models.OuterRef("invited_by"))
        return self.exclude(models.Exists(third))

    def open_ones(self, organization: Organization) -> InvitationQuerySet:
        """Invitations of `organization` that were neither accepted nor withdrawn, also old ones."""
        return self.filter(organization=organization, accepted_at=None, withdrawn_at=None)

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
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("确认人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("成员邀请")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="invitation_once_open",
                fields=["organization", "login", "role"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_confirmed_by_another",
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~models.Q(confirmed_by=models.F("invited_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.login} {self.organization}"

    @property
    def awaits_confirmation(self) -> bool:
        """Tell whether a second officer has still to confirm it: an authority's has to be."""
        return self.organization.kind == AUTHORITY and self.confirmed_at is None
