"""Handlers of effects: what is done after a commit, found through `settings.EFFECT_HANDLERS`."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from marketplace.models import Message


def send_message_email(payload: Mapping[str, Any]) -> None:
    """Send one inbox message to its reader's address; readers without one have the inbox."""
    message = Message.objects.select_related("user").get(pk=payload["message"])
    if not message.user.email:
        return
    body = f"{message.body}\n\n{settings.PUBLIC_URL}{message.url}" if message.url else message.body
    send_mail(message.subject, body, None, [message.user.email])
