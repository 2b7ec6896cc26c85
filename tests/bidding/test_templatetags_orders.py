"""What templates need to know of orders, in words."""

import pytest
from django.template import Context

from bidding.models import Tender
from bidding.templatetags import orders
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, TenderFactory

NOW = Context({"platform_now": NOON})


def label_of(chip: str) -> str:
    """Return the word on a chip as it is drawn."""
    return chip.rpartition("</svg>")[2].strip().removesuffix("</span>").strip()


@pytest.mark.django_db
def test_an_order_an_award_and_a_bid_have_one_word_each() -> None:
    award = AwardFactory()
    lost = BidFactory(tender=award.tender)

    assert label_of(orders.stage_chip(NOW, TenderFactory(active=True))) == "报名中"
    assert label_of(orders.award_chip(NOW, award)) == "结果公示"
    assert label_of(orders.bid_chip(award.bid)) == "拟中选，结果公示"
    assert label_of(orders.bid_chip(lost, fill=True)) == "未中选"
    assert " fill" in orders.bid_chip(lost, fill=True)
    assert " fill" not in orders.bid_chip(lost)


@pytest.mark.django_db
def test_a_bid_has_the_same_word_on_its_page_as_in_the_lists() -> None:
    labels = [
        label_of(orders.bid_chip(BidFactory(**state)))
        for state in ({}, {"withdrawn": True}, {"ended": True}, {"excluded": True})
    ]

    assert labels == ["报价已密封", "已撤回", "已失效", "已失效"]


@pytest.mark.django_db
def test_the_row_of_the_chosen_bid_stands_out_and_that_of_one_left_out_back() -> None:
    award = AwardFactory()
    others = [BidFactory(tender=award.tender, **state) for state in ({}, {"excluded": True})]

    assert [orders.row_tone(bid) for bid in (award.bid, *others)] == ["win", "", "out"]
    assert [orders.is_chosen(bid) for bid in (award.bid, *others)] == [True, False, False]
    ended = orders.end_of_bid(others[1])
    assert ended is not None
    assert str(ended.word) == "已失效"
    assert orders.end_of_bid(award.bid) is None


def test_a_method_is_named_in_full_or_without_its_brackets() -> None:
    tender = Tender(method="lowest")

    assert str(orders.method_name(tender)) == "竞价（最低价中选）"
    assert orders.method_word(tender) == "竞价"


def test_an_officer_finds_an_act_to_do_where_the_state_has_one() -> None:
    assert orders.order_state(Tender(status="submitted")).awaits_review
    assert not orders.order_state(Tender(status="reviewed")).awaits_review


def test_the_log_is_told_the_latest_first_and_an_unknown_act_by_its_verb() -> None:
    log = [AuditEntry(verb=verb, at=NOON) for verb in ("tender.published", "tender.other")]

    steps = orders.log_steps(log)

    assert [str(step.label) for step in steps] == ["tender.other", "发布公告"]


def test_classes_are_listed_and_a_statement_is_closed_with_a_full_stop() -> None:
    assert orders.class_names(["环评", "测绘"]) == "环评、测绘"
    assert orders.class_names([]) == "没有有效资质"
    assert (orders.sentence_or_nothing(""), orders.sentence_or_nothing("流标")) == ("", "流标。")
