"""Each figure is the number of the list that it leads to."""

import pytest
from django.test import Client

from bidding.actions.reckoning import reckon
from bidding.pages.figures.page import asked_at
from bidding.pages.figures.plots import PLOTS
from bidding.pages.figures.scope import ALL, Scope
from marketplace.kernel.calendar import day_of
from tests.bidding.counting import counted, settle
from tests.clock import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_each_figure_is_the_number_of_the_list_that_it_leads_to(client: Client) -> None:
    settle()
    reckon(at=NOON)
    for scope in (Scope("2026"), Scope(ALL, city="360100", fund="fiscal")):
        asked = asked_at(scope, day_of(NOON))
        assert asked is not None
        plots = {make.__name__: make(asked) for make in PLOTS}
        for name in ("months", "places", "classes", "methods", "funds"):
            rows = [row for row in plots[name].rows if row.values[0]]
            assert rows
            assert [row.values[0] for row in rows] == [counted(client, row.url) for row in rows], (
                name
            )
        for row in plots["waiting"].rows[-2:]:
            assert row.values[2] == counted(client, row.url)
        for row in plots["savings"].rows:
            assert counted(client, row.url)
        few, fell_away, cancelled = plots["endings"].rows
        assert few.values[0] == counted(client, few.url)
        together = (fell_away.values[0] or 0) + (cancelled.values[0] or 0)
        assert together == counted(client, cancelled.url)
