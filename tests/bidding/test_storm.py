"""
A small storm on a real server: what was answered stands, whatever was killed meanwhile.

`make storm` is the whole of it: a thousand agencies, a minute of killing, the database too.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client

from bench.fleet import Fleet
from bench.sites import OURS
from bench.storm import Sender, blow, judged, let_end, senders_for, spread
from bidding.models import Selection, Tender
from marketplace.kernel.due import run_due
from marketplace.kernel.invariants import breaches
from marketplace.kernel.models import ClockOffset
from marketplace.models import Organization
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.marketplace import party
from tests.servers import database_url

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.long]
AGENCIES, SECONDS = 24, 1.6
NOTHING_WRONG = dict.fromkeys(
    (
        *("errors", "unanswered", "answered_otherwise", "lost", "stored_unanswered"),
        *("twice", "late", "refused_in_time"),
    ),
    0,
)
UNLOCKED = ("asginl", "tests.unlocked:application")


@pytest.fixture(autouse=True)
def _real_time(_noon: time_machine.travel) -> Iterator[None]:
    """Let the clock go: the server has the real time, by which bids arrive."""
    _noon.stop()
    yield
    _noon.start()


def fleet(application: tuple[str, str] = OURS) -> Fleet:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "LOG_LEVEL": "CRITICAL",
        "DEMO": "1",
        "SERVER_WORKERS": "1",
    }
    return Fleet(environment, application)


def now() -> datetime:
    """Return the platform's time: the real one, but never before the moments of the factories."""
    real = datetime.fromtimestamp(time.time(), UTC)
    ahead = max(NOON - real, timedelta())
    ClockOffset.objects.update_or_create(pk=1, defaults={"offset": ahead})
    return real + ahead


def crowd_for(tender: Tender) -> list[Sender]:
    """Return as many agencies as there are, each with somebody signed in."""
    found = []
    for _number in range(AGENCIES):
        acting = party(bidder(tender.item), "agency_manager")
        client = Client()
        client.force_login(acting.user)
        found.append((acting.organization.pk, client.cookies["sessionid"].value))
    return senders_for(tender, found)


def the_same_on(
    tender: Tender, crowd: Sequence[Sender], kind: type[Sender] = Sender
) -> list[Sender]:
    """Return the same people with a form of another order."""
    return [
        kind(new.agency, new.session, new.path, new.amount, new.seen)
        for new in senders_for(tender, [(one.agency, one.session) for one in crowd])
    ]


def open_by_two_schedulers(at: datetime) -> None:
    """
    Do what is due twice at once, after the schedule was off for an hour; then once more.

    What the two were in each other's way at, the next turn does.
    """

    def run() -> None:
        run_due(at)
        connections.close_all()

    both = [threading.Thread(target=run) for _scheduler in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    run_due(at + timedelta(hours=1))


def is_opened_with(crowd: Sequence[Sender], tender: Tender) -> bool:
    """Tell whether the evidence names exactly those who were told that their bid stands."""
    accepted = [one.agency for one in crowd if one.is_accepted]
    slugs = Organization.objects.filter(pk__in=accepted).values_list("slug", flat=True)
    listed = Selection.objects.get(tender=tender).content["entrants"]
    return sorted(slugs) == sorted(one["agency"] for one in listed)


class Forgetful(Sender):
    """The negative control of the key: one who sends another with each attempt."""

    def message(self) -> bytes:
        self.key = str(uuid4())
        return super().message()


def test_what_was_answered_stands_whatever_was_killed_and_is_opened_once() -> None:
    tender, other, third = (TenderFactory(active=True) for _order in range(3))
    Tender.objects.filter(pk__in=[other.pk, third.pk]).update(item=tender.item)
    crowd = crowd_for(tender)
    killed = the_same_on(Tender.objects.get(pk=other.pk), crowd)
    control = the_same_on(Tender.objects.get(pk=third.pk), crowd[:6], Forgetful)
    far = now() + timedelta(minutes=10)
    let_end(other, far)
    let_end(third, far)
    with fleet() as ships:
        ships.start_server()
        begin = time.time() + 0.2
        ends_at = begin + SECONDS
        let_end(tender, now() + timedelta(seconds=ends_at - time.time()))
        spread(crowd, begin, ends_at + 0.2)
        spread(control, begin, ends_at)
        asyncio.run(blow([*crowd, *control], ships.port))

        begin = time.time()
        spread(killed, begin, begin + SECONDS)
        asyncio.run(with_a_kill(killed, ships))

    assert judged(tender, crowd, ends_at) == NOTHING_WRONG
    assert judged(other, killed, time.time()) == NOTHING_WRONG
    assert 0 < sum(one.is_accepted for one in crowd) < AGENCIES
    assert any(answer.status == 0 for one in killed for answer in one.answers)
    assert judged(third, control, time.time())["answered_otherwise"] == 2
    open_by_two_schedulers(now() + timedelta(hours=1))
    assert is_opened_with(crowd, tender)
    assert is_opened_with(killed, other)
    assert list(breaches(now() + timedelta(hours=1))) == []


async def with_a_kill(senders: Sequence[Sender], ships: Fleet) -> None:
    """Let all bid, and kill the server in the middle of it."""
    all_of_them = asyncio.create_task(blow(senders, ships.port))
    await asyncio.sleep(SECONDS / 2)
    await asyncio.to_thread(ships.kill, "server")
    await all_of_them


def test_without_locks_a_storm_is_answered_by_errors() -> None:
    """The negative control: two sendings of one form at once are both the first."""
    tender = TenderFactory(active=True)
    let_end(tender, now() + timedelta(minutes=10))
    crowd = crowd_for(Tender.objects.get(pk=tender.pk))
    for one in crowd:
        one.times = 4
    with fleet(UNLOCKED) as ships:
        ships.start_server()
        asyncio.run(blow(crowd, ships.port))

    found = judged(tender, crowd, time.time() + 1)
    assert found["errors"] + found["twice"] > 0
