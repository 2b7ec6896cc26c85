"""Values that have one template each."""

from datetime import timedelta

from django.template import Context, Template

from marketplace.web.components import NOW, PAST, Step
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
