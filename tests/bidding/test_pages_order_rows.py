"""Orders as the lists of their own sides show them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bidding.models import Tender
from bidding.pages.order_rows import order_rows
from tests.clock import NOON
from tests.factories.bidding import CEILING, DEADLINE, AwardFactory, TenderFactory

pytestmark = pytest.mark.django_db


def test_orders_come_as_their_keys_stand_in_two_statements() -> None:
    draft, active, award = TenderFactory(title=""), TenderFactory(active=True), AwardFactory()
    keys = [award.tender_id, draft.pk, active.pk]
    order_rows(keys)

    with CaptureQueriesContext(connection) as captured:
        rows = order_rows(keys)

    assert [row.pk for row in rows] == keys
    assert [str(row) for row in rows] == [award.tender.title, draft.item.name, active.title]
    assert [str(row.stage_word(NOON)) for row in rows] == ["结果公示", "草稿", "报名中"]
    assert str(rows[2].stage_word(DEADLINE)) == "等待选取"
    assert [row.tender_period_end for row in rows[1:]] == [None, DEADLINE]
    told = (rows[2].buyer, rows[2].place, rows[2].ceiling, rows[2].slug)
    assert told == (active.buyer.name, active.division.full_name, CEILING, active.slug)
    assert len(captured) == 3  # with the names of places, which a page reads once


def test_an_end_is_provisional_while_it_runs() -> None:
    tender = TenderFactory(active=True)
    end = tender.deadlines.get(kind="tender.sign_up")
    end.is_provisional = True
    end.save()
    [row] = order_rows([tender.pk])
    assert row.is_end_provisional

    Tender.objects.filter(pk=tender.pk).update(status=Tender.Status.CLOSED, closed_at=NOON)
    end.stopped_at = NOON - timedelta(hours=1)
    end.save()

    [row] = order_rows([tender.pk])
    assert not row.is_end_provisional
