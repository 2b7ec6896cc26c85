"""The texts of the methods, filled with the values that are executed."""

from decimal import Decimal

import pytest

from bidding.models import Tender
from bidding.rulebook import bound_rules
from bidding.selection.methods import (
    METHODS,
    rule_sentences,
)
from marketplace.kernel.models import CalendarDay
from tests.bidding.halls import announced
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import ServiceItemFactory, load_rules


@pytest.mark.django_db
def test_the_rule_text_states_the_values_that_the_code_obeys():
    load_rules(order__signup_min=4, opening__grace=90, result__publicity=5)
    CalendarDay.objects.create(day=NOON.date(), is_workday=True, name="x", source="test")
    tender = TenderFactory(active=True, fund="fiscal")

    rules = {sentence.key: sentence.text for sentence in rule_sentences(tender) if sentence.key}

    assert rules == {
        "order.signup_min": "采购公告发布后，报名期不少于 4 个工作日。",
        "question.until": (
            "报名截止 24 小时以前，入驻机构可以提问，业主的答复向社会公开，不公开是谁提问。"
        ),
        "question.answer_until": "业主的答复最迟在报名截止 12 小时以前公开。",
        "opening.grace": "报名截止 90 秒后统一开启报价，此前任何人都看不到报价。",
        "bid.low_below_mean": (
            "开启后，报价低于全部有效报价平均值达到 40%的为异常低价，机构须说明成本。"
        ),
        "bid.low_below_next": (
            "开启后，报价低于高一位的有效报价达到 30%的为异常低价，机构须说明成本。"
        ),
        "bid.cost_explain": (
            "异常低价的机构在开启报价后 2 个工作日内说明成本，说明办结以前不登记结果。"
        ),
        "bid.cost_judge": (
            "项目业主收到成本说明后 2 个工作日内审核并公开理由；逾期没有审核的，说明视为成立。"
        ),
        "order.outcome.cost_refused.fiscal": (
            "成本说明不成立的，报价不计入，由其余的有效报价继续；没有其余报价的流标。"
        ),
        "order.outcome.cost_silent.fiscal": (
            "没有在期限内说明成本的，报价不计入，由其余的有效报价继续；没有其余报价的流标。"
        ),
        "order.min_signups.lowest.fiscal": (
            "有效报名少于 3 家的流标，已密封的报价不开启，也不公开。"
        ),
        "order.outcome.too_few.fiscal": "流标后可以重新组织。",
        "result.publicity": "结果公示 5 个工作日，期满发出中选通知书。",
        "order.outcome.abandoned.fiscal": (
            "中选机构放弃的，不由下一名递补，重新组织采购；放弃的机构不能参加。"
        ),
        "order.outcome.restricted.fiscal": (
            "签约以前，中选机构受到信用限制的，取消中选，不由下一名递补，重新组织采购。"
        ),
    }


@pytest.mark.django_db
def test_the_notice_of_a_later_round_states_its_own_minimum_and_the_next():
    first = TenderFactory(unsuccessful=True, fund="fiscal")
    second = TenderFactory(active=True, fund="fiscal", previous=first, round=2)
    third = TenderFactory(fund="fiscal", previous=TenderFactory(unsuccessful=True), round=2)
    third.previous.previous = first

    said = {sentence.key: sentence.text for sentence in rule_sentences(second)}
    later = {sentence.key: sentence.text for sentence in rule_sentences(third, NOON)}

    assert said["order.outcome.too_few.fiscal.round_2"] == (
        "流标后可以重新组织，下一轮有效报名不少于 2 家即可选取。"
    )
    assert later["order.min_signups.lowest.fiscal.round_3"] == (
        "有效报名少于 2 家的流标，已密封的报价不开启，也不公开。"
    )


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
        (
            "中选机构放弃的，不由下一名递补，重新组织采购；放弃的机构不能参加。",
            "order.outcome.abandoned.private",
        ),
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


@pytest.mark.django_db
def test_a_hall_of_rates_says_its_step_and_floor_as_rates() -> None:
    load_reference()
    tender = announced(quote="rate", floor=Decimal(72_000))

    said = {sentence.key: sentence.text for sentence in rule_sentences(tender)}

    assert said["auction.rate_step"] == (
        "报下浮率的，每次比当前最高下浮率至少提高最低限价所对应下浮率的 20%。"
        "这项采购每次至少提高 5.60 个百分点；贵单位已是最高的，不能再报。"
    )
    assert said["order.floor.private"] == (
        "报价不得低于最低限价 ¥72,000.00，即下浮率最高 28.00%；"
        "与它相差不足一次提高幅度的，可以直接报这个下浮率。"
    )
    assert "auction.step" not in said
