"""How a regulator's plan is published, drawn by the schedule, and carried out check by check."""

from __future__ import annotations

from itertools import chain, repeat

from bidding.actions.inspections import publish_plan, report_check
from cms.demo.engine import Story
from cms.demo.reading import checks_of, usual_lines
from cms.demo.script import Inspection
from cms.demo.stories.cases import evidence
from cms.demo.world import World

CLEAR, FOUND = "clear", "found"
KIND = "expired_data"


def plan_is_carried_out(world: World, plan: Inspection) -> Story:
    """Publish one; the schedule draws, and the inspectors report as far as the script says."""
    yield (at := world.at(plan.published, 0.4, plan.title))
    authority = world.parties[plan.authority]
    lines = usual_lines()
    published = publish_plan(
        authority=authority,
        title=plan.title,
        division=authority.division,
        service_class=None,
        starts_on=world.days.day(plan.starts),
        ends_on=world.days.day(plan.ends),
        checklist=lines,
        by=world.regulator(authority.division_id),
        at=at,
        demo_seed=world.chance.digest("inspection", plan.title),
    )
    if plan.reported is None:
        return
    yield world.at(plan.reported, 0.3, plan.title)
    outcomes = chain(plan.outcomes, repeat(CLEAR))
    for day, (check, inspector) in enumerate(checks_of(published), start=plan.reported):
        yield (at := world.at(day, 0.6, check.agency.name))
        outcome = next(outcomes)
        text = plan.words[outcome]
        report_check(
            check=check,
            checked_on=world.days.day(day),
            answers=[place > 0 or outcome == CLEAR for place in range(len(lines))],
            outcome=outcome,
            kind=KIND if outcome == FOUND else "",
            text=text,
            papers=[evidence(world.text("paper", "evidence"), text)],
            by=inspector,
            at=at,
        )
