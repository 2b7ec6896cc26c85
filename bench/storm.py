"""
A storm on PostgreSQL: does every bid that was answered stand, whatever was killed meanwhile.

Run beside an empty PostgreSQL: `make storm` (AGENCIES, SECONDS). First a thousand agencies bid in
the last seconds of one order, some of them twice at once, some behind its end, while no scheduler
runs; an hour later by the platform's clock, which jumps, two schedulers open it. Then a thousand
bid on a second order while servers, workers and the database are killed at random and started
again; who gets no answer sends the same form again. In the end `manage.py check_invariants` is
asked, and the exit code is 1 when anything was wrong.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.fleet import Database, Fleet
from bench.sites import Site, ours

AGENCIES = int(os.environ.get("AGENCIES", "1000"))
SECONDS = int(os.environ.get("SECONDS", "60"))
LAST_SECONDS = 5.0
PATIENCE = 120.0
AGAIN = 0.5
ON_THE_WAY = 0.5
"""How many seconds a request that was sent may take until it is here."""
TOKEN = "storm" * 6 + "ab"
"""Any 32 letters, as cookie and as field."""
FORM = "application/x-www-form-urlencoded"
NO_ANSWER = 0
ACCEPTED, REFUSED, AWAY = 302, {403, 409, 422}, 500
Periods = Sequence[tuple[float, float]]
"""From when until when the database was away, of which a page can say no more than that."""


@dataclass(frozen=True)
class Answer:
    """What one attempt came to: when it was begun, when the whole of it was sent, the status."""

    sent_at: float
    whole_at: float
    status: int
    answered_at: float = 0.0

    @property
    def is_final(self) -> bool:
        """Tell whether there is nothing to be tried again."""
        return NO_ANSWER < self.status < AWAY


@dataclass
class Sender:
    """One agency that bids by one form, sent once or twice at once, and again without an answer."""

    agency: int
    session: str
    path: str
    amount: int
    seen: str
    after: float = 0.0
    times: int = 1
    key: str = field(default_factory=lambda: str(uuid4()))
    answers: list[Answer] = field(default_factory=list)

    def message(self) -> bytes:
        """Return the request, the same each time."""
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "seen": self.seen,
            "key": self.key,
            "amount": str(self.amount),
        }
        body = urlencode(fields)
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={TOKEN}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode()

    async def bid(self, port: int) -> None:
        """Send when it is time; each of the sendings goes on until it has an answer."""
        await asyncio.sleep(max(0.0, self.after - time.time()))
        until = time.time() + PATIENCE
        await asyncio.gather(*(self._until_answered(port, until) for _time in range(self.times)))

    async def _until_answered(self, port: int, until: float) -> None:
        while time.time() < until:
            answer = await attempt(port, self.message())
            self.answers.append(answer)
            if answer.is_final:
                return
            await asyncio.sleep(AGAIN)

    @property
    def statuses(self) -> set[int]:
        """What it was answered in the end."""
        return {answer.status for answer in self.answers if answer.is_final}

    @property
    def is_accepted(self) -> bool:
        """Tell whether it was ever told that its bid stands."""
        return ACCEPTED in self.statuses


async def attempt(port: int, message: bytes) -> Answer:
    """Send a request once; a connection that breaks is no answer."""
    sent_at = whole_at = time.time()
    status = NO_ANSWER
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(message)
            await writer.drain()
            whole_at = time.time()
            head = await asyncio.wait_for(reader.read(64), PATIENCE)
            status = int(head[9:12]) if len(head) > len("HTTP/1.1 200") else NO_ANSWER
            while await reader.read(65536):
                pass
        finally:
            writer.close()
    except (OSError, TimeoutError):
        pass
    return Answer(sent_at, whole_at, status, time.time())


async def blow(senders: Sequence[Sender], port: int) -> None:
    """Let all of them bid, each at its time."""
    await asyncio.gather(*(sender.bid(port) for sender in senders))


def spread(senders: Sequence[Sender], begin: float, end: float) -> None:
    """Spread the senders over a time; every third one sends its form twice at once."""
    for place, sender in enumerate(senders):
        sender.after = begin + (end - begin) * place / len(senders)
        sender.times = 2 if place % 3 == 0 else 1


# --- What came of it ------------------------------------------------------------------------------
def judged(
    tender: Any, senders: Sequence[Sender], ends_at: float, away: Periods = ()
) -> dict[str, int]:
    """Return what went wrong, by its name; all of it must be zero."""
    from bidding.models import Bid, Offer

    bids = dict(Bid.objects.filter(tender=tender).values_list("agency", "status"))
    offers = Counter(Offer.objects.filter(bid__tender=tender).values_list("bid__agency", flat=True))
    accepted = {one.agency for one in senders if one.is_accepted}
    return {
        "errors": sum(_is_error(answer, away) for one in senders for answer in one.answers),
        "unanswered": sum(not one.statuses for one in senders),
        "answered_otherwise": sum(len(one.statuses) > 1 for one in senders),
        "lost": len(accepted - {key for key, status in bids.items() if status == "active"}),
        "stored_unanswered": len(bids.keys() - accepted),
        "twice": sum(count > 1 for count in offers.values()) + len(bids) - len(offers),
        "late": sum(one.is_accepted and _is_late(one, ends_at) for one in senders),
        "refused_in_time": sum(_is_refused_in_time(one, ends_at) for one in senders),
    }


def _is_error(answer: Answer, away: Periods) -> bool:
    """Tell whether it is neither yes nor no, though the database was there all the time."""
    if answer.status in {NO_ANSWER, ACCEPTED, *REFUSED}:
        return False
    return not any(answer.sent_at < end and begin < answer.answered_at for begin, end in away)


def _is_late(sender: Sender, ends_at: float) -> bool:
    return all(answer.sent_at >= ends_at for answer in sender.answers)


def _is_refused_in_time(sender: Sender, ends_at: float) -> bool:
    """Tell whether a form that was here in time, and was answered, was refused."""
    return any(
        answer.status in REFUSED and answer.whole_at < ends_at - ON_THE_WAY
        for answer in sender.answers
    )


def wrong(found: Iterable[dict[str, Any]]) -> bool:
    """Tell whether anything is not zero that should be."""
    return any(any(phase["wrong"].values()) for phase in found)


# --- Who bids on what -----------------------------------------------------------------------------
def order_like(example: Any, ends_at: Any) -> Any:
    """Publish another order like `example`, whose sign-up ends at `ends_at`; return it."""
    from bidding.actions.tenders import (
        approve_tender,
        change_tender,
        draft_tender,
        publish_tender,
        submit_tender,
    )
    from bidding.models import Tender
    from marketplace.kernel import clock

    at, by = clock.now(), example.created_by  # noqa: TID251 - a command's clock
    made = draft_tender(
        buyer=example.buyer, item=example.item, division=example.division, by=by, at=at
    )
    names = ("title", "content", "service_time", "fund", "ceiling", "price_basis", "method")
    told = {name: getattr(example, name) for name in names}
    made = change_tender(tender=made, by=by, at=at, **told)
    submit_tender(tender=made, by=by, at=at)
    approve_tender(tender=made, by=example.reviewed_by, at=at)
    tender = publish_tender(tender=made, by=example.published_by, at=at)
    let_end(tender, ends_at)
    return Tender.objects.get(pk=tender.pk)


def let_end(tender: Any, ends_at: Any) -> None:
    """Move the end of an order's sign-up, and its opening as far."""
    from marketplace.kernel.models import Deadline

    moved = ends_at - tender.tender_period_end
    kinds = ["tender.sign_up", "tender.opening"]
    for row in Deadline.objects.filter(object_id=tender.pk, kind__in=kinds):
        row.ends_at += moved
        row.acts_at = row.acts_at and row.acts_at + moved
        row.remind_at = None
        row.starts_at = min(row.starts_at, row.ends_at)
        row.save()


