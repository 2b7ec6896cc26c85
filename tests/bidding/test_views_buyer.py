"""The owner's wizard: five steps, each saved; it offers only what the item and the money allow."""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bidding.models import Tender
from bidding.pages.workbench import todos
from bidding.selection.methods import METHODS
from marketplace.kernel.models import AuditEntry
from marketplace.parties import Party
from tests.bidding.refusals import snapshot
from tests.factories.bidding import AwardFactory, TenderFactory, bidder
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    ServiceItemFactory,
    division,
    load_laws,
    party,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NEED = {
    "title": "沙河片区雨污分流改造工程环境影响报告表编制",
    "content": "编制环境影响报告表，并按评审意见修改。",
    "service_time": "20",
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}
METHOD = {"method": "lowest", "ceiling": "86000.00", "price_basis": "同类成交价", "signup_days": ""}
NOT_DIRECT = "财政资金的采购不能采用“直接选取”。依据：规则手册 method.enabled。"


@pytest.fixture
def buyer(client: Client) -> Party:
    acting = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    client.force_login(acting.user)
    return acting


def draft(buyer: Party, **fields: Any) -> Tender:
    return TenderFactory(buyer=buyer.organization, created_by=buyer.user, **fields)


def url(name: str, *args: object) -> str:
    return reverse(f"bidding:{name}", args=args)


def step(tender: Tender, name: str) -> str:
    return url("tender_edit", tender.slug, name)


def error_beside(html: str, field: str) -> str:
    """Return what stands beside a field as its error, or nothing."""
    found = re.findall(rf'<p class="z-err" id="id_{field}_error">(.*?)</p>', html)
    return found[0] if found else ""


def disabled(html: str, field: str) -> dict[str, str]:
    """Return the guard of each option of a choice that is listed as disabled."""
    options = re.findall(rf'<input type="radio" name="{field}" value="(\w+)"[^>]*>', html)
    tags = re.findall(rf'<input type="radio" name="{field}"[^>]*>', html)
    found = {}
    for option, tag in zip(options, tags, strict=True):
        if why := re.findall(r'aria-disabled="true" aria-describedby="([\w-]+)"', tag):
            reason = html.split(f'id="{why[0]}">', 1)[1].split("</div>", 1)[0]
            assert ("依据：" in reason) == ("还没有填写" not in reason)
            found[option] = re.findall(r'data-guard="(\w+)"', reason)[0]
    return found


