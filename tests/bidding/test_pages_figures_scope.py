"""What an address narrows figures to, and the lists that this leads to."""

from datetime import date

import pytest
from django.http import QueryDict

from bidding.pages.figures.scope import ALL, Scope
from tests.factories.marketplace import division

TODAY = date(2026, 11, 24)


@pytest.mark.django_db
def test_what_does_not_exist_narrows_nothing() -> None:
    division("360700")

    found = [
        Scope.of(QueryDict(asked), TODAY)
        for asked in ("", "period=2025&city=360700&fund=fiscal", "period=x&city=9&fund=y")
    ]

    assert found == [Scope("2026"), Scope("2025", "360700", "fiscal"), Scope(ALL)]


def test_a_chart_shows_the_months_of_its_year_or_the_last_twelve() -> None:
    spans = [Scope(year).months(TODAY) for year in ("2026", "2025", ALL)]

    assert [(len(months), months[0].isoformat(), months[-1].isoformat()) for months in spans] == [
        (11, "2026-01-01", "2026-11-01"),
        (12, "2025-01-01", "2025-12-01"),
        (12, "2025-12-01", "2026-11-01"),
    ]


def test_a_scope_leads_to_the_lists_of_the_same() -> None:
    scope = Scope("2026", fund="fiscal")

    assert scope.orders(method="x") == "/tenders/?period=2026&fund=fiscal&method=x"
    assert scope.awards(period="2026-03") == "/awards/?period=2026-03&fund=fiscal&state=won"
    assert Scope(ALL).orders() == "/tenders/"
    assert (scope.before(), Scope(ALL).before()) == (Scope("2025", fund="fiscal"), None)


@pytest.mark.parametrize(
    ("scope", "is_in"),
    [
        (Scope(ALL), True),
        (Scope(ALL, city="360700"), True),
        (Scope(ALL, city="360702"), True),
        (Scope(ALL, city="360703"), False),
        (Scope(ALL, fund="fiscal"), True),
        (Scope(ALL, fund="own"), False),
        (Scope(ALL, service_class="C43"), True),
        (Scope(ALL, service_class="C28"), False),
    ],
)
def test_an_order_is_held_by_its_place_its_class_and_its_fund(scope: Scope, is_in: bool) -> None:
    assert scope.holds("360702", "C43", "fiscal") is is_in
