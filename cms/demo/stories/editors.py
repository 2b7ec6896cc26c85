"""What the editors write, and how people read their messages."""

from __future__ import annotations

from collections.abc import Sequence

from cms.actions.departments import set_up_department
from cms.actions.people import join_post, make_editor, make_reviewer
from cms.actions.writing import (
    agree_to_page,
    explain_item,
    keep_file,
    keep_picture,
    submit_page,
    write_notice,
)
from cms.demo.engine import Story
from cms.demo.paper import pdf
from cms.demo.pictures import seals
from cms.demo.reading import section, unread_messages
from cms.demo.script import Explained, Notice
from cms.demo.world import Row, World
from marketplace.actions.accounts import vouch_for_address
from marketplace.actions.factors import give_demo_factor
from marketplace.actions.messages import read_messages

EDITOR, REVIEWER = "bianji", "shenhe"
DEPARTMENT_EDITOR, DEPARTMENT_REVIEWER = "zhengce1", "zhengce2"
UNREAD_DAYS = 3
MAIL_DOMAIN = "demo.example"
SAID = ("slug", "title", "source", "summary", "column", "is_pinned", "about_items")


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
    if plan.live_on is not None:
        values["go_live_at"] = world.days.at(plan.live_on, 0)
    if plan.holds_until is not None:
        values["valid_until"] = world.days.day(plan.holds_until)
    editor = world.users[EDITOR]
    if plan.paper:
        values["files"] = [("file", _paper(plan.slug, plan.paper, plan.lines, editor))]
    text, below = plan.body.strip(), [_figure(plan, editor)] if plan.picture else []
    notice = write_notice(values=values, text=text, below=below, by=editor, at=at)
    submit_page(page=notice, by=editor)
    if plan.is_agreed:
        agree_to_page(page=notice, by=world.users[REVIEWER], at=at)


def _figure(plan: Notice, editor: Row) -> dict[str, Row]:
    """Return the picture of a notice as a block: two seals, of what differs in one digit."""
    name, title = f"{plan.slug}.png", plan.picture["title"]
    picture = keep_picture(name=name, title=title, content=seals(plan.slug), by=editor)
    image = {"image": picture.pk, "decorative": False, "alt_text": plan.picture["alt"]}
    return {"type": "figure", "value": {"image": image, "caption": plan.picture["caption"]}}


def _paper(name: str, title: str, lines: Sequence[str], editor: Row) -> Row:
    """Return a document of one page among the editors' files."""
    return keep_file(name=f"{name}.pdf", title=title, content=pdf(title, lines), by=editor)


def item_is_explained(world: World, plan: Explained) -> Story:
    """Say how one goes about an item: one writes it, the other agrees."""
    yield (at := world.at(plan.day, 0.4, plan.item))
    editor = world.users[EDITOR]
    sample = _paper(plan.item, plan.sample, plan.lines, editor)
    said = {
        "guidance": plan.block,
        "questions": [{"type": "question", "value": one} for one in plan.question],
        "samples": [{"type": "file", "value": sample.pk}],
    }
    page = explain_item(code=plan.item, said=said, by=editor)
    submit_page(page=page, by=editor)
    agree_to_page(page=page, by=world.users[REVIEWER], at=at)


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