def steps_of(html: str) -> list[str]:
    inner = html.split('class="z-steps"', 1)[1].split("</ol>", 1)[0]
    return [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li[^>]*>.*?</li>", inner)]


def departments_item() -> Any:
    return ServiceItemFactory(
        published=True, commissioned_by="department", paid_by="department", name="评估"
    )


# --- Five steps, each saved -----------------------------------------------------------------------
def test_the_wizard_has_five_steps_on_every_page_and_asks_before_it_submits(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer)
    pages = [url("tender_new"), *(step(tender, name) for name in ("need", "method", "check"))]

    for number, page in enumerate([*pages, url("tender_submit", tender.slug)]):
        html = on_one_line(client.get(page))
        assert steps_of(html) == ["选事项", "填需求", "定方式", "核对", "提交"]
        now = html.split('aria-current="step">', 1)[1].split("</li>", 1)[0]
        assert now == steps_of(html)[number]
    assert "提交这项采购？" in html
    assert html.index("先不提交") < html.index("提交审核")
    tender.refresh_from_db()
    assert tender.status == "draft"


def test_every_later_step_of_a_draft_can_be_reached_from_every_other(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer)

    html = client.get(step(tender, "need")).content.decode()

    for page in (step(tender, "method"), step(tender, "check"), url("tender_submit", tender.slug)):
        assert f'href="{page}"' in html


def test_a_step_is_saved_by_itself(client: Client, buyer: Party) -> None:
    tender = draft(buyer, method="", ceiling=None, title="")

    client.post(step(tender, "need"), NEED)

    tender.refresh_from_db()
    assert (tender.title, tender.service_time, tender.method) == (NEED["title"], 20, "")


def test_an_order_of_somebody_else_has_no_preview(client: Client, buyer: Party) -> None:
    other = TenderFactory(title="别人的草稿")

    response = client.post(url("tender_preview", other.slug, "need"), NEED)

    assert response.status_code == 404
    assert client.post(url("tender_preview", draft(buyer).slug, "check")).status_code == 404


# --- The notice beside it -------------------------------------------------------------------------
def preview_in(response: HttpResponse) -> str:
    return response.content.decode().split('id="preview"', 1)[1].split("</section>", 1)[0]


def test_the_notice_stands_beside_the_form_as_it_is_saved(client: Client, buyer: Party) -> None:
    tender = draft(buyer, title="已存的标题", ceiling=Decimal(86000))

    for name in ("need", "method", "check"):
        notice = preview_in(client.get(step(tender, name)))
        assert "已存的标题" in notice
        assert "¥86,000.00" in notice
        assert "报价最低的中选" in notice


def test_the_notice_follows_what_is_typed_and_nothing_is_saved(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer, title="已存的标题")
    before = snapshot()

    need = client.post(url("tender_preview", tender.slug, "need"), {**NEED, "title": "新的标题"})
    typed = {**METHOD, "ceiling": "34.8万"}
    method = client.post(url("tender_preview", tender.slug, "method"), typed)

    assert "新的标题" in preview_in(need)
    assert "¥348,000.00" in preview_in(method)
    assert snapshot() == before


def test_what_is_wrong_leaves_the_notice_as_it_was(client: Client, buyer: Party) -> None:
    tender = draft(buyer, ceiling=Decimal(86000))

    response = client.post(
        url("tender_preview", tender.slug, "method"), {**METHOD, "ceiling": "八万"}
    )

    assert response.status_code == 200
    assert "¥86,000.00" in preview_in(response)


def test_the_notice_of_an_item_that_is_only_chosen_is_shown_and_not_saved(
    client: Client, buyer: Party
) -> None:
    item = departments_item()

    nothing = client.post(url("tender_new_preview"), {"item": "", "division": division().code})
    chosen = client.post(
        url("tender_new_preview"), {"item": item.code, "division": division().code}
    )

    assert "还没有选定事项" in preview_in(nothing)
    assert "评估" in preview_in(chosen)
    assert "财政资金" in preview_in(chosen)
    assert not Tender.objects.exists()


# --- What the item and the money allow ------------------------------------------------------------
@pytest.mark.parametrize(
    ("fund", "guards"),
    [
        ("private", {}),
        ("state_owned", dict.fromkeys(("shortlist", "random"), "method_is_enabled")),
        ("fiscal", dict.fromkeys(("shortlist", "random", "direct"), "method_is_enabled")),
        ("", dict.fromkeys(METHODS, "fund_is_chosen")),
    ],
)
def test_a_method_that_the_money_does_not_allow_is_listed_as_disabled_with_the_reason(
    client: Client, buyer: Party, fund: str, guards: dict[str, str]
) -> None:
    tender = draft(buyer, fund=fund)

    html = client.get(step(tender, "method")).content.decode()

    assert disabled(html, "method") == guards
    assert html.count('name="method"') == len(METHODS)
    assert all(str(method.words.gist) in html for method in METHODS.values())


def test_a_rerun_lists_another_method_as_disabled_until_two_rounds_have_failed(
    client: Client, buyer: Party
) -> None:
    earlier = TenderFactory(unsuccessful=True, buyer=buyer.organization)
    tender = draft(buyer, previous=earlier, round=2)

    html = client.get(step(tender, "method")).content.decode()

    others = ("best_price", "shortlist", "plan_price", "experts", "random", "direct", "auction")
    assert disabled(html, "method") == dict.fromkeys(others, "method_may_change_by_now")


def test_a_method_chosen_against_the_money_is_refused_and_names_the_rule(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer, fund="fiscal")
    agency = bidder(tender.item)
    posted = {**METHOD, "method": "direct", "named_agency": agency.pk, "naming_reasons": "熟悉。"}

    response = client.post(step(tender, "method"), posted)

    html = response.content.decode()
    assert response.status_code == 422
    assert error_beside(html, "method") == NOT_DIRECT
    assert 'value="86000.00"' in html
    assert "熟悉。" in html
    tender.refresh_from_db()
    assert (tender.method, tender.named_agency) == ("lowest", None)


def test_money_that_the_chosen_method_does_not_allow_is_refused_and_names_the_rule(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer)
    tender.method, tender.naming_reasons = "direct", "熟悉。"
    tender.named_agency = bidder(tender.item)
    tender.save()

    response = client.post(step(tender, "need"), {**NEED, "fund": "fiscal"})

    html = response.content.decode()
    assert response.status_code == 422
    assert error_beside(html, "fund") == NOT_DIRECT
    assert NEED["title"] in html
    tender.refresh_from_db()
    assert tender.fund == "private"


def test_an_item_that_the_department_pays_for_offers_fiscal_money_only(
    client: Client, buyer: Party
) -> None:
    item = departments_item()
    client.post(url("tender_new"), {"item": item.code, "division": division().code})
    tender = Tender.objects.get()

    html = client.get(step(tender, "need")).content.decode()
    refused = client.post(step(tender, "need"), {**NEED, "is_in_approval": "on"})
    unmarked = client.post(step(tender, "need"), {**NEED, "fund": "fiscal"})

    assert (tender.fund, tender.is_in_approval) == ("fiscal", True)
    assert disabled(html, "fund") == {
        "state_owned": "fund_suits_the_item",
        "private": "fund_suits_the_item",
    }
    assert (refused.status_code, unmarked.status_code) == (422, 422)
    assert error_beside(refused.content.decode(), "fund").startswith("目录规定“评估”由审批部门付费")
    assert "须勾选“审批过程中的委托”。依据：国发〔2022〕5号。" in unmarked.content.decode()
    tender.refresh_from_db()
    assert tender.title == ""


def test_an_approval_that_makes_the_applicant_pay_is_refused(client: Client, buyer: Party) -> None:
    load_laws()
    tender = draft(buyer, title="")

    response = client.post(step(tender, "need"), {**NEED, "is_in_approval": "on"})

    assert response.status_code == 422
    refusal = error_beside(response.content.decode(), "fund")
    words = re.sub("<[^>]+>", "", refusal)
    assert "不能转由申请人承担。依据：《优化营商环境条例》第四十三条第三款。" in words
    assert 'data-article="law-business-environment-a43"' in refusal
    assert response.content.decode().count('id="law-business-environment-a43"') == 1
    tender.refresh_from_db()
    assert tender.title == ""


@pytest.mark.parametrize("written", ["不是代码", "2610-360702-04-01", "2610-360702-04-01-21884x"])
def test_a_project_code_of_another_form_is_refused_and_kept_in_the_form(
    client: Client, buyer: Party, written: str
) -> None:
    tender = draft(buyer, project_code="")

    response = client.post(step(tender, "need"), {**NEED, "project_code": written})

    html = response.content.decode()
    assert response.status_code == 422
    assert error_beside(html, "project_code").startswith("统一项目代码由 4、6、2、2、6 位数字组成")
    assert f'value="{written}"' in html
    tender.refresh_from_db()
    assert tender.project_code == ""


# --- Amounts, days and numbers --------------------------------------------------------------------
def test_a_ceiling_may_be_left_out_where_money_and_method_allow_it(
    client: Client, buyer: Party
) -> None:
    """Of private money it may, with the reason why no price is estimated; of fiscal never."""
    tender = draft(buyer, fund="private")
    address, said = step(tender, "method"), "须填写最高限价；不预估价格的，须说明限价依据"
    kept = tender.ceiling

    unexplained = client.post(address, {**METHOD, "ceiling": "", "price_basis": ""})

    assert unexplained.status_code == 422
    assert error_beside(unexplained.content.decode(), "ceiling").startswith(said)
    tender.refresh_from_db()
    assert tender.ceiling == kept

    explained = {**METHOD, "ceiling": "", "price_basis": "暂不做评估与预算。"}
    assert client.post(address, explained).status_code == 302

    tender.refresh_from_db()
    assert (tender.ceiling, tender.price_basis) == (None, "暂不做评估与预算。")
    fiscal = draft(buyer, fund="fiscal")
    refused = client.post(step(fiscal, "method"), explained)
    assert refused.status_code == 422
    assert error_beside(refused.content.decode(), "ceiling").startswith(said)


def test_a_ceiling_of_a_few_yuan_is_saved_only_after_a_second_word(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer)
    kept = tender.ceiling

    response = client.post(step(tender, "method"), {**METHOD, "ceiling": "8.6"})

    assert response.status_code == 422
    assert error_beside(response.content.decode(), "ceiling").startswith(
        "最高限价 ¥8.60（捌元陆角）低于 1,000 元，确认没有写错单位的，请勾选确认"
    )
    tender.refresh_from_db()
    assert tender.ceiling == kept

    posted = {**METHOD, "ceiling": "8.6", "confirmed": "8.60"}
    assert client.post(step(tender, "method"), posted).status_code == 302

    tender.refresh_from_db()
    assert tender.ceiling == Decimal("8.60")


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("ceiling", "86,00", "逗号每三位一个，例如 348,000；请核对金额，或者不写逗号。"),
        (
            "signup_days",
            "1",
            "报名期不能少于 3 个工作日。依据：规则手册 order.signup_min。",
        ),
    ],
)
def test_a_number_that_is_not_allowed_says_what_is_and_nothing_typed_is_lost(
    client: Client, buyer: Party, field: str, written: str, said: str
) -> None:
    tender = draft(buyer, price_basis="原来的依据")

    response = client.post(step(tender, "method"), {**METHOD, field: written})

    html = response.content.decode()
    assert response.status_code == 422
    assert error_beside(html, field) == said
    assert html.count(said) == 2
    assert not written or f'value="{written}"' in html
    assert 'value="同类成交价"' in html
    tender.refresh_from_db()
    assert tender.price_basis == "原来的依据"


