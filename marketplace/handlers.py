"""Handlers of effects: what is done after a commit, declared in `marketplace.ways_up`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse

from marketplace.addresses import has_confirmed_address
from marketplace.kernel.models.slugs import random_slug
from marketplace.models import Message


def send_message_email(payload: Mapping[str, Any]) -> None:
    """
    Send one inbox message to its reader's address, if they have confirmed that it is theirs.

    Readers without a confirmed address have the inbox, which says that nothing was sent.

    The link leads to the message: it asks a reader with several organisations to act for the right
    one, which the page that it is about could not.
    """
    message = Message.objects.select_related("user").get(pk=payload["message"])
    if not has_confirmed_address(message.user):
        return
    link = f"{settings.PUBLIC_URL}{reverse('marketplace:message', args=[message.slug])}"
    subject, body = words_by_mail(message)
    send_mail(one_line(subject), f"{body}\n\n{link}", None, [message.user.email])


def words_by_mail(message: Message) -> tuple[str, str]:
    """
    Return subject and text of the mail: those of the message, or what the kind says in their place.

    A mail goes through many hands. A kind with a template `<app>/mails/<name>.txt` has words of its
    own for it, which tell nobody what the message is about; its first line is the subject.
    """
    app, _slash, name = message.kind.partition("/")
    try:
        text = get_template(f"{app}/mails/{name}.txt").render()
    except TemplateDoesNotExist:
        return message.subject, message.body
    subject, _line_end, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def one_line(text: str) -> str:
    """Fold whatever would end a line of a mail's head, so that no text can hold up its mail."""
    return " ".join(text.splitlines())


def write_sms(phone: str, text: str) -> None:
    """Write a text message to a file of its own; the default of `settings.SMS_SENDER`."""
    folder = Path(settings.SMS_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{phone}-{random_slug()}.txt"
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
