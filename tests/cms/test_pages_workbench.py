"""An editor's work on the workbench."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from cms.actions.departments import set_up_department
from cms.actions.people import join_post, make_editor, make_reviewer
from cms.actions.writing import agree_to_page, submit_page, write_notice
from cms.models import NoticeIndexPage, NoticePage, SectionPage
from cms.pages.workbench import RECENT, EditorsDesk, editors_desk
from marketplace.kernel.calendar import day_of
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    call_command("load_pages", at=NOON, stdout=StringIO())
    index = NoticeIndexPage.objects.get()
    for number in range(RECENT + 1):
        index.add_child(
            instance=NoticePage(
                title=f"通知{number}", body=[("text", "正文")], published_on=day_of(NOON)
            )
        )
    user = UserFactory()
    make_editor(user=user, by=None, at=NOON)
    return user


def desk_of(user: User) -> EditorsDesk:
    (panel,) = editors_desk(user, NOON)
    return panel.context["desk"]


def test_an_editor_finds_the_notices_at_hand_and_where_to_write_the_next(editor: User) -> None:
    draft = NoticePage.objects.first()
    assert draft
    draft.title = "改过的通知"
    draft.save_revision()

    desk = desk_of(editor)

    assert desk.draft_count == 1
    assert len(desk.notices) == RECENT
    assert str(desk.notices[0].state) == "已发布，有未发布的修改"
    assert desk.notices[0].url == f"/cms/pages/{draft.pk}/edit/"
    assert desk.new_url.startswith("/cms/pages/add/cms/noticepage/")


def test_what_waits_for_a_review_or_for_its_day_says_so_and_leads_its_reviewer(
    editor: User,
) -> None:
    reviewer = make_reviewer(user=UserFactory(), by=None, at=NOON)
    later = {"slug": "later", "title": "到时发布的", "go_live_at": NOON + timedelta(days=2)}
    asked = {"slug": "asked", "title": "等待审核的"}
    for values in (later, asked):
        notice = write_notice(values=values, text="<p>甲</p>", by=editor, at=NOON)
        submit_page(page=notice, by=editor)
        if values is later:
            agree_to_page(page=notice, by=reviewer, at=NOON)

    desk, own = desk_of(reviewer), desk_of(editor)

    told = {row.title: (str(row.state), row.published_on) for row in desk.notices}
    assert told["等待审核的"] == ("待审核", day_of(NOON))
    assert told["到时发布的"] == ("已同意，到时发布", day_of(NOON + timedelta(days=2)))
    assert (desk.waiting_count, own.waiting_count) == (1, 0)  # nobody agrees to their own
    assert desk.waiting_url == "/cms/reports/workflow_tasks/?reviewable=true"


def test_who_writes_no_pages_has_no_such_panel(editor: User) -> None:
    assert editors_desk(UserFactory(), NOON) == []


def test_the_desk_takes_the_same_queries_however_much_there_is(
    editor: User, django_assert_num_queries
) -> None:
    # the permission, the rights on pages; the index, the notices, what they wait for, and counts
    with django_assert_num_queries(9):
        desk_of(editor)


def test_an_editor_is_led_to_the_pages_and_not_told_to_register(editor: User) -> None:
    client = Client()
    client.force_login(editor)

    html = client.get("/workbench/").content.decode()

    assert "网站编辑" in html
    assert "先登记或加入一家单位" not in html


def test_who_writes_for_a_department_is_led_to_its_section(editor: User, client: Client) -> None:
    section = SectionPage.objects.get(slug="policies").page_ptr
    own = set_up_department(name="水利处", section=section, by=None, at=NOON)
    user = join_post(user=UserFactory(), post=own.editors.name, by=None, at=NOON)

    (panel,) = editors_desk(user, NOON)
    client.force_login(user)

    assert panel.context == {}
    html = client.get("/workbench/").content.decode()
    assert "撰写和审核本部门栏目的页面" in html
    assert "写一篇通知公告" not in html