def test_the_ceiling_of_a_survey_names_the_limit_from_which_it_goes_to_tender(
    client: Client, buyer: Party
) -> None:
    item = ServiceItemFactory(published=True, service_class__code="C22")
    tender = draft(buyer, item=item, fund="state_owned")

    response = client.post(step(tender, "method"), {**METHOD, "ceiling": "100万元"})

    said = error_beside(response.content.decode(), "ceiling")
    assert response.status_code == 422
    assert said.startswith("勘察、设计、监理服务达到 ¥1,000,000.00 的须转为招标")
    assert said.endswith("规则手册 order.tender_limit。")


def test_full_width_figures_are_put_right(client: Client, buyer: Party) -> None:
    tender = draft(buyer)
    need = {
        **NEED,
        "service_time": "２０个工作日",
        "project_code": "２６１０－360702－04－01－218846",
    }

    client.post(step(tender, "need"), need)
    ceiling = "８．６万元"  # noqa: RUF001 - as an input method writes it
    client.post(step(tender, "method"), {**METHOD, "ceiling": ceiling, "signup_days": "５"})

    tender.refresh_from_db()
    assert (tender.service_time, tender.signup_days) == (20, 5)
    assert tender.ceiling == Decimal(86000)
    assert tender.project_code == "2610-360702-04-01-218846"


