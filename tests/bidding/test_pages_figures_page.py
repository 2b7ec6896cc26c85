"""The key figures, and what they were a year before."""

import pytest

from bidding.actions.reckoning import reckon
from bidding.pages.figures.page import asked_at, key_figures, plot_of, table_of
from bidding.pages.figures.scope import Scope
from marketplace.kernel.calendar import day_of
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_key_figures_are_those_of_the_scope() -> None:
    AwardFactory(active=True)
    TenderFactory(unsuccessful=True, published_at=NOON.replace(year=2025))
    assert asked_at(Scope("2026"), day_of(NOON)) is None
    reckon(at=NOON)

    found = [(one.value, one.unit, one.note) for one in key_figures(Scope("2026"))]

    assert found == [
        ("1", "项", "上年 1 项"),
        ("1", "项", "其余 0 项在办或者没有选出机构"),
        ("9.00", "万元", ""),
        ("10.0", "%", "按金额加权"),
    ]
    asked = asked_at(Scope("2026"), day_of(NOON))
    assert asked is not None
    plot = plot_of("funds", asked)
    assert plot is not None
    assert table_of(plot)[1][:3] == ["社会资金", 1, 1]
    assert plot_of("nothing", asked) is None
