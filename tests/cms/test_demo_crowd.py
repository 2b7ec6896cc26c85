"""The crowd of the demo: those of whom nothing is told, put on stage with the rest."""

from __future__ import annotations

from cms.demo.crowd import whole
from cms.demo.script import Order, script

CITIES = {f"36{city:02d}" for city in range(1, 12)}


def crowd() -> list[Order]:
    return [one for one in whole().orders if not one.is_told]


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