@pytest.mark.parametrize("missing", ["named_agency", "naming_reasons"])
def test_a_direct_choice_needs_an_agency_and_reasons(
    client: Client, buyer: Party, missing: str
) -> None:
    tender = draft(buyer)
    posted = {
        **METHOD,
        "method": "direct",
        "named_agency": bidder(tender.item).pk,
        "naming_reasons": "熟悉。",
    }

    response = client.post(step(tender, "method"), {**posted, missing: ""})

    assert response.status_code == 422
    assert error_beside(response.content.decode(), missing) == (
        "直接选取须写明选哪一家机构，并公开理由。依据：平台默认。"
    )
    tender.refresh_from_db()
    assert tender.method == "lowest"


@pytest.mark.parametrize(
    ("is_public", "said"),
    [
        (True, "机构处于信用限制期，限制在全省生效"),
        (False, "机构经核查不符合参加条件"),
    ],
)
def test_a_choice_of_a_restricted_agency_tells_nothing_that_is_not_published(
    client: Client, buyer: Party, is_public: bool, said: str
) -> None:
    tender = draft(buyer)
    agency = bidder(tender.item)
    RestrictionFactory(organization=agency, is_public=is_public)
    posted = {**METHOD, "method": "direct", "named_agency": agency.pk, "naming_reasons": "熟悉。"}

    assert agency.name not in client.get(step(tender, "method")).content.decode()
    response = client.post(step(tender, "method"), posted)

    assert error_beside(response.content.decode(), "named_agency").startswith(said)
    assert ("限制在全省生效" in response.content.decode()) is is_public
    tender.refresh_from_db()
    assert tender.named_agency is None


