"""A source is drawn with its kind, and with the address at which it can be read."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils.html import escape

from marketplace.kernel.known import at_version
from marketplace.kernel.laws import FORM, parse
from marketplace.kernel.library import cited_articles, shelf_once
from marketplace.kernel.models import Article, LawVersion
from marketplace.kernel.verdicts import Verdict
from marketplace.web.reasons import Verdicts, why_not
from marketplace.web.sources import ShownSource, drawn_sources, explained, shown_sources
from tests.factories.marketplace import load_laws

ON, DAY = date(2026, 11, 24), timedelta(days=1)


@pytest.fixture
def laws(db):
    load_laws()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("平台默认", [ShownSource("平台默认")]),
        (
            "《优化营商环境条例》第四十三条第三款",
            [
                ShownSource(
                    "《优化营商环境条例》第四十三条第三款",
                    "/laws/business-environment/#a43",
                    article="law-business-environment-a43",
                )
            ],
        ),
        (
            "国发〔2022〕5号",
            [ShownSource("国发〔2022〕5号", "/laws/state-council-2022-5/", "未收录")],
        ),
        (
            "平台默认（参考：海州区规定）",
            [
                ShownSource("平台默认"),
                ShownSource("参考：海州区规定", "/laws/reference-haizhou/"),
            ],
        ),
        ("《没有这部法》第一条", [ShownSource("《没有这部法》第一条", "", "未收录")]),
        ("某人说的", [ShownSource("某人说的")]),
        ("", []),
    ],
)
def test_a_source_shows_its_kind_and_where_it_is_read(laws, text, shown):
    assert shown_sources(text) == shown


def test_a_page_looks_the_laws_up_once(laws, django_assert_num_queries):
    with shelf_once(), django_assert_num_queries(1):
        for _again in range(3):
            shown_sources("《优化营商环境条例》第四十三条")


def test_the_platform_s_own_rule_needs_no_look_up(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown_sources("平台默认")


@pytest.mark.parametrize("drawn", [why_not, Verdicts.of])
def test_a_refusal_of_mere_form_has_no_source_line(db, drawn):
    page = drawn([Verdict("order_is_complete", False, "还没有填写：名称", FORM)]).render_html()

    assert "还没有填写：名称。" in page
    assert "依据" not in page


ARTICLE = "《优化营商环境条例》第四十三条"
PAGE = Template("{% load ui %}{{ basis|sources }}{% cited_articles on %}")


def test_a_cited_article_stands_once_at_the_end_of_the_page(laws, django_assert_num_queries):
    basis = f"{ARTICLE}第三款；《公平竞争审查条例》第八条；{ARTICLE}；国发〔2022〕5号；平台默认"

    with shelf_once(), django_assert_num_queries(2):
        page = PAGE.render(Context({"basis": basis, "on": ON}))

    links = re.findall(r'data-article="([^"]*)"', page)
    assert links == [
        *("law-business-environment-a43", "law-fair-competition-review-a8"),
        "law-business-environment-a43",
    ]
    assert re.findall(r'id="(law-[^"]*)"\s+popover', page) == links[:2]
    text = Article.objects.get(version__law__slug="business-environment", position=43).text
    assert all(f"<p>{escape(paragraph)}</p>" in page for paragraph in text.splitlines())
    assert '<a href="/laws/business-environment/#a43">在法规库中打开</a>' in page


def test_of_several_versions_the_one_in_force_is_opened(laws):
    now = Article.objects.get(version__law__slug="business-environment", position=43)
    later = LawVersion.objects.create(
        law=now.version.law, dated_on=date(2030, 1, 1), in_force_from=ON + DAY, checked_on=ON
    )
    Article.objects.create(version=later, number="第四十三条", position=43, text="以后的条文")

    def opened(on: date) -> list[str]:
        with shelf_once():
            drawn_sources(ARTICLE)
            return [article.text for article in cited_articles(on)]

    assert opened(ON) == [now.text]
    assert opened(ON + DAY) == ["以后的条文"]


def test_what_cites_no_article_asks_for_none(laws, django_assert_num_queries):
    with shelf_once():
        drawn_sources("国发〔2022〕5号；平台默认")

        with django_assert_num_queries(0):
            assert cited_articles(ON) == []


def test_articles_that_go_together_are_read_and_drawn_once_at_a_version(
    laws, django_assert_num_queries
):
    context = Context({"basis": ARTICLE, "on": ON})
    with at_version("1"):
        with shelf_once():
            page = PAGE.render(context)
        with shelf_once(), django_assert_num_queries(0):
            assert PAGE.render(context) == page
    Article.objects.filter(position=43).update(text="改过的条文")

    with at_version("2"), shelf_once():
        assert "<p>改过的条文</p>" in PAGE.render(context)


def test_a_refusal_names_its_source_by_a_link(laws):
    verdict = Verdict("asked", False, "少于 <3> 家", parse(ARTICLE), "order.min_bids")

    assert explained(verdict) == (
        "少于 &lt;3&gt; 家。依据："
        '<a href="/laws/business-environment/#a43"'
        f' data-article="law-business-environment-a43">{ARTICLE}</a>，规则手册 order.min_bids。'
    )
    assert explained(Verdict("asked", False, "还没有填写", FORM)) == "还没有填写。"
