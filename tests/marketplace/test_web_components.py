"""Values that have one template each."""

from datetime import timedelta

from django.template import Context, Template

from marketplace.web.components import NOW, PAST, Step, Tab
from tests.clock import NOON
from tests.markup import on_one_line


def draw(source: str, **context: object) -> str:
    return on_one_line(Template("{% load i18n ui %}" + source).render(Context(context)))


def test_timeline_marks_the_current_step_for_everybody() -> None:
    steps = [
        Step("发布", PAST, NOON),
        Step("报名中", NOW, NOON + timedelta(days=1), "至"),
        Step("结果公示", note="3 个工作日"),
    ]

    drawn = draw("{% timeline steps %}", steps=steps)

    assert drawn.count("aria-current") == 1
    assert '<li class="now" aria-current="step"><b>报名中</b>至 ' in drawn
    assert '<li class="future"><b>结果公示</b>3 个工作日</li>' in drawn


def test_a_breadcrumb_ends_where_the_reader_is() -> None:
    drawn = draw('{% crumbs "采购公告" "/tenders/" "三级" "" "赣州市" %}')

    assert '<li><a href="/">首页</a></li><li><a href="/tenders/">采购公告</a></li>' in drawn
    assert '<li>三级</li><li aria-current="page">赣州市</li></ol>' in drawn


def test_a_notice_has_the_icon_of_its_tone_and_one_way_out() -> None:
    drawn = draw('{% note tone="stop" text=text url="/x/" link="去看" %}', text="<已取消>")

    assert drawn.startswith('<div class="z-note stop">')
    assert "#i-alert" in drawn
    assert '&lt;已取消&gt;<a href="/x/">去看</a></div></div>' in drawn
    assert "#i-info" in draw('{% note text="公告" %}')


def test_what_stands_where_nothing_is_offers_a_way_only_if_it_has_one() -> None:
    assert draw('{% nothing title="没有" text="等等" %}') == (
        '<div class="z-empty"><p class="strong">没有</p><p class="small">等等</p></div>'
    )
    assert '<a class="btn btn-secondary btn-s" href="/x/">全部</a>' in draw(
        '{% nothing title="没有" url="/x/" link="全部" %}'
    )


def test_a_tab_without_a_count_shows_none_and_zero_is_one() -> None:
    tabs = [Tab("待决定", "?queue=a", is_on=True, count=0), Tab("其他", "?queue=b")]

    drawn = draw('{% tabs "队列" tabs %}', tabs=tabs)

    assert '<a href="?queue=a" aria-current="page">待决定0</a>' in drawn
    assert '<a href="?queue=b">其他</a>' in drawn
