"""What the editors write, and how people read their messages."""

from __future__ import annotations

from cms.actions import make_editor, publish_notice
from cms.demo.engine import Story
from cms.demo.reading import unread_messages
from cms.demo.script import Notice
from cms.demo.stories.people import FIRST_DAY
from cms.demo.world import World
from marketplace.actions.factors import give_demo_factor
from marketplace.actions.messages import read_messages

EDITOR = "bianji"
UNREAD_DAYS = 3


def editor_is_appointed(world: World) -> Story:
    """Appoint the one who writes the notices."""
    yield (at := world.at(FIRST_DAY, 0.02))
    editor = world.open_account(EDITOR, at)
    give_demo_factor(user=editor, at=at)
    make_editor(user=editor, by=None, at=at)


def notice_is_published(world: World, plan: Notice) -> Story:
    """Publish one notice."""
    yield (at := world.at(plan.day, 0.3, plan.slug))
    publish_notice(
        slug=plan.slug,
        title=plan.title,
        source=plan.source,
        summary=plan.summary,
        body=plan.body.strip(),
        by=world.users[EDITOR],
        at=at,
    )


def messages_are_read(world: World) -> Story:
    """Let everybody read in the morning what came some days before; the newest stays unread."""
    for day in range(FIRST_DAY + UNREAD_DAYS, 0):
        yield (at := world.at(day, 0.05, "inbox"))
        read_messages(messages=unread_messages(world.days.at(day - UNREAD_DAYS, 1)), at=at)
