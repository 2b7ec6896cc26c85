"""Values that have one template each."""

from datetime import timedelta

from django.http import QueryDict

from marketplace.web.components import (
    FUTURE,
    HELD,
    NOW,
    PAST,
    Fact,
    Order,
    Step,
    Tab,
    coming,
    sorting_of,
)
from tests.clock import NOON
from tests.markup import draw


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


def test_a_tab_without_a_count_shows_none_and_zero_is_one() -> None:
    tabs = [Tab("待决定", "?queue=a", is_on=True, count=0), Tab("其他", "?queue=b")]

    drawn = draw('{% tabs "队列" tabs %}', tabs=tabs)

    assert '<a href="?queue=a" aria-current="page">待决定0</a>' in drawn
    assert '<a href="?queue=b">其他</a>' in drawn


def test_a_list_without_a_form_keeps_its_order_in_its_links_alone() -> None:
    orders = [Order("newest", "最新", ()), Order("amount", "金额", ())]
    asked = QueryDict("sort=amount&q=a&page=2")

    drawn = draw("{{ sorting.render_html }}", sorting=sorting_of(orders, asked, is_in_form=False))

    assert '<a href="?q=a">最新</a>' in drawn
    assert "<input" not in drawn
    kept = sorting_of(orders, asked).render_html()
    assert '<input type="hidden" name="sort" value="amount">' in kept


def test_a_missing_fact_shows_a_dash_and_a_wide_one_takes_two_columns() -> None:
    shown = [
        Fact("文号", ""),
        Fact("说明", "<长>", is_wide=True),
        Fact("金额", "1", is_strong=True),
    ]

    drawn = draw("{% facts shown %}", shown=shown)

    assert "<div><dt>文号</dt><dd>—</dd></div>" in drawn
    assert '<div class="w2"><dt>说明</dt><dd>&lt;长&gt;</dd></div>' in drawn
    assert "<dd><b>1</b></dd>" in drawn


def test_a_step_of_a_form_leads_where_one_was_or_may_go() -> None:
    steps = [Step("一", PAST, url="/1/"), Step("二", NOW), Step("三", FUTURE, url="/3/")]

    drawn = draw('{% stepper "步骤" steps %}', steps=[*steps, Step("四", url="/4/", is_open=True)])

    assert '<li class="past"><a href="/1/">一</a></li>' in drawn
    assert '<li class="now" aria-current="step">二</li>' in drawn
    assert '<li class="future">三</li>' in drawn
    assert '<li class="future"><a href="/4/">四</a></li>' in drawn


def test_what_comes_next_is_what_runs_and_the_first_step_after_it() -> None:
    past, running = Step("发布", PAST, NOON), Step("报名中", NOW, NOON, "至")
    unknown, follows = Step("选取"), Step("结果公示", note="3 个工作日")

    assert coming([past, running, unknown, follows, Step("签约", FUTURE, NOON)]) == [
        running,
        follows,
    ]
    assert coming([Step("报名中", HELD, note="中止")]) == [Step("报名中", HELD, note="中止")]
    assert coming([past]) == coming([]) == []
    assert coming([past, Step("已到期", NOW, NOON)]) == []


def test_a_record_ends_with_what_comes_its_address_and_ways_to_follow_it() -> None:
    steps = [Step("报名中", NOW, NOON, "至"), Step("结果公示", note="3 个工作日")]

    drawn = draw(
        '{% record_end "/tenders/JX1/" steps q="JX1" kind="tender" calendar=True %}', steps=steps
    )

    assert "<dt>结果公示</dt><dd>3 个工作日</dd>" in drawn
    assert '<a id="address" href="/tenders/JX1/">http://127.0.0.1:8000/tenders/JX1/</a>' in drawn
    assert 'src="/qr/tenders/JX1.svg"' in drawn
    assert 'href="/saved/new/?scope=search&amp;q=JX1&amp;in=tender"' in drawn
    for form in ("rss", "atom", "ics"):
        assert f'href="/feeds/search.{form}?q=JX1&amp;in=tender"' in drawn


def test_a_record_that_nothing_comes_to_has_its_address_alone() -> None:
    drawn = draw('{% record_end "/laws/a/" %}')

    assert '<h2 id="pass-on">分享和订阅</h2>' in drawn
    assert 'src="/qr/laws/a.svg"' in drawn
    assert "/feeds/" not in drawn
