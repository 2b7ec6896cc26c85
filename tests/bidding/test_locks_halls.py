"""
A quote that got a success answer is in the record, one after the end never is.

Two connections at the closing instant, each with its negative control, and bidders in processes of
their own, of which one is killed in the midst and begun again.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from bidding.actions.tenders import evaluate_tender
from bidding.models import Quote, Selection, Tender
from bidding.selection.evidence import verify
from marketplace.kernel.due import run_due
from marketplace.kernel.verdicts import Refused
from tests.bidding.halls import in_session, quotes
from tests.connections import race
from tests.factories.bidding import OPENING
from tests.factories.marketplace import UserFactory
from tests.servers import ROOT, database_url

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SECOND = timedelta(seconds=1)
END = OPENING + 301 * SECOND
JUST_IN_TIME = 300.999999


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def evidence_of(tender: Tender):
    return json.loads(Selection.objects.get(tender=tender).evidence)


def recorded(tender: Tender) -> list[tuple[int, str]]:
    rows = Quote.objects.filter(hall__tender=tender).order_by("number")
    return [(row.number, str(row.amount)) for row in rows]


def published(tender: Tender) -> list[tuple[int, str]]:
    return [(one["number"], one["amount"]) for one in evidence_of(tender)["course"]["quotes"]]


@pytest.fixture
def hall():
    """A hall whose end is a countdown after the first quote, at its first second."""
    tender, seats = in_session(3)
    quotes(seats[0], 90_000, 1)
    return tender, seats


def test_a_quote_in_the_last_moment_that_is_not_committed_yet_is_waited_for(hall, is_locked):
    tender, (_one, two, _three) = hall

    found = race(
        lambda: quotes(two, 80_000, JUST_IN_TIME),
        lambda: evaluate_tender(tender=tender, at=END),
    )

    assert found.waited is is_locked
    assert found.first.error is None
    if is_locked:
        assert refusal(found.second.error) == ["hall_is_over"]
        run_due(END + 300 * SECOND)
        assert published(tender) == recorded(tender) == [(1, "90000.00"), (2, "80000.00")]
    else:
        assert len(published(tender)) < len(recorded(tender))


def test_a_quote_that_comes_behind_the_end_is_refused_and_in_no_record(hall, is_locked):
    tender, (_one, two, _three) = hall

    found = race(
        lambda: evaluate_tender(tender=tender, at=END),
        lambda: quotes(two, 80_000, JUST_IN_TIME),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["hall_is_there"] if is_locked else [])
    assert (published(tender) == recorded(tender)) is is_locked


def test_of_two_quotes_of_one_amount_one_counts(hall, is_locked):
    tender, (_one, two, three) = hall

    found = race(lambda: quotes(two, 80_000, 2), lambda: quotes(three, 80_000, 3))

    assert found.waited is is_locked
    if is_locked:
        assert refusal(found.second.error) == ["quote_is_low_enough"]
    assert recorded(tender) == [(1, "90000.00"), (2, "80000.00")]


class Bidder:
    """A process that quotes for one seat, from when it is told until the hall is over."""

    def __init__(self, seat) -> None:
        person = UserFactory()
        arguments = (seat.hall.tender_id, seat.bid.agency_id, person.pk)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.dev",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "LOG_LEVEL": "ERROR",
        }
        self.answered: list[tuple[int, str]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bidding.quoting", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_ready(self) -> bool:
        return self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        self.process.stdin.write("go\n")
        self.process.stdin.close()

    def kill_after(self, answers: int) -> None:
        """Kill it as soon as it has been answered so often, wherever it is by then."""
        while len(self.answered) < answers:
            self.keep(self.process.stdout.readline())
        self.process.send_signal(signal.SIGKILL)

    def keep(self, line: str) -> None:
        """Keep an answer; of a line that it was killed over there is no end."""
        if line.endswith("\n"):
            number, amount = json.loads(line)
            self.answered.append((number, amount))

    def end(self) -> None:
        for line in self.process.stdout:
            self.keep(line)
        self.process.stdout.close()
        self.process.wait()


def test_what_was_answered_is_recorded_though_a_bidder_is_killed_and_begins_again():
    tender, seats = in_session(2, floor=Decimal(1))
    one, two, again = bidders = [Bidder(seat) for seat in (*seats, seats[0])]
    assert all(bidder.is_ready() for bidder in bidders)

    one.begin()
    two.begin()
    one.kill_after(answers=5)
    again.begin()
    for bidder in bidders:
        bidder.end()

    end = Tender.objects.get(pk=tender.pk).hall.ends_at
    run_due(end)
    rows = list(Quote.objects.filter(hall__tender=tender).order_by("number"))
    answered = [quote for bidder in bidders for quote in bidder.answered]
    assert all(bidder.answered for bidder in bidders)
    assert len(answered) == len(set(answered))
    assert set(answered) <= set(recorded(tender))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.quoted_at < end for row in rows)
    assert published(tender) == recorded(tender)
    assert verify(evidence_of(tender)) == []
