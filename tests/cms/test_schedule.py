"""Notices that go live and expire at the moments chosen in the editor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils.timezone import localtime

from cms.models import NoticeIndexPage, NoticePage
from marketplace.models import User
from marketplace.project.celery import app
from tests.clock import NOON
from tests.notices import SUBMIT, agree, form_of

pytestmark = pytest.mark.django_db
GOES_LIVE, EXPIRES = NOON + timedelta(hours=1), NOON + timedelta(hours=3)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def _written(client: Client, editor: User, reviewer: User) -> None:
    """Write a notice in the editor, to be public from one o'clock to three, and agree to it."""
    sent = form_of(
        title="定时的通知",
        go_live_at=f"{localtime(GOES_LIVE):%Y-%m-%d %H:%M}",
        expire_at=f"{localtime(EXPIRES):%Y-%m-%d %H:%M}",
    )
    client.force_login(editor)
    client.post(
        f"/cms/pages/add/cms/noticepage/{NoticeIndexPage.objects.get().pk}/", {**sent, **SUBMIT}
    )
    client.force_login(reviewer)
    agree(client, NoticePage.objects.get())
    client.logout()


@pytest.fixture
def scheduled() -> Callable[[], object]:
    """Return the task that the scheduler is told to run."""
    entry = settings.CELERY_BEAT_SCHEDULE["publish-scheduled"]
    app.loader.import_default_modules()
    return app.tasks[entry["task"]]


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (GOES_LIVE - MINUTE, 404),
        (GOES_LIVE + MINUTE, 200),
        (EXPIRES - MINUTE, 200),
        (EXPIRES + MINUTE, 404),
    ],
)
def test_a_notice_is_public_between_the_moments_that_its_editor_chose(
    client: Client, scheduled: Callable[[], object], moment, status: int
) -> None:
    for at in (NOON, GOES_LIVE + MINUTE, moment):
        if at <= moment:
            with time_machine.travel(at, tick=False):
                scheduled()

    with time_machine.travel(moment, tick=False):
        answer = client.get("/notices/20261124/")
        listed = client.get("/notices/").content.decode()

    assert answer.status_code == status
    assert ("定时的通知" in listed) == (status == 200)
