"""Who wrote a page, or submitted it, is not asked to agree and cannot."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.actions.people import make_reviewer
from cms.actions.writing import agree_to_page, submit_page, write_notice
from cms.models import NoticePage, ReviewTask
from cms.models.reviews import is_author
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db
VALUES = {"slug": "new", "title": "通知"}


def test_an_author_is_not_asked_and_a_reviewer_is(editor: User, reviewer: User) -> None:
    make_reviewer(user=editor, by=None, at=NOON)
    notice = write_notice(values=VALUES, text="<p>甲</p>", by=editor, at=NOON)
    submit_page(page=notice, by=editor)
    task = ReviewTask.objects.get()

    asked = {
        user: (
            task.get_task_states_user_can_moderate(user).count(),
            [name for name, _label, _more in task.get_actions(notice, user)],
        )
        for user in (editor, reviewer, UserFactory())
    }

    assert asked[editor] == (0, [])
    assert asked[reviewer] == (1, ["reject", "approve", "approve"])
    assert [*asked.values()][2] == (0, [])
    assert str(ReviewTask.get_description()).startswith("由没有参与撰写")


def test_an_author_cannot_agree(editor: User, reviewer: User) -> None:
    make_reviewer(user=editor, by=None, at=NOON)
    notice = write_notice(values=VALUES, text="<p>甲</p>", by=editor, at=NOON)
    submit_page(page=notice, by=editor)

    with pytest.raises(PermissionDenied):
        agree_to_page(page=notice, by=editor, at=NOON)
    assert not NoticePage.objects.get().live

    assert agree_to_page(page=notice, by=reviewer, at=NOON).live


def test_who_submits_what_another_wrote_is_its_author_and_after_it_is_live_nobody(
    editor: User, reviewer: User
) -> None:
    notice = write_notice(values=VALUES, text="<p>甲</p>", by=editor, at=NOON)
    submit_page(page=notice, by=reviewer)
    found = NoticePage.objects.get()
    assert (is_author(found, editor), is_author(found, reviewer)) == (True, True)

    third = make_reviewer(user=UserFactory(), by=None, at=NOON)
    live = agree_to_page(page=notice, by=third, at=NOON)

    live = NoticePage.objects.get(pk=live.pk)
    assert (is_author(live, editor), is_author(live, reviewer)) == (False, False)
