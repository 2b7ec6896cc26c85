"""The inbox: what a person must learn of, in the words it was first told in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.organizations import Organization
from marketplace.models.users import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by reader."""

    def inbox_of(self, user: User, organization: Organization) -> MessageQuerySet:
        """What `user` finds in the inbox while acting for `organization`."""
        return self.filter(user=user, organization=organization)

    def unread(self) -> MessageQuerySet:
        """Messages that were not opened yet."""
        return self.filter(read_at__isnull=True)


class Message(SlugModel):
    """One message to one person in one organisation; also sent by e-mail."""

    user = models.ForeignKey(
        User, verbose_name=_("收件人"), on_delete=models.PROTECT, related_name="inbox"
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("类别"), max_length=64)
    subject = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"))
    url = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("站内消息")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(name="message_inbox", fields=["user", "organization", "-created_at"])
        ]

    def __str__(self) -> str:
        return self.subject