def example_and_agency() -> tuple[Any, Any]:
    """Return an open order of the demo on which everybody may bid, and somebody who may."""
    from bidding.guards.bids import may_submit_bid
    from bidding.models import Tender
    from bidding.pages.agencies import eligible_agencies
    from bidding.selection.methods import METHODS
    from marketplace.kernel import clock
    from marketplace.kernel.verdicts import all_hold

    at = clock.now()  # noqa: TID251 - a command's clock
    sealed = [
        name
        for name, one in METHODS.items()
        if one.is_competitive and not (one.is_live or one.settles_on_entry)
    ]
    rows = Tender.objects.open_at(at).filter(method__in=sealed, named_agency=None, fund="private")
    for tender in rows.filter(order_key__is_by_officers=False).order_by("pk"):
        for agency in eligible_agencies(tender, at):
            if agency.head_office_id is None and all_hold(may_submit_bid(tender, agency, at)):
                return tender, agency
    raise SystemExit("the demo has no open order that anybody may bid on")


def copies_of(agency: Any, count: int) -> list[tuple[int, str]]:
    """Return so many agencies that may what `agency` may, each with the session of a person."""
    from django.db import transaction

    from marketplace.models import Agency, Membership, Organization, User

    made = []
    with transaction.atomic():
        row = Agency.objects.get(pk=agency.pk)
        papers, people = list(row.qualifications.all()), list(row.practitioners.all())
        for number in range(count):
            own = Organization.objects.get(pk=agency.pk)
            code = f"91360100MA3{number:07d}"
            _copied(own, uscc=code, slug=f"storm{number:07d}", name=f"风暴{number:07d}咨询有限公司")
            Organization.objects.filter(pk=own.pk).update(legal_representative=f"风暴{number:07d}")
            row.pk, row.organization = None, own
            row.save(force_insert=True)
            for paper in papers:
                _copied(paper, agency_id=own.pk)
            for person in people:
                _copied(
                    person,
                    agency_id=own.pk,
                    certificate_number=f"S{number:07d}-{secrets.token_hex(6)}",
                )
            user = User.objects.create(
                username=f"storm-{number}", name="风暴", email=f"storm{number}@example.org"
            )
            Membership.objects.create(
                user=user, organization=own, role=Membership.Role.AGENCY_MANAGER
            )
            made.append((own.pk, session_of(user)))
    return made