# --- Calling off and running again ----------------------------------------------------------------
def test_an_order_that_cannot_be_called_off_says_why_and_keeps_the_reasons(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer, closed=True)

    page = client.get(url("buyer_tender", tender.slug)).content.decode()
    response = client.post(url("tender_cancel", tender.slug), {"reasons": "项目停止建设。"})

    why = "报名截止以后、开启报价以前不能取消，开启报价和选取由平台按期进行。"
    assert url("tender_cancel", tender.slug) not in page
    assert why in page
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count(why) == 2
    assert "项目停止建设。</textarea>" in html
    assert 'data-guard="tender_is_cancellable"' in html
    tender.refresh_from_db()
    assert tender.status == "closed"


@pytest.mark.parametrize("state", ["cancelled", "unsuccessful", "complete"])
def test_an_order_that_is_over_leaves_no_button_that_does_nothing(
    client: Client, buyer: Party, state: str
) -> None:
    tender = draft(buyer, **{state: True})
    if state != "complete":
        client.post(url("tender_rerun", tender.slug))

    page = client.get(url("buyer_tender", tender.slug)).content.decode()

    assert 'aria-disabled="true"' not in page
    assert "取消采购" not in page
    assert url("tender_rerun", tender.slug) not in page
    assert "复制为新采购" in page


@pytest.mark.parametrize("state", ["cancelled", "unsuccessful"])
def test_an_order_that_came_to_nothing_is_run_again_from_its_page(
    client: Client, buyer: Party, state: str
) -> None:
    tender = draft(buyer, **{state: True})

    assert (
        url("tender_rerun", tender.slug)
        in client.get(url("buyer_tender", tender.slug)).content.decode()
    )


def test_a_published_order_says_why_it_is_not_run_again_and_a_draft_does_not_speak_of_it(
    client: Client, buyer: Party
) -> None:
    open_order, plan = draft(buyer, active=True), draft(buyer)

    published = client.get(url("buyer_tender", open_order.slug)).content.decode()
    unpublished = client.get(url("buyer_tender", plan.slug)).content.decode()

    assert 'data-guard="tender_has_come_to_nothing"' in published
    assert "重新组织" not in unpublished


@pytest.mark.parametrize(
    ("is_direct", "words"),
    [
        (False, ["距报名截止", "开启报价前业主也看不到谁报了名。"]),
        (True, ["距接受期限", "机构接受以后当时选定；谢绝或者逾期没有答复的流标。"]),
    ],
)
def test_the_buyer_reads_how_long_answers_are_taken_in_the_methods_words(
    client: Client, buyer: Party, is_direct: bool, words: list[str]
) -> None:
    item = ServiceItemFactory(published=True)
    named = {"direct": bidder(item)} if is_direct else {}
    tender = TenderFactory(active=True, buyer=buyer.organization, item=item, **named)

    html = client.get(url("buyer_tender", tender.slug)).content.decode()

    said = ["距报名截止", "距接受期限"]
    assert [word for word in said if word in html] == words[:1]
    assert words[1] in html


def test_the_owner_reads_once_whom_a_direct_order_names_and_why(
    client: Client, buyer: Party
) -> None:
    item = ServiceItemFactory(published=True)
    tender = draft(buyer, submitted=True, item=item, direct=bidder(item))

    html = client.get(url("buyer_tender", tender.slug)).content.decode()

    named = tender.named_agency.name, tender.naming_reasons
    assert [html.count(text) for text in named] == [1, 1]


