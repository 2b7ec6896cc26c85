import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries, Settings

from search.backends import database_index
from search.counting import KEPT
from search.documents.base import NO_DAY
from search.index import Document
from search.indexing import rebuild
from search.query import MAX_LENGTH
from tests.clock import NOON
from tests.markup import on_one_line
from tests.search.asking import ORIGINAL
from tests.search.corpus import store_corpus
from tests.servers import closed_port

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """Return what a reader sees of the results, blanks made uniform."""
    results = html.partition('id="results"')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", results.partition(">")[2]).split())


def page(client: Client, **asked: str) -> str:
    return client.get("/search/", asked).content.decode()


@pytest.fixture
def corpus() -> None:
    """Store the rows of the file and what search says of them."""
    store_corpus()
    rebuild(database_index())


def document(number: int, **changed: object) -> Document:
    values = {
        "kind": "notice",
        "key": str(number),
        "title": f"通知{number}",
        "facts": (),
        "body": "",
        "url": f"/notices/{number}/",
        "sort_at": NOON - timedelta(days=number),
    }
    return Document(**(values | changed))  # type: ignore[arg-type]


def test_before_a_question_the_page_says_what_can_be_asked(client: Client) -> None:
    html = page(client)

    assert "采购编号、项目代码和统一社会信用代码可以只输入开头" in html
    assert 'href="/search/?q=%E7%8E%AF%E8%AF%84"' in html


def test_what_bears_no_day_is_shown_without_one(client: Client) -> None:
    dated = document(1, title="测绘通知")
    undated = document(2, kind="class", title="测绘类别", sort_at=NO_DAY)
    database_index().put([dated, undated], 1)

    html = words(page(client, q="测绘"))

    assert "2026年11月23日" in html
    assert "2026年1月1日" not in html


def test_hits_are_shown_with_their_kind_and_what_matched(client: Client, corpus: None) -> None:
    html = page(client, q="环境影响")

    assert "共找到 4 项" in words(html)
    assert html.count("<mark>环境影响") == 7
    assert 'href="/tenders/JX360702-2026-00012/"' in html
    assert 'href="/agencies/' in html


def test_every_hit_is_a_heading_that_leads_to_it(client: Client, corpus: None) -> None:
    html = on_one_line(page(client, q="环境影响"))
    hits = re.findall(r'<li><div[^>]*><h2[^>]*><a [^>]*href="/(\w+)/[^"]+">', html)

    assert sorted(hits) == ["agencies", "items", "tenders", "tenders"]
    assert re.findall(r"<h(\d)", html.partition("<main")[2].partition("</main>")[0])[0] == "1"


def test_tabs_count_every_kind_and_lead_to_one(client: Client, corpus: None) -> None:
    html = page(client, q="测绘", **{"in": "agency"})

    assert "全部 3 公告 1 机构 1 类别 1 共找到 1 项" in words(html)
    assert "共找到 1 项" in words(html)
    assert "赣州澄江" in html
    assert "水西镇" not in html


def test_a_kind_without_hits_points_to_the_others(client: Client, corpus: None) -> None:
    assert "其他类别中有 3 项" in page(client, q="测绘", **{"in": "item"})


def test_a_whole_code_is_shown_on_top(client: Client, corpus: None) -> None:
    text = words(page(client, q="\uff4a\uff58360702 2026 00012"))

    assert "编号完全相符的公告 沙河片区雨污分流改造工程环境影响报告表编制 报名中" in text
    assert text.count("沙河片区") == 1


def test_what_was_read_differently_is_stated(client: Client, corpus: None) -> None:
    assert "按“ 赣州 测绘 ”查找" in words(page(client, q="赣州、测绘"))
    assert "按“" not in words(page(client, q="赣州 测绘"))


def test_nothing_found_names_the_nearest_thing(client: Client) -> None:
    database_index().put([replace(ORIGINAL, title="影响范围")], 1)

    html = page(client, q="影响甲乙")

    assert "没有找到“影响甲乙”" in html
    assert "最接近的“影响”有 1 项" in html
    assert f'href="?q={quote("影响")}"' in html


def test_a_slip_is_put_right_and_the_page_says_so(client: Client, corpus: None) -> None:
    text = words(page(client, q="环竟影响"))

    assert "共找到 4 项" in text
    assert "按“ 环境影响 ”查找 仍查原词" in text


def test_the_texts_of_laws_that_gave_way_are_one_link_away(client: Client) -> None:
    law = replace(ORIGINAL, kind="law", key="law", title="测绘法 第二十七条", body="测绘资质审查。")
    named = replace(ORIGINAL, kind="class", key="class", title="测绘")
    database_index().rebuild([law, named], 1)
    link = f'href="?q={quote(chr(34) + "测绘资质" + chr(34))}">仍查原词</a>'

    assert link in page(client, q="测绘资质")
    assert "共找到 1 项" in words(page(client, q='"测绘资质"'))


def test_what_was_typed_can_still_be_looked_for_as_it_stands(client: Client, corpus: None) -> None:
    link = f'href="?q={quote(chr(34) + "环竟影响" + chr(34))}">仍查原词</a>'

    assert link in page(client, q="环竟影响", page="1")
    assert "没有找到" in words(page(client, q='"环竟影响"'))
    assert "仍查原词" not in page(client, q="环境影响")