def _copied(row: Any, **values: Any) -> None:
    row.pk = None
    for name, value in values.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def session_of(user: Any) -> str:
    """Sign somebody in; return the key of the session."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def senders_for(tender: Any, agencies: Iterable[tuple[int, str]]) -> list[Sender]:
    """Return who bids on an order, each by the form that its page would send."""
    from bidding.guards.versions import version_of_bid

    seen = version_of_bid(tender, None).token
    path, amount = f"/tenders/{tender.code}/bid/", int(tender.ceiling) * 9 // 10
    return [
        Sender(agency, session, path, amount - place % 1000, seen)
        for place, (agency, session) in enumerate(agencies)
    ]


# --- The phases -----------------------------------------------------------------------------------
def last_seconds(fleet: Fleet, example: Any, agencies: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Let all bid in the last seconds of an order, some behind its end, while no scheduler runs."""
    from marketplace.kernel import clock

    begin = time.time() + 3
    ends_at = begin + LAST_SECONDS
    now = clock.now()  # noqa: TID251 - a command's clock
    tender = order_like(example, now + timedelta(seconds=ends_at - time.time()))
    senders = senders_for(tender, agencies)
    spread(senders, begin, ends_at + LAST_SECONDS / 20)
    asyncio.run(blow(senders, fleet.port))
    found = _told("last seconds", tender, senders, ends_at)
    clock.move_to(now + timedelta(hours=1))
    fleet.start_worker("one")
    fleet.start_worker("two")
    found["wrong"]["not_opened"] = int(not opened(tender, len(found["accepted"])))
    return {**found, "accepted": len(found["accepted"])}