# --- What is not lost -----------------------------------------------------------------------------
def test_place_and_contact_of_an_order_are_those_of_the_unit(client: Client, buyer: Party) -> None:
    unit = buyer.organization
    item = ServiceItemFactory(published=True)
    html = client.get(url("tender_new")).content.decode()

    client.post(url("tender_new"), {"item": item.code, "division": unit.division_id})

    assert f'<option value="{unit.division_id}" selected' in html
    [tender] = Tender.objects.all()
    assert tender.contact_name == unit.contact_name != ""
    assert tender.contact_phone == unit.contact_phone != ""


@pytest.mark.parametrize(("leave", "goes_to"), [("later", "buyer_tender"), ("back", "tender_item")])
def test_whoever_leaves_a_step_finds_all_that_was_typed(
    client: Client, buyer: Party, leave: str, goes_to: str
) -> None:
    """What cannot be stored is kept as it was typed, until the step is saved."""
    tender = draft(buyer)
    before = Tender.objects.values().get(pk=tender.pk)
    half = {**NEED, "service_time": "两周左右", "contact_phone": ""}

    answer = client.post(step(tender, "need"), {**half, leave: "1"})

    assert (answer.status_code, answer.headers["Location"]) == (302, url(goes_to, tender.slug))
    kept = Tender.objects.values().get(pk=tender.pk)
    assert kept.pop("typed")["need"]["service_time"] == ["两周左右"]
    assert kept == {name: value for name, value in before.items() if name != "typed"}
    html = client.get(step(tender, "need")).content.decode()
    for text in ("两周左右", NEED["title"], NEED["content"]):
        assert text in html

    client.post(step(tender, "need"), NEED)
    tender.refresh_from_db()
    assert (tender.typed, tender.service_time, tender.title) == ({}, 20, NEED["title"])


def test_whoever_leaves_a_step_that_is_whole_has_saved_it(client: Client, buyer: Party) -> None:
    tender = draft(buyer)

    client.post(step(tender, "need"), {**NEED, "later": "1"})

    tender.refresh_from_db()
    assert (tender.typed, tender.title) == ({}, NEED["title"])


def test_a_session_that_ends_meanwhile_costs_nothing_that_was_typed(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer)
    client.get(step(tender, "need"))
    before = Tender.objects.values().get(pk=tender.pk)
    del client.cookies[settings.SESSION_COOKIE_NAME]

    answer = client.post(step(tender, "need"), NEED)

    assert answer.status_code == 302
    place = urlsplit(answer.headers["Location"])
    assert place.path == "/accounts/login/"
    assert Tender.objects.values().get(pk=tender.pk) == before
    client.force_login(buyer.user)
    html = client.get(parse_qs(place.query)["next"][0]).content.decode()
    for text in (NEED["title"], NEED["content"], NEED["contact_phone"]):
        assert text in html


def test_of_two_tabs_the_second_is_told_and_loses_nothing(client: Client, buyer: Party) -> None:
    tender = draft(buyer)
    pages = [client.get(step(tender, "need")).content.decode() for _tab in range(2)]
    seen = [re.findall(r'name="seen" value="([^"]+)"', page)[0] for page in pages]
    client.post(step(tender, "need"), {**NEED, "seen": seen[0]})
    other = {**NEED, "title": "第二个窗口里的名称", "seen": seen[1]}

    answer = client.post(step(tender, "need"), other)

    assert answer.status_code == 409
    assert "第二个窗口里的名称" in answer.content.decode()
    tender.refresh_from_db()
    assert tender.title == NEED["title"]


def test_item_and_place_can_be_changed_until_the_order_is_sent_in(
    client: Client, buyer: Party
) -> None:
    tender = draft(buyer, fund="private")
    other, place = departments_item(), division("360100")
    given = {"item": other.code, "division": place.pk}

    answer = client.post(url("tender_item", tender.slug), given)

    assert (answer.status_code, answer.headers["Location"]) == (302, step(tender, "need"))
    tender.refresh_from_db()
    assert (tender.item, tender.division, tender.fund) == (other, place, "fiscal")
    Tender.objects.filter(pk=tender.pk).update(status="submitted", submitted_at=tender.created_at)
    answer = client.post(url("tender_item", tender.slug), {**given, "division": "360702"})
    assert answer.status_code == 422
    tender.refresh_from_db()
    assert tender.division == place


