"""An editor's work on the workbench: the notices at hand, and where to write the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from cms.models import NoticeIndexPage, NoticePage
from cms.permissions import can_appoint_editors
from marketplace.models import User
from marketplace.parties import Party
from marketplace.permissions import can_edit_pages
from marketplace.web.workbench import Aside, NavItem

Text = str | Promise
RECENT = 6


@dataclass(frozen=True)
class NoticeRow:
    """A notice as its editor sees it; `url` leads to where it is written."""

    title: str
    state: Text
    published_on: date
    url: str


@dataclass(frozen=True)
class EditorsDesk:
    """
    What an editor has at hand; `new_url` is where the next begins.

    `waiting_count` is how much waits for the review of this very person, listed at `waiting_url`.
    """

    notices: list[NoticeRow]
    draft_count: int
    new_url: str
    waiting_count: int
    waiting_url: str


def editors_desk(user: User, at: datetime, /) -> list[Aside]:  # noqa: ARG001 - the contributors' signature
    """Return the editor's panel; nothing for who writes no pages."""
    if not can_edit_pages(user):
        return []
    index = NoticeIndexPage.objects.first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return [Aside("cms/asides/own_section.html", {}, 20, is_wide=True)]
    newest = F("latest_revision_created_at").desc(nulls_last=True)
    notices = NoticePage.objects.order_by(newest, "-pk")
    reviews = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    waiting = set(reviews.values_list("object_id", flat=True))
    desk = EditorsDesk(
        notices=[
            _row(notice, is_waiting=str(notice.pk) in waiting)
            for notice in notices.annotate_approved_schedule()[:RECENT]
        ],
        draft_count=notices.filter(has_unpublished_changes=True).count(),
        new_url=reverse("wagtailadmin_pages:add", args=["cms", "noticepage", index.pk]),
        waiting_count=TaskState.objects.reviewable_by(user).count(),
        waiting_url=waiting_url(),
    )
    return [Aside("cms/asides/editor.html", {"desk": desk}, 20, is_wide=True)]


def posts_nav(party: Party, at: datetime, /) -> list[NavItem]:  # noqa: ARG001 - the contributors' signature
    """Return where a manager of the province says who writes the pages."""
    if not can_appoint_editors(party):
        return []
    return [NavItem(reverse("cms:posts"), _("网站编辑"), "i-users", 17)]


def waiting_url() -> str:
    """Return where one finds what waits for one's review."""
    return f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true"


def _row(notice: NoticePage, *, is_waiting: bool) -> NoticeRow:
    return NoticeRow(
        title=notice.title,
        state=_("待审核") if is_waiting else _state(notice),
        published_on=notice.published_on,
        url=reverse("wagtailadmin_pages:edit", args=[notice.pk]),
    )


def _state(notice: NoticePage) -> Text:
    if notice.approved_schedule:
        return _("已同意，到时发布")
    states = {
        (True, True): _("已发布，有未发布的修改"),
        (True, False): _("已发布"),
        (False, True): _("草稿"),
        (False, False): _("未发布"),
    }
    return states[notice.live, notice.has_unpublished_changes]