def killing(
    fleet: Fleet, own: Database, example: Any, agencies: Sequence[tuple[int, str]]
) -> dict[str, Any]:
    """Let all bid on an order while what serves them is killed again and again."""
    from django.db import connection

    from marketplace.kernel import clock

    begin = time.time() + 3
    ends_at = begin + SECONDS + PATIENCE
    now = clock.now()  # noqa: TID251 - a command's clock
    tender = order_like(example, now + timedelta(seconds=ends_at - time.time()))
    senders = senders_for(tender, agencies)
    spread(senders, begin, begin + SECONDS)

    async def both() -> None:
        chaos = asyncio.create_task(asyncio.to_thread(fleet.suffer, own, begin, SECONDS))
        await blow(senders, fleet.port)
        await chaos

    asyncio.run(both())
    connection.close()  # it was cut with all others
    found = _told("killed", tender, senders, ends_at, own.away)
    clock.move_to(clock.now() + timedelta(minutes=5))  # noqa: TID251 - a command's clock
    found["wrong"]["not_opened"] = int(not opened(tender, len(found["accepted"])))
    return {**found, "accepted": len(found["accepted"]), "killed": dict(fleet.killed)}


def _told(
    name: str, tender: Any, senders: Sequence[Sender], ends_at: float, away: Periods = ()
) -> dict[str, Any]:
    attempts = [answer for one in senders for answer in one.answers]
    return {
        "phase": name,
        "agencies": len(senders),
        "sent": len(attempts),
        "no_answer": sum(answer.status == NO_ANSWER for answer in attempts),
        "away": sum(answer.status >= AWAY for answer in attempts),
        "refused": sum(not one.is_accepted for one in senders),
        "seconds": round(max(one.whole_at for one in attempts) - attempts[0].sent_at, 1),
        "accepted": {one.agency for one in senders if one.is_accepted},
        "wrong": judged(tender, senders, ends_at, away),
    }


def opened(tender: Any, bids: int) -> bool:
    """Wait until an order is opened; tell whether it is, with so many bids in its evidence."""
    from bidding.models import Selection

    for _attempt in range(int(PATIENCE)):
        found = Selection.objects.filter(tender=tender).first()
        if found is not None:
            return len(found.content["entrants"]) == bids
        time.sleep(1)
    return False


def came_to_rest() -> bool:
    """Wait until every effect is done; tell whether all are."""
    from marketplace.kernel import clock
    from marketplace.kernel.models import Effect

    for _attempt in range(int(PATIENCE)):
        if not Effect.objects.open().filter(due_at__lte=clock.now()).exists():  # noqa: TID251 - a command's clock
            return True
        time.sleep(1)
    return False


def invariants_hold(site: Site) -> bool:
    """Let the command say what does not hold; nobody is at work any more."""
    command = [sys.executable, "manage.py", "check_invariants", "--rest", "0"]
    environment = site.environment(DEMO="1")
    sys.stdout.flush()
    return subprocess.run(command, check=False, cwd=site.checkout, env=environment).returncode == 0


def main() -> None:
    """Let the storm blow, print what came of it, and end with 1 when anything was wrong."""
    import django

    site = ours()
    # what was answered has reached the system beneath the database, which nobody kills here
    os.environ["PGOPTIONS"] = "-c synchronous_commit=on"
    if not site.is_filled():
        site.fill()
    os.environ.update(site.environment(DEMO="1"))
    django.setup()
    example, agency = example_and_agency()
    agencies = copies_of(agency, AGENCIES)
    own = Database()
    try:
        with Fleet(site.environment(DEMO="1")) as fleet:
            fleet.start_server()
            found = [last_seconds(fleet, example, agencies)]
            found.append(killing(fleet, own, example, agencies))
            is_quiet = came_to_rest()
        json.dump(found, sys.stdout, indent=1)
        sys.stdout.write("\n")
        is_whole = invariants_hold(site)
    finally:
        own.end()
    if wrong(found) or not is_quiet or not is_whole:
        sys.exit(1)


if __name__ == "__main__":
    main()
