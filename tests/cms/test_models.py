"""The pages that editors write: what readers see, and what the editor lets do."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from cms.actions import publish_notice
from cms.models import HomePage, NoticeIndexPage, NoticePage
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db

BLOCK = {
    "key": "a",
    "text": "<script>正文。</script>",
    "type": "unstyled",
    "depth": 0,
    "inlineStyleRanges": [],
    "entityRanges": [],
}


def publish(editor: User, number: int = 1, **changed: str) -> NoticePage:
    values = {
        "slug": f"notice-{number}",
        "title": f"第{number}号通知",
        "source": "省数据局",
        "summary": "一句话。",
        "body": "<p>正文<b>要点</b>。</p>",
    }
    return publish_notice(**(values | changed), by=editor, at=NOON + timedelta(days=number))


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return on_one_line(response)


# --- notices --------------------------------------------------------------------------------------


def test_notices_are_listed_the_latest_first(client: Client, editor: User) -> None:
    for number in range(1, 23):
        publish(editor, number)
    NoticePage.objects.get(slug="notice-22").unpublish()

    first, second = body(client, "/notices/"), body(client, "/notices/?page=2")

    assert "第22号通知" not in first
    assert first.index("第21号通知") < first.index("第2号通知")
    assert "第 1–20 项，共 21 项" in first
    assert "第1号通知" in second
    oldest = body(client, "/notices/?sort=oldest")
    assert oldest.index("第1号通知") < oldest.index("第2号通知")
    assert "<strong>最早发布的在前</strong>" in oldest


def test_an_empty_list_says_so(client: Client, pages: str) -> None:
    assert "还没有通知公告" in body(client, "/notices/")


def test_a_notice_is_shown_with_its_date_and_source(client: Client, editor: User) -> None:
    publish(editor)

    html = body(client, "/notices/notice-1/")

    assert "<h1>第1号通知</h1>" in html
    assert "2026年11月25日" in html
    assert "省数据局" in html
    assert "<p>正文<b>要点</b>。</p>" in html


def test_a_draft_of_a_notice_is_not_found(client: Client, editor: User) -> None:
    notice = publish(editor)
    notice.unpublish()

    assert client.get("/notices/notice-1/").status_code == 404


# --- the editor -----------------------------------------------------------------------------------


def test_the_editor_logs_in_where_everybody_does(client: Client, pages: str) -> None:
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_an_editor_may_write_and_publish_notices(client: Client, editor: User) -> None:
    index = NoticeIndexPage.objects.get()
    client.force_login(editor)

    response = client.post(
        f"/cms/pages/add/cms/noticepage/{index.pk}/",
        {
            "title": "新的通知",
            "slug": "new",
            "published_on": "2026-11-24",
            "body": json.dumps({"entityMap": {}, "blocks": [BLOCK]}),
            "action-publish": "action-publish",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )

    assert response.status_code == 302
    assert NoticePage.objects.get(slug="new").live
    assert "&lt;script&gt;正文。" in body(client, "/notices/new/")


def test_an_editor_changes_the_front_page_and_everybody_reads_it(
    client: Client, editor: User
) -> None:
    home = HomePage.objects.get()
    client.force_login(editor)

    response = client.post(
        f"/cms/pages/{home.pk}/edit/",
        {
            "title": home.title,
            "slug": home.slug,
            "introduction": "<b>全省</b>通行。",
            "action-publish": "action-publish",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )

    assert response.status_code == 302
    client.logout()
    html = body(client, "/")
    assert "&lt;b&gt;全省&lt;/b&gt;通行。" in html
    assert HomePage.objects.get().latest_revision.user == editor


def test_a_draft_of_the_front_page_is_not_read_before_it_is_published(
    client: Client, editor: User
) -> None:
    home = HomePage.objects.get()
    client.force_login(editor)

    client.post(
        f"/cms/pages/{home.pk}/edit/",
        {
            "title": home.title,
            "slug": home.slug,
            "introduction": "还没有发布的话。",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )

    assert HomePage.objects.get().has_unpublished_changes
    assert "还没有发布的话。" not in body(client, "/")


def test_the_front_page_leads_to_the_publicity_of_admissions(client: Client, pages: str) -> None:
    assert 'href="/agencies/publicity/"' in body(client, "/")


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/documents/", "/cms/account/"])
def test_the_editor_is_in_chinese(client: Client, editor: User, path: str) -> None:
    client.force_login(editor)

    html = client.get(path, follow=True).content.decode()

    assert '<html lang="zh-hans"' in html
    assert "跳到主要内容" in html


def test_what_wagtail_has_not_translated_yet_is_in_our_catalogue(
    client: Client, editor: User
) -> None:
    client.force_login(editor)

    html = client.get("/cms/").content.decode()

    assert re.search(r"2 个页面\s*<span", html)
    assert "查找全部页面…" in html


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/images/"])
def test_an_editor_may_not_change_people_and_sites(client: Client, editor: User, path: str) -> None:
    client.force_login(editor)

    assert client.get(path).status_code in {302, 403, 404}


def test_somebody_else_may_not_enter_the_editor(client: Client, pages: str) -> None:
    client.force_login(UserFactory())

    assert client.get("/cms/").status_code in {302, 403}


def test_a_page_cannot_be_hidden_from_some_readers() -> None:
    assert [page.private_page_options for page in (HomePage, NoticeIndexPage, NoticePage)] == [
        [],
        [],
        [],
    ]
