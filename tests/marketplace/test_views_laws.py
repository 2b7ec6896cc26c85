"""The law library on pages: found, opened at an article, and told to the manager when it lapses."""

import re

import pytest
from django.urls import reverse

from marketplace.kernel.models import LawVersion
from marketplace.models import Membership
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, load_laws, load_rules, party
from tests.markup import on_one_line

Role = Membership.Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    load_rules()
    load_laws()


def page(client, name, *args, **query):
    response = client.get(reverse(f"marketplace:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main")[1]))


def test_a_click_on_a_source_opens_its_article(client, loaded):
    rules = page(client, "rulebook")
    link = r'<a href="([^"]+)" data-article="([^"]+)">《优化营商环境条例》第四十三条第三款'
    [(href, in_place)] = set(re.findall(link, rules))

    [opened] = re.findall(
        rf'<div class="z-law"\s+id="{in_place}"\s+popover.*?</a></p>', rules, re.DOTALL
    )
    assert "应当通过竞争性方式选择中介服务机构，并自行承担服务费用" in opened
    assert f'<a href="{href}">在法规库中打开</a>' in opened
    path, anchor = href.split("#")
    law = client.get(path).content.decode()

    assert (path, anchor) == ("/laws/business-environment/", "a43")
    article = law.split(f'<article id="{anchor}"')[1].split("</article>")[0]
    assert "第四十三条" in article
    assert "应当通过竞争性方式选择中介服务机构，并自行承担服务费用" in article
    assert "/rules/#method.enabled.direct.fiscal" in article


def test_an_article_says_what_rests_on_it(client, loaded):
    law = page(client, "law", "business-environment")

    article = law.split('<article id="a43"')[1].split("</article>")[0]
    assert "审批部门在审批过程中委托的服务由部门用财政资金付费" in article
    assert "引用它的：" not in law.split('<article id="a50"')[1].split("</article>")[0]


def test_a_document_without_text_says_where_to_look_it_up(client, loaded):
    text = text_of(page(client, "law", "energy-saving-review-2016"))

    assert "已废止" in text
    assert "2016年第44号令" in text
    assert "固定资产投资项目节能审查和碳排放评价办法" in text
    assert "中国政府网" in text
    assert "法规库没有收录它的条文" in text


def test_an_unknown_law_is_not_there(client):
    assert client.get(reverse("marketplace:law", args=["none"])).status_code == 404


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("营商环境", ["优化营商环境条例"]),
        ("〔2022〕22号", ["江西省网上中介服务超市管理办法"]),
        ("没有的法", []),
    ],
)
def test_a_law_is_found_by_its_name_or_number(client, loaded, words, names):
    html = page(client, "law_list", q=words)

    assert re.findall(r'<a class="q ttl" href="[^"]+">([^<]+)</a>', html) == names


def test_the_library_is_sorted_as_asked_and_a_new_search_keeps_it(client, loaded):
    html = on_one_line(page(client, "law_list", q="条例", sort="newest"))

    assert "<strong>最近公布的在前</strong>" in html
    assert '<a href="?q=%E6%9D%A1%E4%BE%8B">按效力层级</a>' in html
    form = html.partition('<form role="search"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="sort" value="newest">' in form


def test_the_list_stands_on_pages_and_costs_the_same_for_any_of_them(
    client, loaded, django_assert_num_queries
):
    with django_assert_num_queries(2):
        first = text_of(page(client, "law_list"))
    with django_assert_num_queries(2):
        page(client, "law_list", page=3)

    assert "共 115 件" in first


def test_what_a_law_costs_does_not_depend_on_its_articles(
    client, loaded, django_assert_num_queries
):
    with django_assert_num_queries(9):
        page(client, "law", "payments-to-smes")
    with django_assert_num_queries(9):
        page(client, "law", "uscc")


def test_the_manager_sees_what_rests_on_repealed_law(client, loaded):
    LawVersion.objects.filter(law__name="优化营商环境条例").update(
        status=LawVersion.Status.REPEALED, in_force_until=NOON.date(), ended_by="《新条例》"
    )
    client.force_login(party(AuthorityFactory(), Role.MANAGER).user)

    text = text_of(page(client, "lapsed_sources"))
    newest = on_one_line(page(client, "lapsed_sources", sort="newest"))
    assert "<strong>最近失效的在前</strong>" in newest
    assert '<a href="?">按引用它的</a>' in newest

    assert "《优化营商环境条例》第四十三条第三款" in text
    assert "规则手册" in text
    assert "《新条例》" in text
    assert "使用之日不在有效期内" in text


def test_the_manager_is_told_when_all_is_well(client, loaded):
    client.force_login(party(AuthorityFactory(), Role.MANAGER).user)

    assert "没有失效的依据" in page(client, "lapsed_sources")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REGULATOR, Role.INSPECTOR])
def test_others_do_not_see_the_manager_s_list(client, role):
    client.force_login(party(AuthorityFactory(), role).user)

    assert client.get(reverse("marketplace:lapsed_sources")).status_code == 403


def test_an_anonymous_reader_logs_in_first(client):
    assert client.get(reverse("marketplace:lapsed_sources")).status_code == 302
