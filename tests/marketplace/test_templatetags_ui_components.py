"""Components that a template puts together from words and addresses."""

from tests.clock import NOON
from tests.markup import draw


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


def test_a_seal_shows_the_whole_value_and_when_it_was_published() -> None:
    digest = "ab" * 32

    drawn = draw('{% seal digest=digest text="封存" at=at %}', digest=digest, at=NOON)

    assert digest in drawn
    assert "2026年11月24日 12:00" in drawn
    assert "怎样验证" not in drawn
    assert 'href="/how/"' in draw(
        '{% seal digest=digest text="封存" method_url="/how/" %}', digest=digest
    )
