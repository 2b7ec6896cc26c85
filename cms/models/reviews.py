"""Nothing goes live on the word of one person: who wrote a page does not agree to it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from marketplace.models import User

EDITORS, REVIEWERS = _("编辑"), _("审核")
Action = tuple[str, Any, bool]


class ReviewTask(AbstractGroupApprovalTask):
    """The review of a page by a person who neither wrote nor submitted what is to go live."""

    class Meta:
        verbose_name = verbose_name_plural = _("他人审核")

    def get_actions(self, obj: Page, user: User) -> list[Action]:
        """Return what `user` may do with the page; its author none of it."""
        if is_author(obj, user):
            return []
        return list(super().get_actions(obj, user))

    def on_action(self, task_state: TaskState, user: User, action_name: str, **told: Any) -> Any:
        """
        Carry out what a reviewer has decided.

        Raises:
            PermissionDenied: the reviewer has written or submitted it, or is none.
        """
        page = task_state.workflow_state.content_object
        if action_name not in {name for name, _label, _asks in self.get_actions(page, user)}:
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **told)

    def get_task_states_user_can_moderate(
        self, user: User, **told: Any
    ) -> QuerySet[TaskState, TaskState]:
        """Return what waits for `user`: not what `user` has written or submitted."""
        states = super().get_task_states_user_can_moderate(user, **told)
        own = states.filter(workflow_state__requested_by=user) | states.filter(revision__user=user)
        others: QuerySet[TaskState, TaskState] = states.exclude(pk__in=own.values("pk"))
        return others

    @classmethod
    def get_description(cls) -> Any:
        return _("由没有参与撰写、也没有提交的人审核")


def is_author(page: Page, user: User) -> bool:
    """Tell whether `user` wrote any of what would go live, or submitted it."""
    state = page.current_workflow_state
    if state is not None and state.requested_by_id == user.pk:
        return True
    written = page.revisions.all()
    if page.live_revision_id:
        written = written.filter(pk__gt=page.live_revision_id)
    return bool(written.filter(user=user).exists())
