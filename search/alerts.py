"""
Keep a question for somebody, tell them of what comes to it and changes in it, and stop when asked.

Of each new thing, and of each change of one, they are told once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from marketplace.actions.messages import Letter, deliver
from marketplace.addresses import has_confirmed_address
from marketplace.kernel.effects import enqueue
from marketplace.kernel.verdicts import require
from marketplace.models import Membership, Message, Organization, User
from search.finders import Question, Thing
from search.guards import one_more_may_be_saved
from search.models import Alert, AlertHit, SavedSearch

ALERT = "alert"
TOGETHER = 1_000
"""How many of the newest things since a question was kept are looked at."""
SALT = "search.unsubscribe"


@transaction.atomic
def save_search(
    *, user: User, organization: Organization | None, at: datetime, **given: Any
) -> SavedSearch:
    """
    Keep a question, of which `scope` and `asked` are `given`; the same one is kept once.

    Raises:
        Refused: the person keeps as many as one may.
    """
    same = {"user": user, "scope": given["scope"], "asked": given["asked"]}
    if known := SavedSearch.objects.filter(**same).first():
        return known
    require(one_more_may_be_saved(user))
    hand = {"organization": organization, "created_at": at, "looked_at": at}
    return SavedSearch.objects.create(user=user, **given, **hand)


@transaction.atomic
def change_search(*, saved: SavedSearch, title: str, pace: str, is_mailed: bool) -> SavedSearch:
    """Call a kept question something else, or be told of it in another way."""
    saved.title, saved.pace, saved.is_mailed = title, pace, is_mailed
    saved.save(update_fields=["title", "pace", "is_mailed"])
    return saved


@transaction.atomic
def forget_search(*, saved: SavedSearch) -> SavedSearch:
    """Forget a question and what was told of it; messages in the inbox stay."""
    saved.delete()
    return saved


def token_of(saved: SavedSearch) -> str:
    """Return what stands in the link of a mail, and works without a log-in."""
    return signing.Signer(salt=SALT).sign(saved.slug)


def saved_by_token(token: str) -> SavedSearch | None:
    """Return the question that a link names; None where nobody signed it, or it is forgotten."""
    try:
        slug = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(slug=slug).first()


@transaction.atomic
def stop_mails(*, saved: SavedSearch) -> SavedSearch:
    """Send no more mails of a question; done twice it is the same."""
    saved.is_mailed = False
    saved.save(update_fields=["is_mailed"])
    return saved


@transaction.atomic
def tell_of_news(*, saved_pk: int, version: str, at: datetime) -> Alert | None:
    """
    Ask one question again and tell of what has come since it was kept, of each thing once.

    `version` is that of what is public, read before. All is one transaction: a worker that dies
    leaves nothing behind, and the next one tells of the same. The lock keeps two workers apart,
    and beyond it the database takes no thing twice.
    """
    saved = SavedSearch.objects.lock_all().select_related("user").filter(pk=saved_pk).first()
    if saved is None or saved.looked_version == version:
        return None
    saved.looked_at, saved.looked_version = at, version
    saved.save(update_fields=["looked_at", "looked_version"])
    organization = _still_acts_for(saved)
    news = _news(saved, organization, at)
    return _told(saved, organization, news, at) if news else None


def _still_acts_for(saved: SavedSearch) -> Organization | None:
    """Return the organization of a question, unless its person acts for it no longer."""
    acts = Membership.objects.active().filter(user=saved.user, organization=saved.organization_id)
    member = acts.select_related("organization").first()
    return member.organization if member else None


def _news(saved: SavedSearch, organization: Organization | None, at: datetime) -> list[Thing]:
    """Return what was not told yet: new things first, then what things have come to."""
    question = Question(saved.scope, saved.parameters, organization)
    new = question.newest(at, TOGETHER, since=saved.created_at)
    changes = sorted(
        question.changes(at, saved.created_at, saved.told.all()), key=lambda one: one.at
    )
    found = {(one.kind, one.key, one.change): one for one in (*new, *changes)}
    rows = saved.told.filter(key__in={key for _kind, key, _change in found})
    for known in rows.values_list("kind", "key", "change"):
        found.pop(known, None)
    return list(found.values())


def _told(
    saved: SavedSearch, organization: Organization | None, news: Sequence[Thing], at: datetime
) -> Alert:
    alert = Alert.objects.create(saved=saved, told_at=at)
    AlertHit.objects.bulk_create(
        AlertHit(
            alert=alert,
            saved=saved,
            kind=one.kind,
            key=one.key,
            change=one.change,
            word=str(one.word),
            title=one.title[:300],
            text=one.text[:300],
            url=one.url,
        )
        for one in news
    )
    if organization is not None:
        alert.message = _inbox(saved, organization, news, at)
        alert.save(update_fields=["message"])
    if saved.is_mailed and saved.user.email:
        enqueue(kind=ALERT, key=alert.slug, payload={"alert": alert.pk}, due_at=at)
    return alert


def _inbox(
    saved: SavedSearch, organization: Organization, news: Sequence[Thing], at: datetime
) -> Message:
    letter = Letter(
        user=saved.user,
        organization=organization,
        kind="search/alert",
        url=reverse("search:saved", args=[saved.slug]),
        context={"saved": saved, "news": news},
        is_mailed=False,  # the mail of an alert is another one, which can be stopped
    )
    return deliver([letter], at)[0]


def send_alert(payload: Mapping[str, Any]) -> None:
    """
    Send the mail of an alert, unless its reader has stopped it or has no confirmed address.

    It has the same Message-ID whoever sends it: a mailbox that gets it again, because the worker
    died between the mail and the mark, can tell that it is the same. Source: RFC 8058.
    """
    found = Alert.objects.select_related("saved__user").filter(pk=payload["alert"]).first()
    if found is None or not found.saved.is_mailed or not has_confirmed_address(found.saved.user):
        return
    stop = f"{settings.PUBLIC_URL}{reverse('search:unsubscribe', args=[token_of(found.saved)])}"
    context: dict[str, Any] = {
        "alert": found,
        "hits": found.hits.order_by("pk"),
        "saved": found.saved,
    }
    page = f"{settings.PUBLIC_URL}{reverse('search:saved', args=[found.saved.slug])}"
    context |= {"stop_url": stop, "page_url": page, "public_url": settings.PUBLIC_URL}
    subject, _end, body = render_to_string("search/alert_mail.txt", context).strip().partition("\n")
    EmailMessage(
        " ".join(subject.split()),
        body.strip(),
        to=[found.saved.user.email],
        headers={
            "Message-ID": f"<alert-{found.slug}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    ).send()
