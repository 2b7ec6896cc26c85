"""The crowd of the demo: those of whom nothing is told, put on stage with the rest."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bidding.models import Award, Tender
from cms.demo.crowd import whole
from cms.demo.play import days_around
from cms.demo.script import Order, script
from marketplace.kernel.invariants import breaches
from marketplace.models import Agency, Buyer
from tests.clock import NOON
from tests.cms.builds import kept

CITIES = {f"36{city:02d}" for city in range(1, 12)}


def crowd() -> list[Order]:
    return [one for one in whole().orders if not one.is_told]


# --- Who is in it ---------------------------------------------------------------------------------
def test_the_crowd_comes_beside_what_is_told_and_changes_nothing_of_it() -> None:
    told, both = script(), whole()

    assert both.orders[: len(told.orders)] == told.orders
    assert {key: both.agencies[key] for key in told.agencies} == told.agencies
    assert {key: both.buyers[key] for key in told.buyers} == told.buyers
    assert (len(both.agencies), len(both.buyers), len(both.orders)) == (126, 40, 210)


def test_nobody_and_nothing_is_called_like_another() -> None:
    both = whole()
    named = [one.name for one in (*both.agencies.values(), *both.buyers.values())]

    assert len(named) == len(set(named))
    assert len(both.orders) == len({one.title for one in both.orders})
    assert len(both.orders) == len({one.key for one in both.orders})


def test_the_crowd_is_the_same_each_time() -> None:
    first = whole()

    whole.cache_clear()

    assert whole() == first
    assert whole() is not first


def test_each_city_has_agencies_owners_and_orders_of_the_crowd() -> None:
    agencies = [one for one in whole().agencies.values() if not one.is_told]
    owners = [one for key, one in whole().buyers.items() if key not in script().buyers]

    assert {one.division[:4] for one in agencies} == CITIES
    assert {one.division[:4] for one in owners} == CITIES
    assert {one.place[:4] for one in crowd()} == CITIES


def test_each_order_begins_with_its_place_and_is_paid_by_an_owner_who_may() -> None:
    words = {key: owner.fund for key, owner in whole().buyers.items()}
    funds = {(one.item, words[one.buyer]) for one in crowd()}

    assert {item for item, _fund in funds} == {"S02", "S03", "S04", "S05", "S06", "S30"}
    assert {fund for item, fund in funds if item == "S02"} == {"fiscal", "state_owned"}
    assert {fund for item, fund in funds if item == "S05"} == {"fiscal"}
    assert all(20_000 < one.ceiling < 400_000 for one in crowd())


def test_the_orders_are_spread_over_half_a_year_the_oldest_first() -> None:
    published = [one.rounds[0].published for one in crowd()]

    assert published == sorted(published)
    assert (published[0], published[-1]) == (-112, -1)
    assert (script().first_day, whole().first_day) == (-104, -126)


# --- The whole of it ------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """Return what the whole demo came to, as plain values that are kept."""

    def build() -> list[str]:
        with (
            django_db_blocker.unblock(),
            override_settings(DEMO=True, DEMO_CROWD=True),
            time_machine.travel(NOON, tick=False),
            transaction.atomic(),
        ):
            call_command("demo", "--day", str(NOON.date()), verbosity=0)
            found = came_to()
            transaction.set_rollback(True)
        return [json.dumps(found)]

    [line] = kept("whole", build)
    found: dict[str, Any] = json.loads(line)
    return found


def came_to() -> dict[str, Any]:
    at_rest = days_around(NOON.date()).end - timedelta(minutes=1)
    awards = Award.objects.filter(status="complete").values_list("tender__item__code", flat=True)
    won = Award.objects.values_list("tender__title", "bid__agency__name")
    return {
        "agencies": Counter(Agency.objects.values_list("status", flat=True)),
        "owners": Buyer.objects.count(),
        "orders": Tender.objects.public().count(),
        "open": Tender.objects.filter(status="active").count(),
        "awards": Counter(awards),
        "won": sorted(won),
        "broken": [one.invariant.name for one in breaches(at_rest)],
    }


@pytest.mark.long
@pytest.mark.django_db
def test_the_whole_province_is_large_and_all_that_must_hold_holds(built: dict[str, Any]) -> None:
    assert built["broken"] == []
    assert built["agencies"]["active"] == 120
    assert built["owners"] == 41
    assert built["orders"] > 200
    assert built["open"] > 20
    assert min(built["awards"][item] for item in ("S02", "S03", "S04", "S05", "S06", "S30")) >= 5


@pytest.mark.long
@pytest.mark.django_db
def test_what_is_told_is_decided_among_those_of_whom_is_told(built: dict[str, Any]) -> None:
    told = {order.title for order in script().orders}
    names = {one.name for one in script().agencies.values()}

    assert all((name in names) == (title in told) for title, name in built["won"])
    assert len(built["won"]) > 150
