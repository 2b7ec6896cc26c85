"""The demo province as its readers use it: what the demo suggests to try first."""

import os
import re

import pytest

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]

OPEN_ORDER = "章贡区南市街老旧管网更新可行性研究报告编制"
TIED_ORDER = "章贡区八境台周边管线入地"


def open_order(visitor: Visitor, title: str) -> None:
    """Find an order by the search box and open it."""
    visitor.opens("/search/")
    visitor.page.fill("main input[name=q]", title)
    with visitor.page.expect_navigation():
        visitor.page.press("main input[name=q]", "Enter")
    visitor.follows(re.compile(title))


@pytest.fixture
def visit(browse):
    """Return a function that seats the person of an account, or a stranger, at a browser."""
    return lambda login="", **options: Visitor(browse(login=login, **options))


def test_the_home_page_is_up_and_the_run_says_how_long_that_took(visit, record_property, problems):
    assert "正在报名" in visit().opens("/")

    # Noted, not judged: how fast depends on the machine.
    record_property("seconds until the demo was up", int(os.environ.get("STARTED_IN_SECONDS", "0")))
    assert problems == []


def test_a_sealed_amount_is_read_by_nobody_before_the_opening(visit, problems):
    agency, public = visit("zhice"), visit()

    open_order(agency, OPEN_ORDER)
    order = agency.path
    agency.follows("提交密封报价")
    sealed = agency.sends("提交密封报价", amount="9.9万")
    seen = public.opens(order)

    assert "报价已密封。截止（" in sealed
    assert "密封回执" in sealed
    assert "99,000.00" not in agency.page.content() + public.page.content()
    assert "开启报价后公开" in seen
    assert problems == []


def test_a_tie_is_drawn_registered_and_recomputed_in_the_browser(visit, problems):
    officer, public = visit("zhanggong3"), visit()

    officer.opens("/operator/tenders/?queue=register")
    officer.follows(re.compile(TIED_ORDER))
    assert "选取结果已登记，开始公示。" in officer.sends("登记并公示结果")
    open_order(public, TIED_ORDER)
    assert "结果公示" in public.text
    public.follows("验证这次选取")
    public.page.click("#recompute")
    recomputed = public.page.locator("#recomputed[data-failed]")
    recomputed.wait_for()

    assert recomputed.get_attribute("data-failed") == ""
    assert problems == []


def test_a_second_officer_decides_and_the_province_knows_in_the_same_moment(visit, problems):
    first, second, public = visit("jianguan1"), visit("jianguan2"), visit()

    first.opens("/regulator/cases/")
    first.follows(re.compile("九江江岸港航"))
    own = first.page.get_by_role("button", name="签署决定", exact=True)
    assert own.get_attribute("aria-disabled") == "true"
    second.opens(first.path)
    second.follows("签署决定")
    said = second.sends(re.compile("^签署“"), reasons="事实清楚，证据充分，依据规则手册作出决定。")

    assert "的决定已签署，自现在起在全省生效，机构已收到通知。" in said
    for city in ("360100", "360400", "360700"):
        assert "九江江岸港航" in public.opens(f"/display/?place={city}&next=/credit/")
    assert problems == []


def test_everything_works_without_scripts(visit, problems):
    agency = visit("zhice", width=390, javascript=False)

    agency.opens("/agency/matches/")
    with agency.page.expect_navigation():
        agency.page.locator("main a[href^='/tenders/JX']").last.click()
    agency.follows("提交密封报价")
    form = agency.path
    ceiling = re.search(r"最高限价\s*¥([0-9,.]+)", agency.page.inner_text("main"))
    assert ceiling is not None
    assert "报价已密封。截止（" in agency.sends("提交密封报价", amount=ceiling[1])
    agency.follows("撤回报价")
    assert "报价已撤回" in agency.sends("撤回报价")
    assert problems == []

    agency.opens(form)
    assert "请填写金额" in agency.sends("提交密封报价", amount="abc")


def test_the_bar_moves_the_clock_and_runs_what_is_due(visit, problems):
    public = visit()
    public.opens("/")
    button = public.page.get_by_role("button", name="推进一天")
    button.wait_for()  # the bar brings the token of its form; to ask for it meanwhile makes two
    before = public.today

    with public.page.expect_navigation():
        button.click()

    assert public.today > before
    assert "平台时间已推进到 " in public.text
    assert problems == []
