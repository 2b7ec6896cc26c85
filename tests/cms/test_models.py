import json
import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, Locale, Page, Site

from bidding.models.deadlines import OrderDeadline
from cms.actions import make_editor, publish_notice, set_up_editors
from cms.models import EDITORS, HomePage, NoticeIndexPage, NoticePage
from marketplace.kernel.models import AuditEntry
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory, load_reference
from tests.factories.credit import RestrictionFactory
from tests.factories.deadlines import move_deadline
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


@pytest.fixture
def pages() -> str:
    """Set up the pages and return what the command said."""
    output = StringIO()
    call_command("load_pages", at=NOON, stdout=output)
    return output.getvalue()


@pytest.fixture
def editor(pages: str) -> User:
    return make_editor(user=UserFactory(), by=None, at=NOON)


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


# --- setting up -----------------------------------------------------------------------------------


def test_the_pages_are_set_up_once(pages: str) -> None:
    first = list(Page.objects.values_list("url_path", flat=True).order_by("path"))
    call_command("load_pages", at=NOON, stdout=StringIO())

    assert pages == "home page: 网上中介服务超市; editors: 编辑\n"
    assert first == ["/", "/home/", "/home/notices/"]
    assert list(Page.objects.values_list("url_path", flat=True).order_by("path")) == first
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert AuditEntry.objects.filter(verb="home.set_up").count() == 1


def test_the_pages_are_set_up_in_a_database_that_was_flushed() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    Locale.objects.all().delete()

    call_command("load_pages", at=NOON, stdout=StringIO())

    assert Site.objects.get(is_default_site=True).root_page.slug == "home"
    assert NoticeIndexPage.objects.get().url_path == "/home/notices/"


def test_what_editors_changed_stays(pages: str) -> None:
    home = HomePage.objects.get()
    home.introduction = "编辑写的。"
    home.save()

    call_command("load_pages", at=NOON, stdout=StringIO())

    assert HomePage.objects.get().introduction == "编辑写的。"


# --- home -----------------------------------------------------------------------------------------


def test_home_says_plainly_that_nothing_is_there_yet(client: Client, pages: str) -> None:
    html = body(client, "/")

    assert "全省目前没有" in html
    assert "还没有公布过抽取承诺" in html
    assert "目前没有正在报名的采购" in html
    assert "还没有中选结果" in html
    assert "目前没有正在生效的限制" in html


def test_home_tells_of_the_running_business(client: Client, pages: str) -> None:
    load_reference()
    open_tender = TenderFactory(active=True)
    award = AwardFactory(active=True)
    AwardFactory(cancelled=True)
    AwardFactory()
    restriction = RestrictionFactory()

    with time_machine.travel(NOON, tick=False):
        html = body(client, "/")

    assert "全省 <b>1</b> 项采购" in html
    assert "今天没有截止的公告" in html
    assert f'href="/tenders/{open_tender.code}/"' in html
    assert award.bid.agency.name in html
    assert "1 家报名" in html
    assert "已中选 1 项</a>" in html
    assert f'href="/credit/decisions/{restriction.slug}/"' in html
    assert "形式审核 2 个工作日，公示 5 个工作日" in html
    assert 'action="/search/"' in html


def test_home_marks_a_sign_up_that_may_still_move(client: Client, pages: str) -> None:
    load_reference()
    tender = TenderFactory(active=True)
    with time_machine.travel(NOON, tick=False):
        assert "暂定" not in body(client, "/")
        move_deadline(tender, OrderDeadline.SIGN_UP, is_provisional=True)

        assert "暂定" in body(client, "/")


def test_home_takes_the_same_queries_however_much_there_is(
    client: Client, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_reference()
    for count in (1, 3):
        for number in range(count):
            AwardFactory(active=True)
            TenderFactory(active=True)
            RestrictionFactory()
            publish(editor, 10 * count + number)
        with time_machine.travel(NOON, tick=False):
            body(client, "/")
            with django_assert_num_queries(25):
                body(client, "/")


def test_home_leaks_no_draft_and_no_sealed_bid(client: Client, pages: str) -> None:
    draft = TenderFactory(submitted=True)
    bid = BidFactory(amount="86543.21")

    with time_machine.travel(NOON, tick=False):
        html = body(client, "/")

    assert bid.tender.title in html
    assert draft.title not in html
    assert bid.agency.name not in html
    assert "86,543.21" not in html
    assert "家报名" not in html


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


def test_the_rights_of_editors_are_given_once(pages: str) -> None:
    home = HomePage.objects.get()
    before = Group.objects.get(name=str(EDITORS)).page_permissions.count()

    group = set_up_editors(home=home)

    assert before == group.page_permissions.count() == 3
    assert group.collection_permissions.count() == 3


def test_a_page_cannot_be_hidden_from_some_readers() -> None:
    assert [page.private_page_options for page in (HomePage, NoticeIndexPage, NoticePage)] == [
        [],
        [],
        [],
    ]
