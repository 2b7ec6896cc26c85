"""What a method decides, and that its rule text says what the code does."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import bidding
from bidding.models import Tender
from bidding.rulebook import bound_rules
from bidding.selection.methods import (
    METHODS,
    OrderNotPublished,
    method_of,
    rule_sentences,
)
from bidding.selection.terms import TERMS
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import CalendarDay
from tests.bidding.refusals import failing
from tests.bidding.shipped import C2026, RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import ServiceItemFactory, load_rules

LOWEST, DIRECT = METHODS["lowest"], METHODS["direct"]
TEXTS = Path(bidding.__file__).parent / "templates" / "bidding" / "methods"


def test_every_choice_has_its_method_its_ranking_and_its_text():
    assert set(METHODS) == set(TERMS)
    assert {path.stem for path in TEXTS.glob("*.txt")} == set(METHODS)
    for name, method in METHODS.items():
        assert method.name == name
        assert method.terms_class is TERMS[name]
        assert method_of(Tender(method=name)) is method


def test_sign_up_lasts_as_long_as_the_order_says_else_as_the_rules_demand():
    assert LOWEST.period_end(Tender(), NOON, RULES, C2026).ends_at == datetime(
        2026, 11, 28, tzinfo=CHINA
    )
    assert LOWEST.period_end(Tender(signup_days=5), NOON, RULES, C2026).ends_at == datetime(
        2026, 12, 2, tzinfo=CHINA
    )


def test_a_named_agency_has_the_rules_days_whatever_the_order_says():
    for tender in (Tender(), Tender(signup_days=5)):
        assert DIRECT.period_end(tender, NOON, RULES, C2026).ends_at == datetime(
            2026, 11, 27, tzinfo=CHINA
        )


@pytest.mark.parametrize("method", METHODS.values())
def test_bids_are_opened_a_grace_after_the_deadline(method):
    end = datetime(2026, 11, 27, tzinfo=CHINA)

    assert method.opening_at(end, RULES) == datetime(2026, 11, 27, 0, 1, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("method", "fund", "count"),
    [
        (LOWEST, "fiscal", 3),
        (LOWEST, "state_owned", 3),
        (LOWEST, "private", 1),
        (DIRECT, "private", 1),
    ],
)
@pytest.mark.django_db
def test_the_least_number_of_bids_depends_on_method_and_fund(method, fund, count):
    tender = TenderFactory.build(fund=fund, method=method.name)

    assert method.min_signups(tender, RULES) == count


@pytest.mark.parametrize("method", METHODS.values())
@pytest.mark.parametrize(
    ("amount", "failed"),
    [
        ("0.01", []),
        ("100000.00", []),
        ("100000.01", ["amount_is_within_ceiling"]),
        ("0", ["amount_is_written_to_the_cent"]),
        ("-1", ["amount_is_written_to_the_cent"]),
        ("1.001", ["amount_is_written_to_the_cent"]),
        ("1000000000000", ["amount_is_written_to_the_cent", "amount_is_within_ceiling"]),
    ],
)
def test_an_amount_is_exact_and_within_the_ceiling(method, amount, failed):
    tender = Tender(ceiling=Decimal("100000.00"))

    assert failing(*method.amount_verdicts(tender, Decimal(amount))) == failed


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_is_a_number(amount):
    verdicts = LOWEST.amount_verdicts(Tender(), Decimal(amount))

    assert failing(*verdicts) == ["amount_is_written_to_the_cent"]


def test_without_a_ceiling_any_amount_may_be_offered():
    assert failing(*LOWEST.amount_verdicts(Tender(), Decimal("999999999999.99"))) == []


@pytest.mark.django_db
def test_only_the_named_agency_may_answer_a_direct_order():
    named, other = bidder(), bidder()
    tender = TenderFactory.build(named_agency=named)

    assert failing(*DIRECT.entry_verdicts(tender, named)) == []
    assert failing(*DIRECT.entry_verdicts(tender, other)) == ["agency_is_named"]
    assert failing(*LOWEST.entry_verdicts(tender, other)) == []


@pytest.mark.django_db
def test_terms_say_all_that_publication_fixes():
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    tender = TenderFactory(active=True, item=item, direct=agency)

    assert method_of(tender).terms(tender, RULES).as_json() == {
        "tender_code": tender.code,
        "fund": "private",
        "rulebook": tender.rulebook.sha256,
        "min_signups": 1,
        "method": {"name": "direct", "ceiling": "100000.00", "named_agency": agency.uscc},
    }


def test_a_draft_has_no_terms():
    with pytest.raises(OrderNotPublished):
        LOWEST.terms(Tender(method="lowest"), RULES)


# --- the rule in words ---
@pytest.mark.django_db
def test_the_rule_text_states_the_values_that_the_code_obeys():
    load_rules(order__signup_min=4, opening__grace=90, result__publicity=5)
    CalendarDay.objects.create(day=NOON.date(), is_workday=True, name="x", source="test")
    tender = TenderFactory(active=True, fund="fiscal")

    rules = {sentence.key: sentence.text for sentence in rule_sentences(tender) if sentence.key}

    assert rules == {
        "order.signup_min": "采购公告发布后，报名期不少于 4 个工作日。",
        "opening.grace": "报名截止 90 秒后统一开启报价，此前任何人都看不到报价。",
        "order.min_signups.lowest.fiscal": (
            "有效报名少于 3 家的流标，已密封的报价不开启，也不公开。"
        ),
        "result.publicity": "结果公示 5 个工作日，期满发出中选通知书。",
    }


@pytest.mark.django_db
def test_the_rule_text_of_a_direct_order_names_its_ceiling():
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(active=True, item=item, direct=bidder(item))

    assert [
        (sentence.text, sentence.key or sentence.source) for sentence in rule_sentences(tender)
    ] == [
        (
            "项目业主指定一家全省有效、资质相符的机构，并公开理由；"
            "财政资金在审批中委托的服务不能直接选取。",
            "《优化营商环境条例》第四十三条第三款",
        ),
        ("公告所列机构在 2 个工作日内接受或者谢绝。", "direct.accept"),
        (
            "接受时报出的金额不得高于最高限价 ¥100,000.00，精确到分。",
            "公告所列，由项目业主设定",
        ),
        ("接受即开启报价并选取；谢绝或者逾期没有答复的流标。", "平台默认"),
        ("结果公示 3 个工作日，期满发出中选通知书。", "result.publicity"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_sentence_of_a_rule_names_a_value_of_the_rulebook_or_its_source_in_words(method):
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(active=True, item=item, direct=bidder(item))
    tender.method = method

    sentences = rule_sentences(tender)

    assert {bool(sentence.key) != bool(sentence.source) for sentence in sentences} == {True}
    keys = {sentence.key for sentence in sentences if sentence.key}
    assert keys <= set(bound_rules(tender.rulebook).values)


@pytest.mark.django_db
def test_the_rule_text_of_a_draft_follows_the_values_in_force():
    load_reference()
    tender = TenderFactory(ceiling=None)

    texts = [sentence.text for sentence in rule_sentences(tender, NOON)]

    assert "采购公告发布后，报名期不少于 3 个工作日。" in texts
    assert "这项采购不设最高限价，报价精确到分。" in texts


def test_without_a_method_there_is_no_rule():
    assert rule_sentences(Tender()) == []
