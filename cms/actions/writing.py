"""Pages that are written outside of the editor, and how they go live there and here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, Revision

from cms.models import NoticeIndexPage, NoticePage, ServiceItemPage
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.models import User

Block = Mapping[str, Any]
"""A block of a text as it is stored: its type, and its value."""


@transaction.atomic
def write_notice(
    *,
    values: dict[str, Any],
    text: str,
    below: Sequence[Block] = (),
    by: User | None,
    at: datetime,
) -> NoticePage:
    """
    Keep the draft of a notice: `text` as HTML, and the blocks `below` it.

    It is of the day of `at`, or of the day on which it is to go live.
    """
    index = NoticeIndexPage.objects.get()
    day = day_of(values.get("go_live_at") or at)
    draft = NoticePage(**values, published_on=day, owner=by, live=False)
    draft.body = draft.body.stream_block.to_python([{"type": "text", "value": text}, *below])
    notice: NoticePage = index.add_child(instance=draft)
    notice.save_revision(user=by, log_action=by is not None)
    return notice


@transaction.atomic
def explain_item(*, code: str, said: Mapping[str, Sequence[Block]], by: User) -> ServiceItemPage:
    """Keep a draft of what is said of the item `code`: the blocks of each field of its page."""
    page: ServiceItemPage = ServiceItemPage.objects.get(code=code)
    for name, blocks in said.items():
        setattr(page, name, getattr(page, name).stream_block.to_python([*blocks]))
    page.save_revision(user=by, log_action=True)
    return page


def keep_picture(*, name: str, title: str, content: bytes, by: User) -> Image:
    """Keep a picture for the pages."""
    file = ImageFile(ContentFile(content), name=name)
    return Image.objects.create(title=title, file=file, uploaded_by_user=by)


def keep_file(*, name: str, title: str, content: bytes, by: User) -> Document:
    """Keep a document for the pages."""
    file = ContentFile(content, name=name)
    return Document.objects.create(title=title, file=file, uploaded_by_user=by)


@transaction.atomic
def submit_page(*, page: Page, by: User) -> Page:
    """Ask another person to agree to the newest draft of `page`."""
    page.get_workflow().start(page, by)
    return page


@transaction.atomic
def agree_to_page(*, page: Page, by: User, at: datetime) -> Page:
    """
    Let the draft that was submitted go live: at once, or at the moment that it names.

    Raises:
        PermissionDenied: `by` has written or submitted it, or is no reviewer.
    """
    page = page.specific_class.objects.get(pk=page.pk)  # what is known of its review may be old
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, by, "approve")
    page.refresh_from_db()
    record(by=by, verb="page.agreed", target=page, at=at)
    return page


@transaction.atomic
def withdraw_expired(at: datetime) -> int:
    """Withdraw the live pages that expire at `at` by the platform's time; return how many."""
    expired = list(Page.objects.live().filter(expire_at__lte=at).specific())
    for page in expired:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return len(expired)


@transaction.atomic
def publish_due(at: datetime) -> int:
    """
    Publish what was agreed to go live at `at` by the platform's time; return how much.

    Wagtail would look at the machine's clock once more, and put off what a moved clock has reached:
    so the draft no longer names the moment that has come.
    """
    due = list(Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at"))
    for revision in due:
        revision.content["go_live_at"] = None
        revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    return len(due)
