"""The server as it runs: bodies that do not come, that are too much, and that come too late."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction

from bidding.models import Bid, Tender
from marketplace.kernel.models import Sequence
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.deadlines import ENDS
from tests.factories.marketplace import party
from tests.raw_server import RawServer, answer_of, raw_server
from tests.senders import Sender, token_of

pytestmark = [
    pytest.mark.broker,
    pytest.mark.any_broker,
    pytest.mark.django_db(transaction=True),
]

FORM = "Content-Type: application/x-www-form-urlencoded"
SECRET = "k" * 32
MEGABYTE = 1024**2
BEHIND = timedelta(seconds=1)
"""No less than the shifted clock of the other process may be behind that of the test."""


# --- What does not come, and what is too much -----------------------------------------------------
@pytest.fixture
def server(tmp_path: Path) -> Iterator[RawServer]:
    """Serve the platform with two threads; a body has two seconds and may weigh three megabytes."""
    limits = {"BODY_SECONDS": "2", "DOCUMENT_MAX_BYTES": str(MEGABYTE), "SERVER_THREADS": "2"}
    target = "marketplace.project.asgi:application"
    with raw_server(tmp_path / "log", target=target, **limits) as running:
        yield running


def test_half_sent_requests_stop_nobody_and_are_told_so(server: RawServer) -> None:
    half = ("POST /accounts/login/", FORM, "Content-Length: 100")
    waiting = [server.connect(*half, body=b"login=") for _number in range(10)]

    status, _text = answer_of(server.connect("GET /healthz"))
    told_before, _, _ = select(waiting, [], [], 0)

    assert (status, told_before) == (200, [])
    for told, text in map(answer_of, waiting):
        assert told == 408
        assert "提交的内容没有传完" in text


@pytest.mark.parametrize("is_announced", [True, False])
def test_too_much_is_refused_and_its_sender_hears_it(
    server: RawServer, *, is_announced: bool
) -> None:
    size = 3 * MEGABYTE + 1
    length = f"Content-Length: {size}" if is_announced else "Transfer-Encoding: chunked"
    body = b"x" * size if is_announced else b"%x\r\n%b\r\n0\r\n\r\n" % (size, b"x" * size)

    status, text = answer_of(server.connect("POST /accounts/login/", FORM, length, body=body))

    assert status == 413
    assert "提交的内容太大" in text


# --- When a bid has arrived -----------------------------------------------------------------------
class ShiftedServer:
    """A server with one thread, and `at`: the moment that it has now."""

    def __init__(self, raw: RawServer, shift: timedelta) -> None:
        self.raw, self.shift = raw, shift

    def at(self) -> datetime:
        return datetime.now(UTC) + self.shift  # noqa: TID251 - the real server's time

    def wait_for(self, moment: datetime) -> None:
        time.sleep(max(0.0, (moment - self.at()).total_seconds()))


@pytest.fixture
def shifted(tmp_path: Path) -> Iterator[ShiftedServer]:
    """Serve the platform with one thread, at noon of the day of the tests."""
    shift = NOON - datetime.now(UTC)  # noqa: TID251 - from the real time of another process
    with raw_server(
        tmp_path / "log",
        target="tests.shifted:application",
        SERVER_THREADS="1",
        CLOCK_SHIFT=str(shift.total_seconds()),
    ) as running:
        yield ShiftedServer(running, shift)


def bid_of(server: ShiftedServer, tender: Tender) -> tuple[list[str], bytes]:
    """Return head and body of the bid of a new agency, as its page would send it."""
    client, path = Sender(), f"/tenders/{tender.code}/bid/"
    manager = party(bidder(tender.item), "agency_manager").user
    client.force_login(manager, backend="marketplace.parties.PersonBackend")
    with time_machine.travel(server.at()):
        seen = token_of(client, path) or ""
    fields = {"csrfmiddlewaretoken": SECRET, "amount": "81234.56", "seen": seen}
    body = urlencode(fields).encode()
    cookies = f"Cookie: csrftoken={SECRET}; sessionid={client.cookies['sessionid'].value}"
    return [f"POST {path}", FORM, cookies, f"Content-Length: {len(body)}"], body


def order_until(server: ShiftedServer) -> Tender:
    """Return an order whose deadline a test sets when its bids are ready to be sent."""
    return TenderFactory(active=True, tender_period_end=server.at() + timedelta(hours=1))


def set_deadline(tender: Tender, end: datetime) -> None:
    kind = ENDS[Tender]["tender_period_end"][0]
    assert tender.deadlines.filter(kind=kind).update(ends_at=end) == 1


def test_a_bid_counts_when_its_body_is_complete(shifted: ShiftedServer) -> None:
    tender = order_until(shifted)
    head, body = bid_of(shifted, tender)
    deadline = shifted.at() + timedelta(seconds=1)
    set_deadline(tender, deadline)
    connection = shifted.raw.connect(*head, body=body[:-1])
    assert shifted.at() < deadline

    shifted.wait_for(deadline + BEHIND)
    connection.sendall(body[-1:])

    status, text = answer_of(connection)
    assert status == 422
    assert "报名尚未开始或已经截止" in text
    assert not Bid.objects.exists()


def test_bids_that_are_complete_in_time_count_however_long_they_wait(
    shifted: ShiftedServer,
) -> None:
    tender = order_until(shifted)
    bids = [bid_of(shifted, tender) for _number in range(12)]
    deadline = shifted.at() + timedelta(seconds=2)
    set_deadline(tender, deadline)
    with transaction.atomic():
        Sequence.objects.create(name="held", value=1)  # no other may write meanwhile
        connections = [shifted.raw.connect(*head, body=body) for head, body in bids]
        assert shifted.at() < deadline
        shifted.wait_for(deadline)

    statuses = [answer_of(connection)[0] for connection in connections]

    assert statuses == [302] * 12
    assert Bid.objects.count() == 12
