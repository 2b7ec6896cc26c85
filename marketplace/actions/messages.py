"""Put a message into the inboxes of those who must learn of something, and send it by e-mail."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from marketplace.kernel.effects import enqueue
from marketplace.models import Membership, Message, Organization, User


@transaction.atomic
def notify(
    *,
    organization: Organization,
    kind: str,
    at: datetime,
    url: str = "",
    roles: Iterable[str] = (),
    **context: Any,
) -> list[Message]:
    """
    Tell every active member of `organization` (with one of `roles`, when given).

    `kind` is `<app>/<name>`; the words are the template `<app>/messages/<name>.txt`, whose first
    line is the subject. It is filled with `context`, `organization`, `at` and `url`.
    """
    members = Membership.objects.active().filter(organization=organization)
    if roles := list(roles):
        members = members.filter(role__in=roles)
    readers = User.objects.filter(pk__in=members.values("user_id")).order_by("pk")
    return [
        notify_person(user=user, organization=organization, kind=kind, at=at, url=url, **context)
        for user in readers
    ]


@transaction.atomic
def notify_person(
    *,
    user: User,
    organization: Organization,
    kind: str,
    at: datetime,
    url: str = "",
    **context: Any,
) -> Message:
    """
    Tell one person, as `notify` does, in their inbox of `organization`.

    A copy goes to their address, if they have one.
    """
    app, name = kind.split("/")
    filled = {**context, "user": user, "organization": organization, "at": at, "url": url}
    text = html.unescape(render_to_string(f"{app}/messages/{name}.txt", filled))
    subject, _separator, body = text.strip().partition("\n")
    message = Message.objects.create(
        user=user,
        organization=organization,
        kind=kind,
        subject=subject.strip(),
        body=body.strip(),
        url=url,
        created_at=at,
    )
    if user.email:
        enqueue(kind="email", key=message.slug, payload={"message": message.pk}, due_at=at)
    return message


@transaction.atomic
def read_message(*, message: Message, at: datetime) -> Message:
    """Note when the message was first opened; a later opening changes nothing."""
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message
