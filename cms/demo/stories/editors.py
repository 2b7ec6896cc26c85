"""What the editors write, and how people read their messages."""

from __future__ import annotations

from cms.actions.departments import set_up_department
from cms.actions.people import join_post, make_editor, make_reviewer
from cms.actions.writing import agree_to_page, submit_page, write_notice
from cms.demo.engine import Story
from cms.demo.reading import section, unread_messages
from cms.demo.script import Notice
from cms.demo.world import World
from marketplace.actions.accounts import vouch_for_address
from marketplace.actions.factors import give_demo_factor
from marketplace.actions.messages import read_messages

EDITOR, REVIEWER = "bianji", "shenhe"
DEPARTMENT_EDITOR, DEPARTMENT_REVIEWER = "zhengce1", "zhengce2"
UNREAD_DAYS = 3
MAIL_DOMAIN = "demo.example"
SAID = ("slug", "title", "source", "summary")


def editor_is_appointed(world: World) -> Story:
    """Appoint the one who writes the pages, and the one who agrees to them."""
    yield (at := world.at(world.script.first_day, 0.02))
    for login, appoint in ((EDITOR, make_editor), (REVIEWER, make_reviewer)):
        person = world.open_account(login, at)
        give_demo_factor(user=person, at=at)
        appoint(user=person, by=None, at=at)


def department_has_its_section(world: World) -> Story:
    """Give one department the section of policies, with one who writes and one who agrees."""
    yield (at := world.at(world.script.first_day, 0.03))
    department = set_up_department(
        name=world.text("department", "name"),
        section=section(world.text("department", "section")),
        by=None,
        at=at,
    )
    posts = {DEPARTMENT_EDITOR: department.editors, DEPARTMENT_REVIEWER: department.reviewers}
    for login, post in posts.items():
        person = world.open_account(login, at)
        give_demo_factor(user=person, at=at)
        join_post(user=person, post=post.name, by=None, at=at)


def notice_is_published(world: World, plan: Notice) -> Story:
    """Publish one notice: one writes and submits it, the other agrees."""
    yield (at := world.at(plan.day, 0.3, plan.slug))
    values = {name: getattr(plan, name) for name in SAID}
    editor, reviewer = world.users[EDITOR], world.users[REVIEWER]
    notice = write_notice(values=values, text=plan.body.strip(), by=editor, at=at)
    submit_page(page=notice, by=editor)
    agree_to_page(page=notice, by=reviewer, at=at)


def addresses_are_known(world: World) -> Story:
    """
    Give an address to those whom readers are pointed to, on the last day of the story.

    What came before then they have in the inbox alone: nobody reads the mails of half a year.
    """
    yield (at := world.at(-1, 0.05, "addresses"))
    for login in sorted({one.login for group in world.script.readers for one in group.accounts}):
        address = f"{login}@{MAIL_DOMAIN}"
        vouch_for_address(user=world.users[login], address=address, by=None, at=at)


def messages_are_read(world: World) -> Story:
    """Let everybody read in the morning what came some days before; the newest stays unread."""
    for day in range(world.script.first_day + UNREAD_DAYS, 0):
        yield (at := world.at(day, 0.05, "inbox"))
        read_messages(messages=unread_messages(world.days.at(day - UNREAD_DAYS, 1)), at=at)
