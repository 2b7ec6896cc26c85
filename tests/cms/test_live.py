"""What was reviewed goes live although nobody has the right to publish."""

import pytest

from cms.actions.writing import submit_page, write_notice
from cms.live import go_live
from marketplace.models import User
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_what_was_reviewed_is_published_by_who_has_no_such_right(editor: User) -> None:
    notice = write_notice(values={"slug": "n", "title": "通知"}, text="", by=editor, at=NOON)
    submit_page(page=notice, by=editor)
    state = notice.workflow_states.get()

    go_live(state, editor)

    notice.refresh_from_db()
    assert notice.live