def test_the_page_says_what_is_searched_and_what_is_counted(client: Client) -> None:
    html, told = page(client), client.get("/privacy/").content.decode()

    assert "<h1>查找全部公开内容</h1>" in html
    assert "查找统计只记词语、日期和次数" in told
    assert f"查找统计保存 {KEPT.days} 天" in told
    assert "包括查找时输入的词语" in told


def test_nothing_near_is_said_plainly(client: Client, corpus: None) -> None:
    assert "请换一个说法" in page(client, q="飞碟")


def test_markup_in_a_query_and_in_a_hit_stays_text(client: Client) -> None:
    attack = "<script>alert(1)</script>"
    database_index().put([document(1, title=f"测绘{attack}", body=f"{attack}测绘")], 1)

    html = page(client, q="alert")
    asked = page(client, q=f'"{attack}')

    assert "<script>alert" not in html + asked
    assert "&lt;script&gt;<mark>alert</mark>(1)" in html
    assert f'value="{escape(chr(34) + attack)}"' in asked


@pytest.mark.parametrize("asked", ["'\"*()^:-", "NEAR(", 'a" OR "b', "% _ \\", "¶"])
def test_no_mark_breaks_a_query(client: Client, asked: str) -> None:
    assert client.get("/search/", {"q": asked}).status_code == 200


def test_a_long_question_is_cut_and_says_so(client: Client) -> None:
    html = page(client, q="测" * (MAX_LENGTH + 1))

    assert "只按前 80 个字查找" in html
    assert "测" * (MAX_LENGTH + 1) not in html


def test_pages_hold_twenty_hits_the_newest_first(client: Client) -> None:
    database_index().put([document(number) for number in range(1, 46)], 1)

    first, last = page(client, q="通知"), page(client, q="通知", page="3")

    assert re.findall(r"/notices/(\d+)/", first) == [str(number) for number in range(1, 21)]
    assert re.findall(r"/notices/(\d+)/", last) == [str(number) for number in range(41, 46)]
    assert "第 41–45 项，共 45 项" in last


def test_hits_are_sorted_as_asked_and_the_page_says_how(client: Client) -> None:
    database_index().put([document(number) for number in range(1, 4)], 1)

    html = page(client, q="通知", sort="oldest")

    assert re.findall(r"/notices/(\d+)/", html) == ["3", "2", "1"]
    assert "<strong>最早的在前</strong>" in html
    assert '<a href="?q=%E9%80%9A%E7%9F%A5">最相关的在前</a>' in html


@pytest.mark.parametrize("number", ["4", "500"])
def test_a_page_beyond_the_last_is_not_found(client: Client, number: str) -> None:
    database_index().put([document(number) for number in range(1, 46)], 1)

    assert client.get("/search/", {"q": "通知", "page": number}).status_code == 404


def test_a_search_takes_at_most_twelve_queries_however_much_it_finds(
    client: Client, corpus: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        page(client, q="环境影响")
    database_index().put([document(n, title=f"环境影响{n}") for n in range(30)], 10**6)
    with django_assert_max_num_queries(12):
        page(client, q="环境影响")


def test_a_search_that_finds_nothing_takes_some_queries_more(
    client: Client, corpus: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(26):
        page(client, q="甲乙丙丁戊己")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/search/", {"q": "测绘"}).status_code == 405


def test_the_database_answers_while_elasticsearch_is_down(
    client: Client, corpus: None, settings: Settings
) -> None:
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"

    response = client.get("/search/", {"q": "环境影响"})

    assert response.status_code == 200
    assert "检索服务暂时没有应答" in response.content.decode()
    assert "共找到 4 项" in words(response.content.decode())


def test_without_any_index_the_page_says_so_and_points_to_the_lists(
    client: Client, settings: Settings
) -> None:
    settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{closed_port()}"

    response = client.get("/search/", {"q": "环境影响"})

    assert response.status_code == 503
    assert "查找暂时不能用" in response.content.decode()
    assert 'href="/tenders/?q=%E7%8E%AF%E5%A2%83%E5%BD%B1%E5%93%8D"' in response.content.decode()


def test_words_that_stand_nowhere_and_those_that_a_hit_does_not_hold_are_named(
    client: Client,
) -> None:
    both = document(1, kind="item", title="测绘和监理")
    one = document(2, kind="item", title="监理")
    database_index().put([both, one], 1)

    text = words(page(client, q="监理便宜又测绘"))

    assert "按“ 监理 测绘 ”查找" in text
    assert "含有其中主要词语的都列出" in text
    assert "没有按“便宜”查找" in text
    assert text.count("不含“测绘”") == 1
    assert "没有按" not in words(page(client, q="监理"))


def test_a_hit_that_is_no_order_says_where_it_stands_too(client: Client) -> None:
    over = document(1, kind="sanction", title="测绘 暂停报名", facets=(("status", "over"),))
    served = document(2, kind="contract", title="测绘", facets=(("status", "in_service"),))
    database_index().put([over, served], 1)

    text = words(page(client, q="测绘"))

    assert "测绘 暂停报名 已到期 信用限制" in text
    assert "测绘 服务中 合同" in text
