"""Notices that are live, as after a review."""

import json
from datetime import datetime

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.actions.writing import write_notice
from cms.models import NoticePage
from marketplace.models import User


def publish_notice(  # noqa: PLR0913 - a notice has this many parts
    *, slug: str, title: str, source: str, summary: str, body: str, by: User, at: datetime
) -> NoticePage:
    """Publish a notice of the day of `at`."""
    values = {"slug": slug, "title": title, "source": source, "summary": summary}
    notice = write_notice(values=values, text=body, by=by, at=at)
    notice.get_latest_revision().publish(user=by, skip_permission_checks=True)
    notice.refresh_from_db()
    return notice


def block(text: str) -> str:
    """Return what the editor sends of a paragraph."""
    ranges: dict[str, list[object]] = {"inlineStyleRanges": [], "entityRanges": []}
    paragraph = {"key": "a", "text": text, "type": "unstyled", "depth": 0, **ranges}
    return json.dumps({"entityMap": {}, "blocks": [paragraph]})


def form_of(**values: str) -> dict[str, str]:
    """Return what the editor sends of a notice with one paragraph; `action-…` says what for."""
    text = values.pop("text", "正文。")
    return {
        "title": "新的通知",
        "column": "notice",
        "published_on": "2026-11-24",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": block(text),
        "files-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **values,
    }


SUBMIT = {"action-submit": "action-submit"}


def agree(client: Client, page: Page) -> None:
    """Press 同意 as whoever is logged in."""
    state = page.specific_class.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(address, {"comment": ""})
