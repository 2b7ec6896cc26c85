"""The pages that editors write: what readers see, and what the editor lets do."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cms.actions.writing import submit_page, write_notice
from cms.models import HomePage, NoticeIndexPage, NoticePage
from marketplace.models import User
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.markup import on_one_line
from tests.notices import SUBMIT, agree, form_of, publish_notice

AGREE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
pytestmark = pytest.mark.django_db


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


def test_a_notice_without_an_address_gets_one_by_its_day(editor: User) -> None:
    slugs = [publish(editor, slug="").slug for _time in range(2)]

    assert slugs == ["20261125", "20261125-2"]


def test_a_draft_of_a_notice_is_not_found(client: Client, editor: User) -> None:
    notice = publish(editor)
    notice.unpublish()

    assert client.get("/notices/notice-1/").status_code == 404


# --- the editor -----------------------------------------------------------------------------------


def test_the_editor_logs_in_where_everybody_does(client: Client, pages: str) -> None:
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_what_an_editor_submits_is_public_when_another_person_agrees(
    client: Client, editor: User, reviewer: User
) -> None:
    index = NoticeIndexPage.objects.get()
    client.force_login(editor)
    add = f"/cms/pages/add/cms/noticepage/{index.pk}/"
    text = "<script>正文。</script>"

    refused = client.post(add, form_of(title="一个人", **{"action-publish": "x"}))
    sent = client.post(add, form_of(text=text, **SUBMIT))
    notice = NoticePage.objects.get(title="新的通知")
    agree(client, notice)
    waiting = client.get("/notices/20261124-2/").status_code
    client.force_login(reviewer)
    agree(client, notice)

    assert (refused.status_code, sent.status_code, waiting) == (302, 302, 404)
    assert not NoticePage.objects.get(title="一个人").live
    assert "&lt;script&gt;正文。" in body(client, "/notices/20261124-2/")


def test_who_changes_what_is_reviewed_does_not_agree_to_it(
    client: Client, editor: User, reviewer: User
) -> None:
    notice = write_notice(
        values={"slug": "new", "title": "通知"}, text="<p>甲</p>", by=editor, at=NOON
    )
    submit_page(page=notice, by=editor)
    client.force_login(reviewer)

    client.post(f"/cms/pages/{notice.pk}/edit/", form_of(text="改过。", **AGREE))

    found = NoticePage.objects.get()
    assert (found.latest_revision.user, found.live) == (reviewer, False)


def test_a_reviewer_withdraws_and_an_editor_does_not(
    client: Client, editor: User, reviewer: User
) -> None:
    notice = publish(editor)
    address = f"/cms/pages/{notice.pk}/unpublish/"

    client.force_login(editor)
    client.post(address)
    stays = NoticePage.objects.get().live
    client.force_login(reviewer)
    client.post(address)

    assert (stays, NoticePage.objects.get().live) == (True, False)
    assert client.post(f"/cms/pages/{notice.pk}/delete/").status_code in {302, 403}
    assert NoticePage.objects.exists()


def test_the_front_page_changes_when_another_person_agrees(
    client: Client, editor: User, reviewer: User
) -> None:
    home = HomePage.objects.get()
    sent = {
        "title": home.title,
        "slug": home.slug,
        "introduction": "<b>全省</b>通行。",
        "announcement": "今晚停机维护。",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    client.force_login(editor)
    client.post(f"/cms/pages/{home.pk}/edit/", {**sent, **SUBMIT})
    assert HomePage.objects.get().has_unpublished_changes
    assert "今晚停机维护。" not in body(Client(), "/")

    client.force_login(reviewer)
    agree(client, home)

    html = body(Client(), "/")
    assert "&lt;b&gt;全省&lt;/b&gt;通行。" in html
    assert "今晚停机维护。" in html
    assert HomePage.objects.get().live_revision.user == editor


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

    assert re.search(r"6 个页面\s*<span", html)
    assert "查找全部页面…" in html


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/", "/cms/sites/"])
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
