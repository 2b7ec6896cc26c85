"""Who writes the notices of the demo, and which messages are still unread."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from wagtail.images.models import Rendition
from wagtail.models import TaskState

from cms.actions.items import keep_in_step
from cms.demo.pictures import seals
from cms.demo.script import FIRST_DAY, Explained, Notice
from cms.demo.stories.editors import (
    UNREAD_DAYS,
    addresses_are_known,
    department_has_its_section,
    editor_is_appointed,
    item_is_explained,
    messages_are_read,
    notice_is_published,
)
from cms.models import EDITORS, Department, NoticePage, ServiceItemPage
from marketplace.addresses import has_confirmed_address
from marketplace.models import Message, User
from tests.cms.stage import act, days, stage
from tests.factories.marketplace import MembershipFactory, ServiceItemFactory, UserFactory

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


def test_a_notice_shows_its_picture_waits_for_its_review_or_for_its_day(pages: str) -> None:
    world = stage()
    Rendition.cache_backend.clear()  # of pictures of other tests, by the same keys
    act(editor_is_appointed(world))
    said = {"title": "纹样", "alt": "两个纹样", "caption": "改了一位"}
    plans = (
        replace(NOTICE, slug="shown", picture=said, paper="说明", lines=["密封"], holds_until=3),
        replace(NOTICE, slug="waiting", is_agreed=False),
        replace(NOTICE, slug="later", live_on=5),
    )

    for plan in plans:
        act(notice_is_published(world, plan))

    shown, waiting, later = (NoticePage.objects.get(slug=plan.slug) for plan in plans)
    assert [page.live for page in (shown, waiting, later)] == [True, False, False]
    figure = shown.body[1].value
    assert figure["image"].contextual_alt_text == "两个纹样"
    with figure["image"].file.open() as file:
        assert file.read() == seals("shown")
    assert (shown.valid_until, shown.files[0].value.title) == (days().day(3), "说明")
    assert Rendition.objects.filter(image=figure["image"]).count() == 6  # before any reader
    assert waiting.current_workflow_task_state is not None
    assert later.get_latest_revision().approved_go_live_at == days().at(5, 0)
    assert later.published_on == days().day(5)


def test_an_item_is_explained_with_blocks_questions_and_a_sample(pages: str) -> None:
    world = stage()
    item = ServiceItemFactory(published=True, code="S02")
    keep_in_step()
    act(editor_is_appointed(world))
    plan = Explained(
        item=item.code,
        day=-30,
        block=[{"type": "heading", "value": "先备齐资料"}],
        question=[{"question": "收费吗", "answer": "<p>不收。</p>"}],
        sample="资料清单",
        lines=["地形图"],
    )

    act(item_is_explained(world, plan))

    page = ServiceItemPage.objects.get()
    assert (page.live, page.guidance[0].value) == (True, "先备齐资料")
    assert page.questions[0].value["question"] == "收费吗"
    assert page.samples[0].value.file.read().startswith(b"%PDF")
    page.samples[0].value.file.close()


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
