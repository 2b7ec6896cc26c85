"""Which person an officer's account is of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.models.users import User


class OfficerIdentity(models.Model):
    """
    The person behind an officer's account, as a keyed hash of the identity number.

    Nobody is behind two accounts, so two officers of one matter are two people. The number itself
    is stored nowhere.
    """

    user = models.OneToOneField(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("身份键"), max_length=64, unique=True)
    stated_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("身份登记")

    def __str__(self) -> str:
        return str(self.user)
