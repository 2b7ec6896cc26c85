"""How an operator enters an expert into the pool."""

from __future__ import annotations

from datetime import timedelta

from bidding.actions.experts import Particulars, register_expert
from cms.demo.engine import Story
from cms.demo.script import Expert
from cms.demo.world import World, credit_code


def expert_is_registered(world: World, plan: Expert) -> Story:
    """Enter one who has taken the role of an expert at the office."""
    first = world.script.first_day
    yield (at := world.at(first, 0.5, plan.login))
    place = next(code for (role, code), logins in world.officers.items() if plan.login in logins)
    keeper = world.operators(place)[0]
    office = next(
        world.parties[one.key]
        for one in world.script.authorities
        if plan.login in one.officers.get("expert", ())
    )
    register_expert(
        office=office,
        particulars=Particulars(
            user=world.users[plan.login],
            name=world.users[plan.login].name,
            title=plan.title,
            specialties=[world.service_class(code) for code in plan.classes],
            division=world.division(place),
            employer=plan.employer,
            serves_from=world.days.day(first),
            serves_until=world.days.today + timedelta(days=plan.serves),
            ties=[(kind, _code(world, agency)) for kind, agency in plan.ties.items()],
        ),
        by=keeper,
        at=at,
        demo_seed=world.chance.digest("expert", plan.login),
    )


def _code(world: World, agency: str) -> str:
    """Return the credit code of an agency that may still be on its way into the register."""
    plan = world.script.agencies[agency]
    return credit_code(plan.code, plan.outside or plan.division, plan.name)
