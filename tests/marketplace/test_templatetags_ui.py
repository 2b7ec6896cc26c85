import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Membership, Organization, User
from marketplace.parties import Party
from marketplace.templatetags import ui
from tests.clock import NOON
from tests.markup import draw, words

OURS = {"marketplace", "credit", "bidding", "cms", "search"}
CHINA = ZoneInfo("Asia/Shanghai")
LATE = Verdict("tender_takes_bids", False, "报名已经截止", PLATFORM_DEFAULT, "order.signup_min")
FINE = Verdict("agency_is_unrestricted", True, "机构处于限制期", "平台默认")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("6124000", "612.40 万元"),
        ("146000000", "1.46 亿元"),
        ("100000000", "1.00 亿元"),
        ("10000", "1.00 万元"),
        ("9999.99", "9,999.99 元"),
    ],
)
def test_wan_chooses_the_unit_of_a_large_total(value: str, written: str) -> None:
    assert words("{{ value|wan }}", value=Decimal(value)) == written


def test_wan_keeps_the_exact_amount_as_title() -> None:
    assert 'title="¥6,124,000.00"' in draw("{{ value|wan }}", value=Decimal(6124000))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (
            "规则手册 sanction.months.general。",
            '规则手册 <span class="nb">sanction.</span><wbr><span class="nb">months.</span>'
            '<wbr><span class="nb">general</span>。',
        ),
        (
            "order.signup_min",
            '<span class="nb">order.</span><wbr><span class="nb">signup_</span><wbr>'
            '<span class="nb">min</span>',
        ),
        ("JX360000-2026-D00003", '<span class="nb">JX360000-2026-D00003</span>'),
        ("¥96,000.00", "¥96,000.00"),
        ("甲<乙", "甲&lt;乙"),
        (SafeString("<b>a.b</b>"), "<b>a.b</b>"),
    ],
)
def test_a_code_stays_whole_and_a_key_may_break_between_its_words(text: str, drawn: str) -> None:
    assert draw("{{ text|codes }}", text=text) == drawn


def test_a_moment_can_name_its_weekday() -> None:
    assert words('{% moment at "weekday" %}', at=NOON) == "2026年11月24日 星期二 12:00"


def test_stars_fill_to_the_nearest_whole() -> None:
    drawn = draw("{{ value|stars }}", value=Decimal("3.5"))

    assert (drawn.count('class="i on"'), drawn.count('class="i"')) == (4, 1)
    assert strip_tags(drawn).strip() == "3.5 星"
    assert words("{{ value|stars }}", value=None) == "尚无评价"


@pytest.mark.parametrize(
    ("value", "ceiling", "width"), [(30, 40, "75.0"), (50, 40, "100.0"), (-1, 40, "0.0")]
)
def test_meter_stays_between_nothing_and_all(value: int, ceiling: int, width: str) -> None:
    drawn = draw("{% meter value ceiling %}", value=value, ceiling=ceiling)

    assert f'class="v" width="{width}"' in drawn


def test_figure_draws_no_line_through_a_single_point() -> None:
    assert "z-spark" not in draw('{% figure "中选" 33 "项" points %}', points=[4])
    assert "z-spark" in draw('{% figure "中选" 33 "项" points %}', points=[4, 4])


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("cn_datetime", "2026年11月24日 12:00"),
        ("cn_date", "2026年11月24日"),
        ("cn_short", "11月24日 12:00"),
        ("cn_deadline", "2026年11月24日 12:00"),
    ],
)
def test_moments_are_written_in_beijing_time(name: str, written: str) -> None:
    moment = NOON.astimezone(ZoneInfo("UTC"))

    assert words("{{ moment|" + name + " }}", moment=moment) == written


@pytest.mark.parametrize(
    ("ends", "urgency"),
    [
        (NOON + timedelta(hours=6), "z-due soon"),
        (datetime(2026, 11, 25, tzinfo=CHINA), "z-due soon"),
        (datetime(2026, 11, 25, 0, 0, 1, tzinfo=CHINA), "z-due near"),
        (datetime(2026, 11, 26, tzinfo=CHINA), "z-due near"),
        (datetime(2026, 11, 26, 0, 0, 1, tzinfo=CHINA), "z-due"),
    ],
)
def test_countdown_is_urgent_by_the_day_it_ends(ends: datetime, urgency: str) -> None:
    drawn = draw('{% countdown ends now "cell" %}', ends=ends, now=NOON)

    assert f'<span class="{urgency}">' in drawn


def test_countdown_shows_what_is_left_and_the_instant() -> None:
    ends = NOON + timedelta(hours=3, minutes=25)

    drawn = draw("{% countdown ends now %}", ends=ends, now=NOON)

    assert 'data-until="1795505100"' in drawn
    assert 'role="timer"' in drawn
    assert "还剩 3 小时 25 分" in drawn
    assert ">2026年11月24日 15:25</time> 截止" in drawn


def test_countdown_at_its_instant_is_over() -> None:
    drawn = draw("{% countdown now now %}", now=NOON)

    assert "data-until" not in drawn
    assert '<p class="z-count">已截止</p>' in drawn
    assert ">2026年11月24日 12:00</time> 截止" in drawn


def test_countdown_that_is_paused_keeps_the_instant_but_does_not_run() -> None:
    ends = NOON + timedelta(days=1)

    drawn = draw('{% countdown ends now "cell" paused=True %}', ends=ends, now=NOON)

    assert "data-until" not in drawn
    assert words(drawn) == "计时暂停原定 2026年11月25日 12:00"