def test_a_later_round_keeps_its_item(client: Client, buyer: Party) -> None:
    failed = draft(buyer, unsuccessful=True)
    client.post(url("tender_rerun", failed.slug))
    again = Tender.objects.get(previous=failed)
    given = {"item": ServiceItemFactory(published=True).code, "division": again.division_id}

    answer = client.post(url("tender_item", again.slug), given)

    assert answer.status_code == 422
    assert "重新组织的采购沿用上一轮的服务事项和地点" in answer.content.decode()
    assert Tender.objects.get(pk=again.pk).item == failed.item


def test_a_submission_is_taken_back_and_sent_in_again(client: Client, buyer: Party) -> None:
    tender = draft(buyer, submitted=True)

    answer = client.post(url("tender_take_back", tender.slug))

    assert answer.status_code == 302
    tender.refresh_from_db()
    assert (tender.status, tender.submitted_at) == (Tender.Status.DRAFT, None)
    assert AuditEntry.objects.first().verb == "tender.taken_back"
    reviewed = draft(buyer, reviewed=True)
    assert client.post(url("tender_take_back", reviewed.slug)).status_code == 422
    assert Tender.objects.get(pk=reviewed.pk).status == Tender.Status.REVIEWED


def test_a_draft_is_deleted_after_a_question_and_nothing_else_is(
    client: Client, buyer: Party
) -> None:
    tender, sent = draft(buyer), draft(buyer, submitted=True)
    assert "删除这份草稿？" in client.get(url("tender_delete", tender.slug)).content.decode()

    answer = client.post(url("tender_delete", tender.slug))

    assert (answer.status_code, answer.headers["Location"]) == (302, url("buyer_tenders"))
    assert client.post(url("tender_delete", sent.slug)).status_code == 422
    assert list(Tender.objects.all()) == [sent]
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.target_id) == ("tender.deleted", str(tender.pk))


def test_an_order_is_copied_without_its_past(client: Client, buyer: Party) -> None:
    known = draft(buyer, active=True)

    answer = client.post(url("tender_copy", known.slug))

    copy = Tender.objects.get(status=Tender.Status.DRAFT)
    assert answer.headers["Location"] == step(copy, "need")
    assert (copy.title, copy.ceiling, copy.item) == (known.title, known.ceiling, known.item)
    past = (copy.code, copy.previous, copy.round, copy.published_at, copy.rulebook)
    assert past == (None, None, 1, None, None)


def test_what_found_nobody_is_to_be_run_again_for_a_while(client: Client, buyer: Party) -> None:
    failed, known = draft(buyer, unsuccessful=True), draft(buyer, unsuccessful=True)
    lost = AwardFactory(cancelled=True, tender=draft(buyer, complete=True)).tender
    client.post(url("tender_rerun", known.slug))

    def named(at: datetime) -> dict[str, str]:
        return {
            one.url: str(one.action)
            for one in todos(buyer, at)
            if str(one.title).endswith("可以重新组织")
        }

    ended = failed.ended_at
    assert named(ended + timedelta(days=1)) == {
        url("buyer_tender", one.slug): "去重新组织" for one in (failed, lost)
    }
    assert named(ended + timedelta(days=90)) == {}


@pytest.mark.parametrize("role", [Role.AGENCY_MANAGER, Role.OPERATOR])
def test_who_buys_nothing_is_led_from_the_wizard_to_where_one_registers(
    client: Client, role: str
) -> None:
    unit = AuthorityFactory() if role == Role.OPERATOR else bidder()
    client.force_login(party(unit, role).user)

    led = client.get(f"{url('tender_new')}?item=S02", follow=True)
    sent = client.post(url("tender_new"), {})

    assert (led.redirect_chain, led.status_code) == ([("/register/buyer/", 302)], 200)
    assert (sent.status_code, Tender.objects.count()) == (403, 0)
