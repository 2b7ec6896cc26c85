"""Values that have one template each."""

from datetime import timedelta

from marketplace.web.components import NOW, PAST, Step, Tab
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