@pytest.mark.parametrize("style", ["panel", "cell", "line"])
def test_countdown_says_that_its_instant_may_still_move_until_it_has_come(style: str) -> None:
    source = "{% countdown ends now style provisional=True %}"

    assert "暂定" in words(source, ends=NOON + timedelta(days=1), now=NOON, style=style)
    assert "暂定" not in words(source, ends=NOON, now=NOON, style=style)
    sure = "{% countdown ends now style %}"
    assert "暂定" not in words(sure, ends=NOON + timedelta(days=1), now=NOON, style=style)


@pytest.mark.parametrize("word", sorted(ui.status_words()))
def test_every_status_word_has_a_glyph_of_the_sprite(word: str) -> None:
    glyph, tone = ui.status_words()[word]
    sprite = (ui.STATUS_WORDS.parents[1] / "static" / "marketplace" / "icons.svg").read_text()

    assert f'id="t-{glyph}"' in sprite
    assert tone in {"", "ok", "brand", "warn", "stop"}


DESIGNED = """
草稿 待审核 退回修改 报名中 今天截止 密封报价 报价已密封 等待选取 选取中
正在竞价 结果公示 已中选 流标 已暂停 已取消 重新组织 待签约 服务中
已交付 退回更正 已验收 已评价 未评价 付款逾期 已办结 待形式审核 入驻公示
全省有效 已退出 已告知 陈述申辩期 限制生效
已到期
"""


def test_the_whole_set_of_status_words_is_there() -> None:
    assert set(DESIGNED.split()) - set(ui.status_words()) == set()


def test_every_status_of_a_model_has_its_word() -> None:
    labels = {
        str(label)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name == "status" and field.choices and model.__module__.split(".")[0] in OURS
        for _value, label in field.choices
    }

    assert labels - set(ui.status_words()) == set()


def test_chip_of_an_unknown_word_waits_without_a_tone() -> None:
    assert '<span class="z-chip">' in draw('{% chip "别的" %}')
    assert "#t-wait" in draw('{% chip "别的" %}')


def test_chip_may_say_more_than_its_word() -> None:
    drawn = draw('{% chip "暂停报名" label="暂停报名（测绘）" fill=True %}')

    assert 'class="z-chip stop fill"' in drawn
    assert strip_tags(drawn).strip() == "暂停报名（测绘）"


def test_verdicts_list_the_failing_rule_with_its_source_first() -> None:
    assert words("{% verdicts verdicts %}", verdicts=[FINE, LATE]) == (
        "报名已经截止。 依据：规则手册 order.signup_min 其余 1 项核对，都符合"
    )


def test_action_button_posts_when_every_rule_holds() -> None:
    context = {"verdicts": [FINE], "csrf_token": "t0ken"}

    drawn = draw('{% action_button "报名" "/bid/" verdicts %}', **context)

    assert '<form method="post" action="/bid/">' in drawn
    assert 'value="t0ken"' in drawn
    assert "aria-disabled" not in drawn


def test_action_button_is_a_link_when_it_only_leads_somewhere() -> None:
    drawn = draw('{% action_button "去报价" "/bid/" verdicts method="get" %}', verdicts=[FINE])

    assert 'href="/bid/"' in drawn
    assert "<form" not in drawn


def test_action_button_explains_itself_when_a_rule_does_not_hold() -> None:
    drawn = draw('{% action_button "报名" "/bid/" verdicts %}', verdicts=[FINE, LATE])

    described = re.search(r'aria-describedby="([\w-]+)"', drawn)
    assert described
    assert f'id="{described[1]}"' in drawn
    assert 'aria-disabled="true"' in drawn
    assert "/bid/" not in drawn
    assert 'data-guard="tender_takes_bids"' in drawn
    assert "报名已经截止。依据：规则手册" in drawn


@pytest.fixture
def asked() -> Callable[[str], HttpRequest]:
    return RequestFactory().get


def test_pages_keep_the_rest_of_the_query(asked: Callable[[str], HttpRequest]) -> None:
    page = Paginator(range(39), 10).page(2)

    drawn = draw("{% pages page %}", page=page, request=asked("/tenders/?city=360700&page=2"))

    assert 'href="?city=360700&amp;page=3"' in drawn
    assert drawn.count('aria-current="page"') == 1
    assert "第 11–20 项，共 39 项" in drawn


def test_pages_of_an_empty_list_are_silent(asked: Callable[[str], HttpRequest]) -> None:
    page = Paginator([], 10).page(1)

    assert draw("{% pages page %}", page=page, request=asked("/")).strip() == ""


def test_nav_item_knows_where_the_reader_is() -> None:
    source = '{% nav_item "组件" "marketplace:styleguide" %}'

    assert 'aria-current="page"' in draw(source, path="/styleguide/")
    assert 'aria-current="true"' in draw(source, path="/styleguide/workbench/")
    assert "aria-current" not in draw(source, path="/")


def test_the_navigation_is_drawn_once_for_an_address(asked: Callable[[str], HttpRequest]) -> None:
    source = "{% nav %}"

    first, again, other = (
        draw(source, request=asked(path)) for path in ("/items/", "/items/", "/")
    )

    assert first == again
    assert [text.count('aria-current="page"') for text in (first, other)] == [1, 0]


def test_nav_item_leaves_out_a_page_that_does_not_exist() -> None:
    assert draw('{% nav_item "竞价大厅" "bidding:no_such_page" %}').strip() == ""


def test_role_names_follow_the_order_of_the_roles() -> None:
    roles = frozenset({Membership.Role.BUYER_AGENT.value, Membership.Role.BUYER_MANAGER.value})
    party = Party(User(), Organization(), roles)

    assert words("{{ party|role_names }}", party=party) == "采购管理人、采购受托人"


def test_todo_list_with_nothing_says_so() -> None:
    assert words("{% todo_list todos now %}", todos=[], now=NOON).startswith("现在没有待办")
