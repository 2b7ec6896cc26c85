"""Statements whose SQL is made once: the rows are those of the queryset, with the values given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from bidding.models import Bid, Tender
from marketplace.kernel import statements
from marketplace.kernel.statements import Prefix, counted, statement, totalled
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import BidFactory, TenderFactory, unsealed
from tests.factories.marketplace import UserFactory, division

HOUR = timedelta(hours=1)
built: list[str] = []


@statement
def bids_until(*, at: datetime, agencies: Sequence[int]) -> QuerySet[Bid, Any]:
    built.append("bids_until")
    bids = Bid.objects.filter(submitted_at__lt=at, agency__in=agencies).order_by("pk")
    return bids.with_amount().values_list("slug", "amount", "submitted_at")


@statement
def orders_within(*, prefix: str) -> QuerySet[Tender, Tender]:
    placed = Tender.objects.filter(division__code__startswith=prefix).order_by("pk")
    return placed.select_related("buyer__division").annotate(place=F("division__name"))


@statement
def orders_of_area(*, prefix: Prefix) -> QuerySet[Tender, int]:
    built.append("orders_of_area")
    return Tender.objects.filter(division__code__startswith=prefix).values_list("pk", flat=True)


@statement
def bids_named(*, slugs: Sequence[str]) -> QuerySet[Bid, Any]:
    return Bid.objects.filter(slug__in=slugs).order_by("pk").values_list("slug", flat=True)


@statement
def count_of(*, title: str) -> QuerySet[Tender, int]:
    return counted(Tender.objects.filter(title=title).order_by("title"))


@statement
def counts(*, at: datetime) -> QuerySet[Bid, Any]:
    return totalled(
        Bid.objects.all(),
        early=Count("pk", filter=Q(submitted_at__lt=at)),
        orders=Count("tender", distinct=True),
    )


@pytest.mark.django_db
def test_a_statement_returns_the_rows_of_its_queryset_for_what_is_given() -> None:
    order = TenderFactory(evaluated=True)
    first, second, third = (
        BidFactory(tender=order, submitted_at=NOON + n * HOUR) for n in range(3)
    )
    agencies = [first.agency_id, second.agency_id, third.agency_id]

    rows = bids_until(at=NOON + 2 * HOUR, agencies=agencies)

    amounts = [unsealed(bid.offers.get()) for bid in (first, second)]
    assert rows == [
        (first.slug, amounts[0], NOON),
        (second.slug, amounts[1], NOON + HOUR),
    ]
    assert bids_until(at=NOON + HOUR, agencies=agencies[1:]) == []
    assert [row[0] for row in bids_until(at=NOON + HOUR, agencies=agencies[:1])] == [first.slug]
    assert bids_until(at=NOON, agencies=[]) == []


@pytest.mark.django_db
def test_several_words_may_be_given_as_well_as_several_numbers() -> None:
    named = [BidFactory().slug for _bid in range(3)]

    assert bids_named(slugs=[*named[:2], "nobody's"]) == named[:2]
    assert bids_named(slugs=named[2:]) == named[2:]
    assert bids_named(slugs=[]) == []


@pytest.mark.django_db
def test_its_sql_is_made_once_for_a_power_of_two_of_keys() -> None:
    bids_until.forget()
    built.clear()

    for agencies in ([1, 2, 3], [4, 5, 6, 7], [8, 9, 1]):
        bids_until(at=NOON, agencies=agencies)

    assert built == ["bids_until"]
    bids_until(at=NOON, agencies=[1])
    assert built == ["bids_until"] * 2


@pytest.mark.django_db
def test_an_area_has_sql_of_its_own() -> None:
    order = TenderFactory(division=division("360702"))
    orders_of_area.forget()
    built.clear()

    found = [orders_of_area(prefix=one) for one in ("36", "360702", "3601", "36", "360702")]

    assert found == [[order.pk], [order.pk], [], [order.pk], [order.pk]]
    assert built == ["orders_of_area"] * 3


@pytest.mark.django_db
def test_a_statement_of_models_returns_them_with_what_is_joined() -> None:
    bid = BidFactory()
    prefix = bid.tender.division.code[:4]

    with CaptureQueriesContext(connection) as captured:
        found = orders_within.one(prefix=prefix)
        assert found is not None
        told = (found, found.buyer.name, found.buyer.division, getattr(found, "place"))  # noqa: B009 - not a field of the row

    buyer = bid.tender.buyer
    assert told == (bid.tender, buyer.name, buyer.division, bid.tender.division.name)
    assert len(captured) == 1
    assert orders_within.one(prefix="99") is None


@pytest.mark.django_db
def test_what_is_counted_is_a_statement_too() -> None:
    bid = BidFactory(submitted_at=NOON)

    assert count_of(title=bid.tender.title) == [1]
    assert count_of(title="") == [0]
    assert counts(at=NOON + HOUR) == [(1, 1)]
    assert counts(at=NOON) == [(0, 1)]


@statement
def _named(key: int, on: datetime) -> QuerySet[User]:
    return User.objects.filter(pk=key, date_joined__lte=on)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_what_is_prepared_is_planned_once_in_a_connection_and_says_the_same() -> None:
    user = UserFactory(date_joined=NOON)
    known = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%date_joined%%'"

    answers = [_named(user.pk, NOON) for _time in range(5)]
    with connection.cursor() as cursor:
        cursor.execute(known)
        count = cursor.fetchone()[0]

    assert (answers, count) == ([[user]] * 5, 1)
    assert _named(user.pk, NOON - timedelta(seconds=1)) == []


@statement
def orders_at_a_discount(*, prefix: str) -> QuerySet[Tender, Any]:
    placed = Tender.objects.filter(division__code__startswith=prefix, round=1)
    return placed.filter(title__contains="5%'s").values_list("title", flat=True)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_what_is_the_same_each_time_is_planned_as_it_is() -> None:
    found = TenderFactory(title="降 5%'s 价")
    TenderFactory(title="降 5 价")

    assert orders_at_a_discount(prefix=found.division_id[:2]) == [found.title]
    [made] = orders_at_a_discount._made.values()
    assert "= 1" in made.sql
    assert made.sql.count("%s") == 1
    assert [type(one) for one in made.parameters] == [statements.Slot]


GIVEN = {
    "date": [NOON.date()],
    "datetime": [NOON],
    "int": [1],
    "str": ["1"],
    "Sequence[int]": [[1, 2]],
    "Sequence[str]": [["1", "2"]],
    "bool": [False, True],
    "Prefix": ["36", "360702"],
}
"""What each kind of argument is given."""


@pytest.mark.postgresql
@pytest.mark.django_db
def test_every_statement_can_be_planned_before_its_values_are_known() -> None:
    """PostgreSQL must find the types of all values by itself; SQLite asks for none."""
    import_module(settings.ROOT_URLCONF)  # every page, and so every statement
    every = statements._all

    for one in every:
        for chosen in product(*(GIVEN[kind] for kind in one.arguments.values())):
            for _time in range(3):  # the third is sent as it was planned
                one(**dict(zip(one.arguments, chosen, strict=True)))
    assert len(every) > 80
