"""A row of a list says what the order's own model says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bidding.actions.disputes import withdraw_dispute
from bidding.models import Tender
from bidding.pages.lists import tender_table
from bidding.pages.order_lines import closing_steps, first_to_close, order_lines
from bidding.pages.order_rows import order_rows
from bidding.pages.steps import stage_word
from marketplace.kernel import known
from marketplace.web.components import NOW
from marketplace.web.keys import InTurn
from tests.bidding.disputing import FILED, world
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory, load_reference
from tests.factories.marketplace import division

pytestmark = pytest.mark.django_db
MOMENTS = (NOON, NOON + timedelta(days=400))


def test_a_row_says_what_the_order_says() -> None:
    load_reference()
    made = [
        TenderFactory(active=True, ceiling=None),
        TenderFactory(active=True, division=division("360000")),
        TenderFactory(complete=True),
        AwardFactory().tender,
    ]
    orders = [Tender.objects.for_lists().get(pk=one.pk) for one in made]

    lines = order_lines([one.pk for one in orders])

    for line, order in zip(lines, orders, strict=True):
        assert (line.code, line.title, line.buyer) == (order.code, order.title, order.buyer.name)
        assert (line.place, line.ceiling) == (order.division.full_name, order.ceiling)
        assert line.city == (order.division.parent or order.division).name
        assert line.service_class == order.item.service_class.name
        assert line.tender_period_end == order.tender_period_end
        assert line.is_end_provisional == order.is_end_provisional
        assert [line.stage_word(at) for at in MOMENTS] == [stage_word(order, at) for at in MOMENTS]


def test_rows_come_as_asked_and_are_read_once_at_a_version() -> None:
    load_reference()
    first, second = TenderFactory(active=True), TenderFactory(active=True)
    draft = TenderFactory()
    with known.at_version("1-1-1/lines"):
        order_lines([first.pk])
        with CaptureQueriesContext(connection) as captured:
            found = order_lines([second.pk, draft.pk, first.pk])
            again = order_lines([first.pk, second.pk])

    assert [line.code for line in found] == [second.code, first.code]
    assert again == found[::-1]
    assert len(captured) == 1
    assert order_lines([draft.pk]) == []


def test_an_order_that_stands_still_says_so_in_every_list_until_it_runs_on() -> None:
    it = world()
    key = it.award.tender_id
    dispute = it.filed()

    [line], [row] = order_lines([key]), order_rows([key])
    _heads, told = tender_table(InTurn(Tender.objects.for_lists().filter(pk=key)), FILED)

    for one in (line, row):
        assert (one.stage_word(FILED), one.is_suspended) == ("已中止", True)
    assert not line.takes_sign_ups
    assert "计时暂停" in Client().get(f"/tenders/?q={it.tender.code}").content.decode()
    assert (told[10], told[11]) == ("", "已中止")

    withdraw_dispute(dispute=dispute, by=it.by, at=FILED)

    for one in (*order_lines([key]), *order_rows([key])):
        assert one.stage_word(FILED) == "结果公示"
        assert not one.is_suspended


def test_what_comes_of_several_orders_is_the_end_of_the_one_that_closes_first() -> None:
    load_reference()
    TenderFactory(active=True, tender_period_end=NOON + timedelta(days=3))
    first = TenderFactory(active=True, tender_period_end=NOON + timedelta(days=1))
    TenderFactory(complete=True)

    keys = first_to_close(Tender.objects.open_at(NOON))
    [step] = closing_steps(keys)

    assert keys == [first.pk]
    assert (step.state, step.at) == (NOW, NOON + timedelta(days=1))
    assert step.note == f"最早截止的采购：{first.title}"
    assert closing_steps(first_to_close(Tender.objects.open_at(NOON).none())) == []
