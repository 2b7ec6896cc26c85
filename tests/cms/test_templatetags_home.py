"""What the home page tells, drawn from numbers and the same in words."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bidding.models.deadlines import OrderDeadline
from cms.models import NoticePage
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory, load_reference
from tests.factories.credit import RestrictionFactory
from tests.factories.deadlines import move_deadline
from tests.markup import on_one_line
from tests.notices import publish_notice

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


def test_home_says_plainly_that_nothing_is_there_yet(client: Client, pages: str) -> None:
    html = body(client, "/")

    assert "全省目前没有" in html
    assert "还没有公布过抽取承诺" in html
    assert "目前没有正在报名的采购" in html
    assert "还没有中选结果" in html
    assert "目前没有正在执行的限制" in html


def test_home_tells_of_the_running_business(client: Client, pages: str) -> None:
    load_reference()
    open_tender = TenderFactory(active=True)
    award = AwardFactory(active=True)
    AwardFactory(cancelled=True)
    AwardFactory()
    restriction = RestrictionFactory()

    html = body(client, "/")

    assert "全省 <b>1</b> 项采购" in html
    assert "今天没有截止的公告" in html
    assert "还没有公布过抽取承诺" not in html
    assert f'href="/tenders/{open_tender.code}/"' in html
    assert award.bid.agency.name in html
    assert "已中选 1 项</a>" in html
    assert f'href="/credit/decisions/{restriction.slug}/"' in html
    assert "形式审核 2 个工作日，公示 5 个工作日" in html
    assert 'action="/search/"' in html


def test_home_marks_a_sign_up_that_may_still_move(client: Client, pages: str) -> None:
    load_reference()
    tender = TenderFactory(active=True)
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
        body(client, "/")
        with django_assert_num_queries(26):
            body(client, "/")


def test_home_leaks_no_draft_and_no_sealed_bid(client: Client, pages: str) -> None:
    draft = TenderFactory(submitted=True)
    bid = BidFactory(amount="86543.21")

    html = body(client, "/")

    assert bid.tender.title in html
    assert draft.title not in html
    assert bid.agency.name not in html
    assert "86,543.21" not in html
    assert "家报名" not in html


def test_home_has_one_search_and_three_doors(client: Client, pages: str) -> None:
    html = body(client, "/")

    assert html.count('type="search"') == 1
    doors = html.partition('<section class="z-doors"')[2].partition("</section>")[0]
    assert re.findall(r"</svg>([^<]+)</h3>", doors) == ["我是中介机构", "我是项目业主", "我想监督"]
    assert 'href="/register/agency/"' in doors
    assert 'href="/approvals/"' in doors
    assert 'href="/reports/new/"' in doors
    assert client.get("/tenders/").content.decode().count("site-q") == 2
