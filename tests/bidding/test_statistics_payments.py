"""A late payment counts when it was found true, at the order that it belongs to."""

from datetime import timedelta

import pytest

from bidding.actions.conduct import report_buyer
from bidding.actions.reckoning import reckon
from bidding.models import Award
from bidding.pages.figures.page import asked_at
from bidding.pages.figures.plots import payments
from bidding.pages.figures.scope import Scope
from bidding.statistics.payments import LatePayment, late_payments
from credit.actions import judge_fact
from credit.actions.schemes import load_scheme
from marketplace.kernel.calendar import day_of
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import AwardFactory
from tests.factories.marketplace import UserFactory, load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = timedelta(days=1)


@pytest.fixture
def award() -> Award:
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    award: Award = AwardFactory(complete=True)
    return award


def reported(award: Award, *, is_true: bool) -> None:
    fact = report_buyer(
        award=award, kind="buyer_paid_late", reasons="没有付款。", by=UserFactory(), at=NOON
    )
    judge_fact(fact=fact, is_excused=not is_true, reasons="核实。", by=UserFactory(), at=NOON + DAY)


def counted(scope: Scope) -> int:
    asked = asked_at(scope, day_of(NOON))
    assert asked is not None
    return sum(int(row.values[0] or 0) for row in payments(asked).rows)


def test_what_was_found_true_is_counted_from_then_on(award: Award) -> None:
    reported(award, is_true=True)
    order = award.tender

    assert late_payments(NOON) == []
    assert late_payments(NOON + DAY) == [
        LatePayment(
            NOON.date().replace(day=1),
            order.division_id,
            order.item.service_class.code,
            order.fund,
        )
    ]


def test_what_was_not_found_true_is_not_counted(award: Award) -> None:
    reported(award, is_true=False)

    assert late_payments(NOON + DAY) == []


def test_the_figure_is_narrowed_as_all_others_are(award: Award) -> None:
    reported(award, is_true=True)
    reckon(at=NOON + DAY)
    order = award.tender

    assert counted(Scope("2026")) == counted(Scope("2026", city=order.division_id)) == 1
    assert counted(Scope("2026", fund=order.fund)) == 1
    assert counted(Scope("2025")) == counted(Scope("2026", city="360100")) == 0
