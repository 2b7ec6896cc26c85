"""A page is written by one person, submitted, and agreed to by another."""

from datetime import timedelta

import pytest
import time_machine

from cms.actions.writing import (
    agree_to_page,
    publish_due,
    submit_page,
    withdraw_expired,
    write_notice,
)
from cms.models import NoticePage
from marketplace.kernel.models import AuditEntry
from marketplace.models import User
from tests.clock import NOON

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
LATER = NOON + timedelta(days=2)


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


def test_pages_come_and_go_by_the_moment_that_is_given(editor: User, reviewer: User) -> None:
    """However the machine's clock stands: the demo's is moved."""
    values = {"slug": "n", "title": "通知", "go_live_at": LATER, "expire_at": LATER + HOUR}
    notice = write_notice(values=values, text="<p>甲</p>", by=editor, at=NOON)
    submit_page(page=notice, by=editor)
    with time_machine.travel(NOON, tick=False):
        agree_to_page(page=notice, by=reviewer, at=NOON)
        seen = [NoticePage.objects.get().live]
        for at in (LATER - SECOND, LATER, LATER + HOUR - SECOND, LATER + HOUR):
            withdraw_expired(at)
            publish_due(at)
            seen.append(NoticePage.objects.get().live)

    assert seen == [False, False, True, True, False]
