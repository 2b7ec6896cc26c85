"""A source is drawn with its kind, and with the address at which it can be read."""

import pytest
from django.template import Context, Template

from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.library import shelf_once
from marketplace.kernel.verdicts import Verdict
from marketplace.web.sources import ShownSource, shown_sources
from tests.factories.marketplace import load_laws


@pytest.fixture
def laws(db):
    load_laws()


def drawn(**context):
    return Template("{% load ui %}{{ basis|sources }}").render(Context(context))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("平台默认", [ShownSource("平台默认")]),
        (
            "《优化营商环境条例》第四十三条第三款",
            [
                ShownSource(
                    "《优化营商环境条例》第四十三条第三款", "/laws/business-environment/#a43"
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


def test_several_sources_stand_side_by_side(laws):
    assert drawn(basis=cite("国发〔2022〕5号") + cite("GB 32100")) == (
        '<a href="/laws/state-council-2022-5/">国发〔2022〕5号</a>（未收录）；'
        '<a href="/laws/uscc/">GB 32100</a>（未收录）'
    )


def test_words_are_escaped():
    assert drawn(basis="<b>") == "&lt;b&gt;"


def test_a_page_looks_the_laws_up_once(laws, django_assert_num_queries):
    with shelf_once(), django_assert_num_queries(1):
        for _again in range(3):
            shown_sources("《优化营商环境条例》第四十三条")


def test_the_platform_s_own_rule_needs_no_look_up(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown_sources("平台默认")


@pytest.mark.parametrize("template", ["why", "verdicts"])
def test_a_refusal_of_mere_form_has_no_source_line(db, template):
    context = {"failed": [Verdict("order_is_complete", False, "还没有填写：名称", FORM)]}

    page = Template(f'{{% include "components/{template}.html" %}}').render(Context(context))

    assert "还没有填写：名称。" in page
    assert "依据" not in page
