"""Pages that links alone do not show in this state: filled, waiting, or with what is missing."""

import re
from collections import defaultdict

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import SIZES, complaints

pytestmark = pytest.mark.browser

# Who, from which address, along which links.
STATES = [
    ("longhu", "/admission/qualifications/"),
    ("jiangan", "/agency/bids/", "/tenders/[^/]+/bid/"),
    ("yuanpan", "/credit/record/", "/credit/record/cases/[^/]+/"),
    ("gucheng", "/inbox/", "/inbox/[^/]+/"),
    ("gucheng", "/members/"),
    ("jianguan2", "/regulator/cases/", "/regulator/cases/[^/]+/"),
    ("zhanggong1", "/operator/admissions/", "/operator/admissions/[^/]+/"),
]
# Whose button, pressed before anything is filled in, and where it is.
FORMS = [
    ("", "登录", "/accounts/login/"),
    ("", "注册账号", "/accounts/signup/"),
    ("", "发送链接", "/accounts/password/reset/"),
    ("gucheng", "登记机构", "/register/agency/"),
    ("gucheng", "登记业主", "/register/buyer/"),
    ("gucheng", "修改密码", "/accounts/password/change/"),
    ("gucheng", "发出邀请", "/members/"),
    ("gucheng", "保存并填写需求", "/buyer/tenders/new/"),
    ("longhu", "登记资质", "/admission/qualifications/"),
    ("longhu", "登记人员", "/admission/practitioners/"),
    ("longhu", "提交入驻申请", "/admission/commitment/"),
    (
        "zhice",
        "提交密封报价",
        "/search/?q=南市街老旧管网",
        "/tenders/[^/]+/",
        "/tenders/[^/]+/bid/",
    ),
    ("yuanpan", "提交陈述申辩", "/credit/record/", "/credit/record/cases/[^/]+/"),
    (
        "jianguan1",
        "保存，下一步核对",
        "/regulator/cases/new/?q=九江",
        "/regulator/cases/new/.agency=.*",
    ),
    ("zhanggong1", "退回申请", "/operator/admissions/", "/operator/admissions/[^/]+/"),
    ("zhanggong1", "退回并告知理由", "/operator/tenders/?queue=review", "/operator/tenders/[^/]+/"),
]
ADDRESSES = "links => links.map(link => link.pathname + link.search)"


def reach(path: str, *links: str, page: Page) -> None:
    """Open `path`, and from page to page the first link whose address matches."""
    page.goto(path)
    for pattern in links:
        found = page.locator("main a[href]").evaluate_all(ADDRESSES)
        page.goto(next(link for link in found if re.fullmatch(pattern, link)))


def send_empty(button: str, *way: str, page: Page) -> None:
    """Press a button without filling in its form, so that the page says what is missing."""
    reach(*way, page=page)
    pressed = page.get_by_role("button", name=button, exact=True, include_hidden=True)
    if not pressed.is_visible():
        page.locator("main details").filter(has=pressed).locator("summary").click()
    with page.expect_navigation():
        pressed.click()
    assert page.locator(".z-errs").count() == 1, f"{page.url} says no errors"


def test_pages_in_other_states_and_forms_with_errors_are_accessible(
    browse, problems, record_property
):
    arrivals = defaultdict(list)
    for login, *way in STATES:
        arrivals[login].append(lambda page, way=way: reach(*way, page=page))
    for login, button, *way in FORMS:
        arrivals[login].append(lambda page, way=[button, *way]: send_empty(*way, page=page))

    found = complaints([(browse(login=login), pages) for login, pages in arrivals.items()])

    record_property("pages judged", (len(STATES) + len(FORMS)) * len(SIZES))
    record_property("violations", len(found))
    assert found == []
    assert [problem for problem in problems if "status of 422" not in problem] == []
