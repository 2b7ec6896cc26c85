"""Put a message into the inboxes of those who must learn of something, and send it by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from marketplace.models import Membership, Message, Organization
from marketplace.tasks import enqueue


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
    app, name = kind.split("/")
    text = render_to_string(
        f"{app}/messages/{name}.txt", {**context, "organization": organization, "at": at, "url": url}
    )
    subject, _separator, body = text.strip().partition("\n")
    members = Membership.objects.active().filter(organization=organization)
    if roles := list(roles):
        members = members.filter(role__in=roles)
    messages = [
        Message.objects.create(
            user_id=user_id,
            organization=organization,
            kind=kind,
            subject=subject.strip(),
            body=body.strip(),
            url=url,
            created_at=at,
        )
        for user_id in members.order_by("user_id").values_list("user_id", flat=True).distinct()
    ]
    for message in messages:
        enqueue(kind="email", key=message.slug, payload={"message": message.pk}, due_at=at)
    return messages
