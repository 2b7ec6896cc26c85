"""The steps of the owner's wizard as forms, and what officers and parties give reasons in."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms

from bidding.forms.tenders import (
    ItemForm,
    MethodForm,
    NeedForm,
    ReasonsForm,
    RegistrationForm,
    ReviewForm,
)
from bidding.models import Tender
from marketplace.kernel.calendar import CHINA
from marketplace.models import Division, Organization, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import ServiceItemFactory, division

NEED = {
    "title": "雨污分流",
    "content": "编制报告表。",
    "service_time": "20",
    "fund": "private",
    "contact_name": "刘工",
    "contact_phone": "0797-5550132",
}
METHOD = {"method": "lowest", "ceiling": "8.6万", "price_basis": "同类成交价", "signup_days": "5"}
NO_DAYS = {"signup_days": ""}


def method_form(tender: Tender, **posted: Any) -> MethodForm:
    data = {**METHOD, **posted} if posted else None
    agencies = Organization.objects.all()
    return MethodForm(data, instance=tender, at=NOON, agencies=agencies, offered=agencies.all)


def closed(field: forms.Field) -> dict[str, str]:
    """Return by which guard each option of a choice is kept from being used."""
    verdicts = field.option_verdicts  # type: ignore[attr-defined]  # see `offer`
    return {value: one.guard for value, one in verdicts.items() if not one.holds}


@pytest.mark.django_db
def test_an_item_is_chosen_by_its_code_and_shown_with_its_class() -> None:
    item, other = ServiceItemFactory(published=True), ServiceItemFactory()
    items = ServiceItem.objects.filter(pk=item.pk)
    form = ItemForm({"item": item.code, "division": division().pk}, items=items)

    assert form.is_valid()
    assert form.cleaned_data == {"item": item, "division": division()}
    labels = [str(label) for _value, label in form.fields["item"].choices]  # type: ignore[attr-defined]
    assert labels == ["请选择", f"{item.name}（{item.service_class}）"]
    places = [str(label) for _value, label in form.fields["division"].choices]  # type: ignore[attr-defined]
    assert places[1:] == [place.full_name for place in Division.objects.all()]
    wrong = ItemForm({"item": other.code, "division": division().pk}, items=items)
    assert list(wrong.errors) == ["item"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_need_is_put_right_and_what_it_lacks_is_asked_for() -> None:
    code = "２６１０－360702－04－01－218846"
    form = NeedForm({**NEED, "project_code": code}, instance=TenderFactory(), at=NOON)

    assert form.is_valid()
    assert form.cleaned_data["project_code"] == "2610-360702-04-01-218846"
    assert form.cleaned_data["service_time"] == 20
    bare = {**NEED, "project_code": "26103607020401218846"}
    written = NeedForm(bare, instance=TenderFactory(), at=NOON)
    assert written.is_valid()
    assert written.cleaned_data["project_code"] == "2610-360702-04-01-218846"
    empty = NeedForm({}, instance=TenderFactory(), at=NOON)
    assert sorted(empty.errors) == sorted(NEED)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_k4_08_k4_09_a_need_takes_the_lengths_and_telephones_of_real_notices() -> None:
    """K4-08: 131 characters of a name. K4-09: an extension, and a second telephone."""
    long = {"title": "长" * 200, "scale": "规" * 500}
    phone = "（0797）8123456-8012、12345"
    form = NeedForm({**NEED, **long, "contact_phone": phone}, instance=TenderFactory(), at=NOON)

    assert form.errors == {}
    assert {name: form.cleaned_data[name] for name in long} == long
    assert form.cleaned_data["contact_phone"] == "0797-8123456转8012、12345"
    longer = NeedForm({**NEED, "title": "长" * 201}, instance=TenderFactory(), at=NOON)
    assert list(longer.errors) == ["title"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_what_the_item_does_not_allow_stands_beside_its_field() -> None:
    item = ServiceItemFactory(
        published=True, commissioned_by="department", paid_by="department", name="评估"
    )
    tender = TenderFactory(item=item, fund="fiscal")
    form = NeedForm({**NEED, "project_code": "2610"}, instance=tender, at=NOON)

    assert closed(form.fields["fund"]) == {
        "state_owned": "fund_suits_the_item",
        "private": "fund_suits_the_item",
    }
    assert {name: len(errors) for name, errors in form.errors.items()} == {
        "project_code": 1,
        "is_in_approval": 1,
        "fund": 1,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_what_belongs_to_another_method_is_dropped() -> None:
    tender = TenderFactory()
    agency = bidder(tender.item)
    naming = {"named_agency": agency.pk, "naming_reasons": "熟悉。"}

    lowest = method_form(tender, **naming)
    assert lowest.is_valid()
    assert (lowest.instance.ceiling, lowest.instance.signup_days) == (Decimal(86000), 5)
    assert (lowest.instance.named_agency, lowest.instance.naming_reasons) == (None, "")
    direct = method_form(tender, method="direct", **naming)
    assert direct.is_valid()
    assert (direct.instance.named_agency, direct.instance.signup_days) == (agency, None)
    assert direct.instance.parameters == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("fund", "basis", "wrong"),
    [
        ("private", "事前难以确定金额", []),
        ("private", "", ["ceiling"]),
        ("fiscal", "事前难以确定金额", ["ceiling"]),
    ],
)
def test_k4_03_a_price_that_is_not_estimated_is_explained_where_the_rule_allows_none(
    fund: str, basis: str, wrong: list[str]
) -> None:
    """K4-03: 暂不做评估与预算; only fiscal money must have a ceiling."""
    form = method_form(TenderFactory(fund=fund), ceiling="", price_basis=basis)

    assert list(form.errors) == wrong
    assert form.instance.ceiling is None


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_method_that_the_money_forbids_is_listed_with_its_rule_and_refused() -> None:
    tender = TenderFactory(fund="fiscal")

    assert closed(method_form(tender).fields["method"]) == {
        "direct": "method_is_enabled",
        "shortlist": "method_is_enabled",
        "random": "method_is_enabled",
    }
    refused = method_form(
        tender, method="direct", named_agency=bidder(tender.item).pk, naming_reasons="熟悉。"
    )
    assert refused.errors == {
        "method": ["财政资金的采购不能采用“直接选取”。依据：规则手册 method.enabled。"]
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_what_a_method_alone_asks_for_stands_under_its_name() -> None:
    form = method_form(TenderFactory())

    drawn = [
        (group.methods, group.legend, [bound.name for bound in group.fields])
        for group in form.groups
    ]
    periods = ["signup_days", "signup_until", "selection_at"]
    assert drawn == [
        (
            ("lowest", "best_price", "auction", "shortlist", "plan_price", "experts"),
            "竞价、均价、竞价大厅、信用择优、方案择优、综合评审",
            ["quote", "quantity_unit", "quantity", "floor"],
        ),
        (
            ("lowest", "best_price", "auction", "shortlist", "plan_price", "experts", "random"),
            "竞价、均价、竞价大厅、信用择优、方案择优、综合评审、随机抽取",
            periods,
        ),
        (("direct",), "直接选取", ["named_agency", "naming_reasons"]),
        (("plan_price", "experts"), "方案择优、综合评审", ["price_weight", "criteria"]),
        (("experts",), "综合评审（专家评分）", ["record_weight", "named_experts"]),
    ]
    assert [bound.name for bound in form.common] == ["ceiling", "price_basis"]
    assert [bound.name for bound in form.groups[0].of_units] == ["quantity_unit", "quantity"]
    assert [bound.name for bound in form.groups[0].always] == ["quote"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_units_are_kept_only_where_their_price_is_quoted() -> None:
    units = {"quantity": "3000", "quantity_unit": "平方米", "ceiling": "36万"}

    by_unit = method_form(TenderFactory(), quote="unit", **units)
    assert by_unit.errors == {}
    assert (by_unit.instance.quantity, by_unit.instance.quantity_unit) == (3000, "平方米")
    by_amount = method_form(TenderFactory(), quote="amount", **units)
    assert by_amount.is_valid()
    assert (by_amount.instance.quantity, by_amount.instance.quantity_unit) == (None, "")
    uneven = method_form(TenderFactory(), quote="unit", **{**units, "ceiling": "36.00001万"})
    assert list(uneven.errors) == ["quantity"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_the_strictest_of_several_funds_is_the_one_that_counts() -> None:
    shares = {"fund": "private", "fund_shares": "社会40 财政60"}
    form = NeedForm({**NEED, **shares}, instance=TenderFactory(), at=NOON)

    assert form.errors == {}
    assert (form.instance.fund, form.instance.fund_shares) == (
        "fiscal",
        {"fiscal": "60", "private": "40"},
    )
    less = NeedForm(
        {**NEED, **shares, "fund_shares": "社会40 财政50"}, instance=TenderFactory(), at=NOON
    )
    assert list(less.errors) == ["fund_shares"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_amount_and_period_say_what_is_allowed() -> None:
    period = "报名期不能%s 个工作日。依据：规则手册 order.signup_%s。"
    whole = "请填写 1 至 9,999 之间的整数，单位是工作日，例如 20。"
    tender = TenderFactory()

    for days, said in {
        "": None,
        "0": whole,
        "2": period % ("少于 3", "min"),
        "3": None,
        "60": None,
        "61": period % ("超过 60", "max"),
    }.items():
        expected = {"signup_days": [said]} if said else {}
        assert method_form(tender, signup_days=days).errors == expected
    for amount, said in {
        "八万六": "请填写金额，例如 348000、348,000 或 34.8万。",
        "0": "最高限价须大于零；不预估价格的，可以不填。",
    }.items():
        assert method_form(tender, ceiling=amount).errors == {"ceiling": [said]}


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_floor_and_times_by_the_clock_are_taken_or_refused_beside_their_field() -> None:
    tender = TenderFactory()
    for fields, errors in (
        ({"floor": "8万", "ceiling": "10万"}, {}),
        (
            {"floor": "11万", "ceiling": "10万"},
            {"floor": ["最低限价须大于零，不高于最高限价；没有最高限价的，不能只设最低限价。"]},
        ),
        ({**NO_DAYS, "signup_until": "2026-12-03T16:30"}, {}),
        (
            {**NO_DAYS, "signup_until": "12月3日"},
            {"signup_until": ["请填写日期和时间，例如 2026-12-03 16:30。"]},
        ),
        (
            {"signup_until": "2026-12-03 16:30", "signup_days": "5"},
            {"signup_until": ["报名期的天数和报名截止时间只填一项。"]},
        ),
        (
            {**NO_DAYS, "signup_until": "2026-11-26 16:30"},
            {"signup_until": ["报名期不能少于 3 个工作日。依据：规则手册 order.signup_min。"]},
        ),
        (
            {"signup_days": "5", "selection_at": "2026-12-01 16:30"},
            {"selection_at": ["选取时间须在报名截止 60 秒以后。依据：规则手册 opening.grace。"]},
        ),
    ):
        form = method_form(tender, **fields)
        assert form.errors == errors, fields
    times = {"signup_until": "2026-12-03 16:30", "selection_at": "2026-12-04 09:30"}
    kept = method_form(tender, **NO_DAYS, **times)
    assert kept.is_valid()
    assert kept.cleaned_data["signup_until"] == datetime(2026, 12, 3, 16, 30, tzinfo=CHINA)
    assert kept.cleaned_data["selection_at"] == datetime(2026, 12, 4, 9, 30, tzinfo=CHINA)


def test_reasons_are_asked_for_and_are_text_that_can_be_seen() -> None:
    assert ReasonsForm({"reasons": "一\n二"}).is_valid()
    for wrong in ("", " ", "甲" * 1001, "看不\u200b见"):
        assert list(ReasonsForm({"reasons": wrong}).errors) == ["reasons"]


def test_an_officers_word_is_not_given_by_silence() -> None:
    for form, name in ((ReviewForm, "uscc_confirmed"), (RegistrationForm, "namesakes_ruled_out")):
        for posted, given in (({}, False), ({name: "on"}, True)):
            filled = form(posted)
            assert filled.is_valid()
            assert filled.cleaned_data == {name: given}


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_money_is_asked_whether_it_suits_the_method_that_was_chosen() -> None:
    chosen, open_ = TenderFactory(method="direct"), TenderFactory(method="")

    errors = [
        list(NeedForm({**NEED, "fund": "fiscal"}, instance=tender, at=NOON).errors)
        for tender in (chosen, open_)
    ]

    assert errors == [["fund"], []]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_method_asks_for_its_own_fields_and_without_one_nothing_is_asked() -> None:
    direct = method_form(TenderFactory(), method="direct")
    nothing = method_form(TenderFactory(), method="")

    assert list(direct.errors) == ["named_agency"]
    assert list(nothing.errors) == ["method"]
