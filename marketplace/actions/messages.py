"""Put a message into the inboxes of those who must learn of something, and send it by e-mail."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from marketplace.kernel.effects import enqueue_new, key_of
from marketplace.kernel.inserts import insert_all
from marketplace.kernel.models import Effect
from marketplace.models import Membership, Message, Organization, User

EMAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """
    What one person is told in their inbox of `organization`.

    `kind` is `<app>/<name>`; the words are the template `<app>/messages/<name>.txt`, whose first
    line is the subject. It is filled with `context`, `user`, `organization`, `at` and `url`.
    """

    user: User
    organization: Organization
    kind: str
    url: str = ""
    context: Mapping[str, Any]
    is_mailed: bool = True
    """Whether a copy goes to the reader's address; some kinds have a mail of their own."""


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

    Without them experts are not told: they hold no office there.
    """
    members = Membership.objects.active().filter(organization=organization)
    if roles := list(roles):
        members = members.filter(role__in=roles)
    else:
        members = members.exclude(role=Membership.Role.EXPERT)
    readers = User.objects.filter(pk__in=members.values("user_id")).order_by("pk")
    return deliver(
        [
            Letter(user=user, organization=organization, kind=kind, url=url, context=context)
            for user in readers
        ],
        at,
    )


def notify_person(
    *,
    user: User,
    organization: Organization,
    kind: str,
    at: datetime,
    url: str = "",
    **context: Any,
) -> Message:
    """Tell one person, in their inbox of `organization`."""
    letter = Letter(user=user, organization=organization, kind=kind, url=url, context=context)
    return deliver([letter], at)[0]


# without a savepoint of its own: an act that cannot tell what it did fails as a whole
@transaction.atomic(savepoint=False)
def deliver(letters: Iterable[Letter], at: datetime) -> list[Message]:
    """
    Put each letter into its inbox, all in one statement, however many there are.

    A copy goes to the address of each reader who has one.
    """
    letters = list(letters)
    messages = insert_all([_message(letter, at) for letter in letters])
    enqueue_new(
        [
            Effect(
                kind=EMAIL,
                key=key_of(EMAIL, message.slug),
                payload={"message": message.pk},
                due_at=at,
            )
            for letter, message in zip(letters, messages, strict=True)
            if letter.is_mailed and message.user.email
        ]
    )
    return messages


def _message(letter: Letter, at: datetime) -> Message:
    app, name = letter.kind.split("/")
    filled = {
        **letter.context,
        "user": letter.user,
        "organization": letter.organization,
        "at": at,
        "url": letter.url,
    }
    text = html.unescape(render_to_string(f"{app}/messages/{name}.txt", filled))
    subject, _separator, body = text.strip().partition("\n")
    return Message(
        user=letter.user,
        organization=letter.organization,
        kind=letter.kind,
        subject=subject.strip(),
        body=body.strip(),
        url=letter.url,
        created_at=at,
    )


@transaction.atomic
def read_message(*, message: Message, at: datetime) -> Message:
    """Note when the message was first opened; a later opening changes nothing."""
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def read_messages(*, messages: QuerySet[Message], at: datetime) -> int:
    """Note of those that were not opened before that all were opened together; return how many."""
    return messages.filter(read_at__isnull=True).update(read_at=at)
