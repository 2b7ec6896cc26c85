"""Put the whole script on stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bidding.actions.reckoning import reckon
from cms.demo.chance import Chance
from cms.demo.days import Days
from cms.demo.engine import Engine, Story
from cms.demo.reading import working_days
from cms.demo.script import Script
from cms.demo.stories.cases import case_takes_its_course
from cms.demo.stories.catalogue import catalogue_is_changed
from cms.demo.stories.changes import register_is_changed
from cms.demo.stories.disputes import dispute_takes_its_course, report_is_answered
from cms.demo.stories.editors import (
    addresses_are_known,
    department_has_its_section,
    editor_is_appointed,
    item_is_explained,
    messages_are_read,
    notice_is_published,
)
from cms.demo.stories.experts import expert_is_registered
from cms.demo.stories.inspections import plan_is_carried_out
from cms.demo.stories.lists import list_is_imported
from cms.demo.stories.orders import order_is_lived
from cms.demo.stories.people import (
    agency_is_admitted,
    authority_is_proposed,
    authority_is_set_up,
    buyer_registers,
)
from cms.demo.stories.questions import question_is_asked
from cms.demo.stories.register import officer_is_away, practitioner_moves, work_is_declared
from cms.demo.stories.schemes import scheme_is_put_up
from cms.demo.world import World

AWAY_IN = "360702"
MANAGING = "manager-jx"
MARGIN = timedelta(days=250)


def days_around(today: date) -> Days:
    """Return the calendar of a story that ends when `today` begins."""
    return Days(worked=working_days(today - MARGIN, today + MARGIN), today=today)


def play(
    script: Script, *, days: Days, seed: str, password_hash: str, show: Callable[[float], None]
) -> None:
    """Play a script up to the end of its last day."""
    world = World(script=script, chance=Chance(seed), days=days, password_hash=password_hash)
    engine = Engine(begin=days.at(script.first_day, 0), end=days.end, show=show)
    for story in _stories(world):
        engine.enter(story)
    engine.play()
    reckon(at=days.end)


def _stories(world: World) -> Iterator[Story]:
    plan = world.script
    yield from (authority_is_set_up(world, one) for one in plan.authorities)
    yield editor_is_appointed(world)
    yield department_has_its_section(world)
    yield from (notice_is_published(world, one) for one in plan.notices)
    yield from (item_is_explained(world, one) for one in plan.explained)
    yield from (buyer_registers(world, one) for one in plan.buyers.values())
    yield from (agency_is_admitted(world, one) for one in plan.agencies.values())
    yield from (order_is_lived(world, one) for one in plan.orders)
    yield from (
        question_is_asked(world, order, lived, one)
        for order in plan.orders
        for lived in order.rounds
        for one in lived.questions
    )
    yield from (register_is_changed(world, one) for one in plan.changes)
    yield from (practitioner_moves(world, one) for one in plan.moves)
    yield from (work_is_declared(world, one) for one in plan.works)
    yield officer_is_away(world, AWAY_IN)
    yield authority_is_proposed(world, MANAGING)
    yield from (case_takes_its_course(world, one) for one in plan.cases)
    yield from (dispute_takes_its_course(world, one) for one in plan.disputes)
    yield from (report_is_answered(world, one) for one in plan.reports)
    yield from (plan_is_carried_out(world, one) for one in plan.inspections)
    yield from (expert_is_registered(world, one) for one in plan.experts)
    yield catalogue_is_changed(world)
    yield scheme_is_put_up(world)
    yield list_is_imported(world)
    yield addresses_are_known(world)
    yield messages_are_read(world)
