"""A page is written by one person, submitted, and agreed to by another."""

import pytest

from cms.actions.writing import agree_to_page, submit_page, write_notice
from marketplace.kernel.models import AuditEntry
from marketplace.models import User
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_a_draft_goes_live_when_another_person_agrees(editor: User, reviewer: User) -> None:
    notice = write_notice(
        values={"slug": "n", "title": "通知"}, text="<p>甲</p>", by=editor, at=NOON
    )
    states = [notice.live]
    submit_page(page=notice, by=editor)
    states.append(notice.live)

    live = agree_to_page(page=notice, by=reviewer, at=NOON)

    assert [*states, live.live] == [False, False, True]
    assert (live.published_on, live.owner, live.text()) == (NOON.date(), editor, "甲")
    assert AuditEntry.objects.get(verb="page.agreed").by == reviewer
