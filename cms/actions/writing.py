"""Pages that are written outside of the editor, and how they go live there and here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from cms.models import NoticeIndexPage, NoticePage
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.models import User


@transaction.atomic
def write_notice(*, values: dict[str, Any], text: str, by: User | None, at: datetime) -> NoticePage:
    """Keep the draft of a notice of the day of `at`; `text` is its body as HTML."""
    index = NoticeIndexPage.objects.get()
    body = [("text", text)]
    draft = NoticePage(**values, body=body, published_on=day_of(at), owner=by, live=False)
    notice: NoticePage = index.add_child(instance=draft)
    notice.save_revision(user=by, log_action=by is not None)
    return notice


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
