"""A stage for one story of the demo: the real script's words, and only who is in the story."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE

from cms.demo.chance import Chance
from cms.demo.days import Days
from cms.demo.engine import Story
from cms.demo.play import days_around
from cms.demo.script import Order, script
from cms.demo.world import World, agent_login
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.factories.marketplace import Role, UserFactory, division

ORDER = Order(
    key="nanshi",
    title="南市街管网更新可行性研究报告编制",
    buyer="gucheng",
    item="S01",
    place="360702",
    ceiling=268000,
    days=20,
    scale="管网 12 公里",
    method="lowest",
)


@cache
def days() -> Days:
    """Return the calendar around the day of NOON, which is day 0."""
    return days_around(NOON.date())


def stage(**parties: Organization) -> World:
    """Return a world with `parties`, each with a manager and an agent, and four officers."""
    load_reference()
    world = World(script=script(), chance=Chance("tests"), days=days(), password_hash=UNUSABLE)
    for key, organization in parties.items():
        world.parties[key] = organization
        for login in (key, agent_login(key)):
            world.users[login] = UserFactory(username=login)
    appoint(world, Role.OPERATOR, division("360000").code, 3)
    appoint(world, Role.REGULATOR, division("360000").code, 1)
    return world


def appoint(world: World, role: str, place: str, count: int) -> None:
    """Give the authority of `place` some officers of `role`."""
    world.officers[role, place] = [f"{role}{place}{number}" for number in range(count)]
    for login in world.officers[role, place]:
        world.users[login] = UserFactory(username=login)


def act(story: Story) -> list[datetime]:
    """Play a story alone to its end, and return the moments that it waited for."""
    return list(story)
