"""
Every act of ours refuses what was changed since its page was drawn, and what no page was drawn of.

The acts are found from the addresses; in a world with one of everything each is sent with what its
page says, and is done; with another version, and with none, and nothing happens. A quote in a hall
answers a price and not a version: so with another price. So with an officer's, where no second
factor was given. The page itself asks the database for nothing twice.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cms.models.help import HELPED
from marketplace.factors import needs_factor
from marketplace.kernel.versions import SALT
from marketplace.web.act_views import CHANGED_MEANWHILE, REFUSED, SEEN, PersonActView
from marketplace.web.views import PartyView
from tests.bidding.refusals import snapshot
from tests.journeys.acts import PRICE, Sending, World, converters, filled, posts

pytestmark = pytest.mark.django_db
CHANGE_NOTHING = {
    "marketplace:switch",  # the own session
    "marketplace:demo_clock",  # the demo alone
    "bidding:tender_contact",  # shows a number, and notes why on the trail
    "bidding:agency_contact",
    "bidding:report_find",
    "bidding:report_new",  # by anybody, on nothing
    "bidding:tender_preview",
    "bidding:tender_new_preview",
    "search:unsubscribe",  # who has the mail may stop it, and nothing else
}
ON_A_PRICE = {"bidding:quote"}
TO_THE_FACTOR = (302, "/accounts/2fa/")
OFFICERS = {"marketplace": 39, "credit": 23, "bidding": 23}
"""How many acts of each app an officer takes."""
ACTS = sorted(name for name, view_class in posts() if issubclass(view_class, PersonActView))


def another_version(token: str) -> str:
    """Return what a page would send whose row had another value."""
    marks = signing.Signer(salt=SALT).unsign_object(token)
    row = next(key for key in marks if len(marks[key]) > 1)
    field = next(name for name in marks[row] if name)
    marks[row][field] = "另一个值"
    return signing.Signer(salt=SALT).sign_object(marks, compress=True)


def is_compared(sending: Sending) -> bool:
    """Tell whether the act, sent on another version in a good form, is refused for it."""
    with sending.undone() as act:
        version = act.version()
        if version is None or not is_good(act):
            return False
        return sending.send(act, **{SEEN: another_version(version.token)}).status_code == 409


def is_good(act: PersonActView) -> bool:
    """Tell whether the form can be filled in, so that it is the action that compares."""
    posted = filled(act.form())
    files = {name: posted.pop(name) for name in list(posted) if hasattr(posted[name], "read")}
    return act.form(querydict(posted), files).is_valid()


def querydict(posted: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return data


def faults(world: World, name: str) -> Iterator[str]:
    """
    Yield what is wrong with an act: that it compares nothing, or takes what is stale.

    A beginning has no version: there is nothing yet that it is on.
    """
    yield from without_help(world, name)
    if name in ON_A_PRICE:
        yield from faults_on_a_price(world, name)
        return
    sending = next((one for one in world.sendings(name) if is_compared(one)), None)
    yield from asked_twice(name, sending or next(world.sendings(name), None))
    yield from without_factor(world, name, sending)
    if sending is None:
        if converters(name) or any(one.has_version() for one in world.sendings(name)):
            yield f"{name}: nobody in the world is asked what they saw"
        return
    world.note(sending)
    with sending.undone() as act:
        version = act.version()
    assert version is not None
    for seen in (another_version(version.token), ""):
        found = taken(sending, CHANGED_MEANWHILE, **{SEEN: seen})
        yield from (f"{name}: {fault}, sent {seen[:9]!r}" for fault in found)


def asked_twice(name: str, sending: Sending | None) -> Iterator[str]:
    """Tell of a page that asks the database for the same more than once."""
    if sending is None:
        return
    with sending.undone(), CaptureQueriesContext(connection) as captured:
        sending.sender.get(sending.path)
    asked = Counter(one["sql"] for one in captured if one["sql"].startswith("SELECT"))
    yield from (f"{name}: {count} x {sql}" for sql, count in asked.items() if count > 1)


def without_help(world: World, name: str) -> Iterator[str]:
    """Tell of an act that asks for something, and is not among the forms that have help."""
    sending = next(world.sendings(name), None) if name not in HELPED else None
    if sending is None:
        return
    with sending.undone() as act:
        if any(not field.widget.is_hidden for field in act.form().fields.values()):
            yield f"{name}: no help beside its form"


def faults_on_a_price(world: World, name: str) -> Iterator[str]:
    """Yield what is wrong with an act that is on the price that its page showed."""
    sending = next((one for one in world.sendings(name) if is_done(one, price=str(PRICE))), None)
    if sending is None:
        yield f"{name}: nobody in the world can do it"
        return
    for price in (str(PRICE + 1), ""):
        found = taken(sending, REFUSED, price=price)
        yield from (f"{name}: {fault}, sent {price!r}" for fault in found)


def is_done(sending: Sending, **hidden: str) -> bool:
    """Tell whether the act is done, and something with it, with these fields of the page."""
    with sending.undone() as act:
        before = snapshot()
        return sending.send(act, **hidden).status_code == 302 and snapshot() != before


def without_factor(world: World, name: str, found: Sending | None) -> Iterator[str]:
    """Send an officer's act by who has given a password alone, and yield what happened."""
    if not issubclass(dict(posts())[name], PartyView):
        return
    begun = () if found or converters(name) else world.sendings(name)
    for sending in (one for one in (found, *begun) if one and needs_factor(one.user)):
        with sending.undone() as act:
            sending.sender.without_factor(sending.user)
            before, planned = snapshot(), len(connection.run_on_commit)
            answer = sending.send(act)
            if (answer.status_code, answer.headers.get("Location", "")[:14]) != TO_THE_FACTOR:
                yield f"{name}: {answer.status_code} without a second factor"
            if snapshot() != before or len(connection.run_on_commit) != planned:
                yield f"{name}: something was changed without a second factor"
        world.asked_for_a_factor.add(name)
        return


def taken(sending: Sending, status: int, **hidden: str) -> Iterator[str]:
    """Send the act with what no page says now and yield what happened beside its refusal."""
    with sending.undone() as act:
        version = act.version()
        before, planned = snapshot(), len(connection.run_on_commit)
        answer = sending.send(act, **hidden)
        if answer.status_code != status:
            yield f"{answer.status_code} and not {status}"
        if snapshot() != before or len(connection.run_on_commit) != planned:
            yield "something was changed"
        offered = re.findall(r'name="seen" value="([^"]*)"', answer.content.decode())
        if set(offered) - {version.token if version else ""}:
            yield "the page offers another version than the one that stands"


def test_every_post_of_ours_is_an_act():
    others = {name for name, view_class in posts() if not issubclass(view_class, PersonActView)}

    assert others == CHANGE_NOTHING
    assert len(ACTS) >= 40


@pytest.mark.parametrize("app", ["marketplace", "credit", "bidding"])
def test_every_act_is_on_what_was_seen_and_on_nothing_else(app: str):
    world = World()

    found = [fault for name in ACTS if name.startswith(f"{app}:") for fault in faults(world, name)]

    assert "\n".join(found) == ""
    assert len(world.asked_for_a_factor) == OFFICERS[app], sorted(world.asked_for_a_factor)
