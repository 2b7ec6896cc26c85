"""Those of whom the script tells nothing: agencies, owners and orders put together by chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from cms.demo.chance import Chance
from cms.demo.script import Agency, Buyer, Order, Round, Script, read, script

CHANCE = Chance("crowd")
FIRST_DAY = -126
"""Half a year before the end, so the story begins a month earlier than it is told."""
EARLIEST, LATEST = -124, -40
"""The working days between which they register; most come at the beginning."""
MOSTLY = 70
FIRST_ORDER, LAST_ORDER = -112, -1
ESTABLISHED = date(2004, 1, 1)
DAYS_OLD = 6600
THOUSAND = 1000
RATINGS = ("high",) * 12 + ("fair",) * 5 + ("silent",) * 2 + ("low",)
Words = Mapping[str, Any]


@cache
def whole() -> Script:
    """Return the script with the crowd beside what it tells."""
    told, words = script(), read("crowd")
    names = iter(CHANCE.shuffled(list(_names(words)), "names"))
    agencies = {one.key: one for one in _agencies(words, names)}
    owners = {one.key: one for one in _owners(words, names)}
    return replace(
        told,
        agencies={**told.agencies, **agencies},
        buyers={**told.buyers, **owners},
        orders=[*told.orders, *_orders(words, list(owners.values()), list(agencies.values()))],
        first_day=FIRST_DAY,
    )


def _names(words: Words) -> Iterator[str]:
    for first in words["first"].split():
        for second in words["second"].split():
            yield first + second


def _agencies(words: Words, names: Iterator[str]) -> Iterator[Agency]:
    for number in range(words["agencies"]):
        key = f"jigou{number + 1:03d}"
        trade = _by_share(words["trade"], key)
        place = _place(words, number, key)
        is_early = CHANCE.happens(MOSTLY, "early", key)
        registers = EARLIEST if is_early else CHANCE.between(EARLIEST, LATEST, "registers", key)
        yield Agency(
            key=key,
            name=f"{_short(words, place)}{next(names)}{trade['ending']}",
            division=place,
            classes={trade["class"]: trade["level"]},
            founded=ESTABLISHED + timedelta(days=CHANCE.number(DAYS_OLD, "founded", key)),
            capital=CHANCE.between(1, 12, "capital", key) * 100,
            registers=registers,
            is_told=False,
        )


def _owners(words: Words, names: Iterator[str]) -> Iterator[Buyer]:
    for number in range(words["owners"]):
        key = f"yezhu{number + 1:02d}"
        kind = words["owner"][number % len(words["owner"])]
        place = _place(words, number, key)
        yield Buyer(
            key=key,
            name=f"{_short(words, place)}{next(names)}{kind['ending']}",
            nature=kind["nature"],
            division=place,
            code=kind["code"],
            fund=kind["fund"],
        )


def _orders(words: Words, owners: Sequence[Buyer], agencies: Sequence[Agency]) -> Iterator[Order]:
    """Yield the orders, the oldest first, each with a title of its own."""
    titles = set[str]()
    for number, plan in enumerate(_plans(words)):
        key = f"xuqiu{number + 1:03d}"
        need = _by_share([one for one in words["need"] if _suits(one, plan)], key)
        funds = [plan["fund"]] if "fund" in plan else need["for"]
        owner = CHANCE.one_of([one for one in owners if one.fund in funds], "owner", key)
        title = next(one for one in _titles(words, need, owner, key) if one not in titles)
        titles.add(title)
        ceiling = CHANCE.between(need["least"], need["most"], "ceiling", key) * THOUSAND
        amounts = {
            "amount": CHANCE.between(*need["amounts"], "amount", key),
            "months": CHANCE.between(6, 24, "months", key),
        }
        yield Order(
            key=key,
            title=title,
            buyer=owner.key,
            item=need["item"],
            place=owner.division,
            ceiling=ceiling,
            days=need["days"],
            scale=need["scale"].format(**amounts),
            method=plan.get("method")
            or CHANCE.one_of(words["methods"][owner.fund].split(), "method", key),
            floor=ceiling * plan["floor"] // 100 if "floor" in plan else None,
            named=_named(agencies, need, plan, key) if "naming" in plan else "",
            naming=plan.get("naming", ""),
            weights=plan.get("weights", {}),
            rounds=[_round(plan, need, key)],
            is_told=False,
        )


def _plans(words: Words) -> list[Words]:
    """
    Return what is fixed of each order beforehand, the oldest first: when it is published.

    Of some it is the method as well and where they stand at the end: each method stands everywhere.
    """
    shown = [
        {**way, **stand, "published": min(stand["published"] + way.get("later", 0), LAST_ORDER)}
        for way in words["way"]
        for stand in words["stand"]
    ]
    count = words["orders"] - len(shown)
    days = [FIRST_ORDER + (LAST_ORDER - FIRST_ORDER) * n // (count - 1) for n in range(count)]
    return sorted([{"published": day} for day in days] + shown, key=lambda one: one["published"])


def _suits(need: Words, plan: Words) -> bool:
    """Tell whether an owner of the fund needs it, and it is of the class that is asked for."""
    is_paid = plan.get("fund") in {None, *need["for"]}
    return is_paid and plan.get("class") in {None, need["class"]}


def _named(agencies: Sequence[Agency], need: Words, plan: Words, key: str) -> str:
    """Return the agency that an owner names: it was on the register for some time."""
    able = [
        one.key
        for one in agencies
        if need["class"] in one.classes and one.bids_on(plan["published"] - 1)
    ]
    return CHANCE.one_of(able, "named", key)


def _round(plan: Words, need: Words, key: str) -> Round:
    published = plan["published"]
    fails = plan.get("bid_count") == 0
    return Round(
        key=key,
        published=published,
        delivered=None if plan.get("serves") else CHANCE.between(10, need["days"], "days", key),
        rating=CHANCE.one_of(RATINGS, "rating", key),
        stays=plan.get("stays", ""),
        bid_count=plan.get("bid_count"),
        cancelled=plan.get("cancelled", ""),
        declined=plan.get("declined", "") if fails else "",
        hall=published + plan["hall_after"] if "hall_after" in plan else None,
        quotes=plan.get("quotes", 0),
    )


def _titles(words: Words, need: Words, owner: Buyer, key: str) -> Iterator[str]:
    place = words["places"][owner.division]
    subjects, reach = need["subjects"].split(), need["reach"].split()
    for where in CHANCE.shuffled(reach, "where", key):
        for what in CHANCE.shuffled(subjects, "what", key):
            yield f"{place}{where}{what}{need['ending']}"


def _place(words: Words, number: int, key: str) -> str:
    """Return a county; the cities come in turn."""
    cities = sorted({code[:4] for code in words["places"]})
    city = cities[number % len(cities)]
    counties: list[str] = [code for code in words["places"] if code.startswith(city)]
    return CHANCE.one_of(counties, "place", key)


def _short(words: Words, place: str) -> str:
    return str(words["places"][place])[:-1]


def _by_share(kinds: Sequence[Words], key: str) -> Words:
    """Return one of several kinds, each as often as its share of a hundred says."""
    drawn = CHANCE.number(sum(one["share"] for one in kinds), "share", key)
    for one in kinds:
        drawn -= one["share"]
        if drawn < 0:
            break
    return one
