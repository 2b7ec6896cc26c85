"""Who writes the notices of the demo, and which messages are still unread."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import TaskState

from cms.demo.script import FIRST_DAY, Notice
from cms.demo.stories.editors import (
    UNREAD_DAYS,
    addresses_are_known,
    department_has_its_section,
    editor_is_appointed,
    messages_are_read,
    notice_is_published,
)
from cms.models import EDITORS, Department, NoticePage
from marketplace.addresses import has_confirmed_address
from marketplace.models import Message, User
from tests.cms.stage import act, days, stage
from tests.factories.marketplace import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NOTICE = Notice(
    slug="opening",
    title="开通的通知",
    source="省数据局",
    summary="今日开通。",
    day=-30,
    body="\n<p>开通。</p>\n",
)


def message(day: int, part: float) -> Message:
    reader = MembershipFactory()
    return Message.objects.create(
        user=reader.user, organization=reader.organization, created_at=days().at(day, part)
    )


def test_the_editor_writes_the_notices(pages: str) -> None:
    world = stage()

    act(editor_is_appointed(world))
    [moment] = act(notice_is_published(world, NOTICE))

    notice, editor = NoticePage.objects.get(), User.objects.get(username="bianji")
    assert [group.name for group in editor.groups.all()] == [str(EDITORS)]
    assert (notice.owner, notice.live, notice.text()) == (editor, True, "开通。")
    assert notice.live_revision.user == editor
    assert [one.finished_by.username for one in TaskState.objects.all()] == ["shenhe"]
    assert notice.published_on == moment.date() == world.days.day(-30)


def test_who_is_pointed_to_has_an_address_from_the_last_day_on() -> None:
    world = stage()
    listed = {one.login for group in world.script.readers for one in group.accounts}
    for login in listed:
        world.users[login] = UserFactory(username=login, email="")

    [moment] = act(addresses_are_known(world))

    found = {user.username: user for user in User.objects.filter(email__endswith="@demo.example")}
    assert found.keys() == listed
    assert found["zhice"].email == "zhice@demo.example"
    assert all(has_confirmed_address(user) for user in found.values())
    assert moment.date() == world.days.day(-1)


def test_a_department_has_its_section_and_two_people(pages: str) -> None:
    world = stage()

    act(department_has_its_section(world))

    own = Department.objects.get()
    assert (own.name, own.section.slug) == ("政策法规处", "policies")
    assert [post.user_set.get().username for post in (own.editors, own.reviewers)] == [
        *("zhengce1", "zhengce2"),
    ]


def test_messages_are_read_some_days_later_and_the_newest_are_not() -> None:
    world = stage()
    first = message(FIRST_DAY, 0.5)
    old = message(-1 - UNREAD_DAYS, 0.5)
    new = message(-UNREAD_DAYS, 0.5)

    moments = act(messages_are_read(world))

    for row in (first, old, new):
        row.refresh_from_db()
    assert first.read_at == moments[0]
    assert old.read_at == moments[-1]
    assert new.read_at is None
    assert moments[-1] - old.created_at > timedelta(days=UNREAD_DAYS - 1)
