"""The one clock, and when a request arrived: earlier than when a thread was free for it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client, RequestFactory

from bidding.models import Bid
from marketplace.kernel import clock
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, bidder, unsealed
from tests.factories.marketplace import party

HEADER = "X-Request-Start"


def test_the_clock_stands_at_noon_on_whatever_day_the_tests_run() -> None:
    request = RequestFactory().get("/")

    clock.note_arrival(request)

    assert clock.arrival_of(request) == NOON


def arrived(told: str | None = None) -> datetime:
    """Return when a request counts as arrived that is seen at noon and whose proxy told `told`."""
    request = RequestFactory().get("/", headers={} if told is None else {HEADER: told})
    with time_machine.travel(NOON, tick=False):
        clock.note_arrival(request)
        return clock.arrival_of(request)


def seconds(moment: datetime) -> str:
    return f"{moment.timestamp():.3f}"


@pytest.mark.parametrize(
    ("told", "before"),
    [
        (None, 0),
        (seconds(NOON - timedelta(milliseconds=1500)), 1.5),
        ("t=" + seconds(NOON - timedelta(seconds=7)), 7),
        (seconds(NOON - timedelta(seconds=60)), 60),
        # older than any request may be, or of a clock that is ahead
        (seconds(NOON - timedelta(seconds=61)), 60),
        ("0", 60),
        (seconds(NOON + timedelta(seconds=1)), 0),
        # no moment at all
        ("", 0),
        ("yesterday", 0),
        ("nan", 0),
        ("inf", 0),
        ("-1e300", 0),
    ],
)
def test_a_request_counts_from_when_the_proxy_had_it_within_bounds(
    settings, told: str | None, before: float
) -> None:
    settings.ARRIVAL_HEADER = HEADER

    assert arrived(told) == NOON - timedelta(seconds=before)


def test_a_header_that_no_proxy_of_ours_sets_is_not_believed(settings) -> None:
    assert settings.ARRIVAL_HEADER == ""

    assert arrived(seconds(NOON - timedelta(seconds=7))) == NOON


def test_the_moment_has_a_time_zone(settings) -> None:
    settings.ARRIVAL_HEADER = HEADER

    assert arrived(seconds(NOON)).tzinfo is UTC


def came(*, before: float, took: float, told: float | None = None) -> float:
    """
    Return how long before noon a request counts that a thread sees at noon.

    Its body was complete `before` that and had taken `took` seconds; its proxy told `told`.
    """
    headers = {} if told is None else {HEADER: seconds(NOON - timedelta(seconds=told))}
    request = RequestFactory().get("/", headers=headers)
    request.META[clock.COMPLETE_AT] = NOON.timestamp() - before
    request.META[clock.BODY_TOOK] = took
    with time_machine.travel(NOON, tick=False):
        clock.note_arrival(request)
        return (NOON - clock.arrival_of(request)).total_seconds()


@pytest.mark.parametrize(("before", "counts"), [(0, 0), (7, 7), (60, 60), (61, 60), (-1, 0)])
def test_a_request_counts_from_when_its_body_was_complete(before: float, counts: float) -> None:
    assert came(before=before, took=45) == counts


@pytest.mark.parametrize(
    ("took", "told", "counts"),
    [
        (0, 9, 9),  # the proxy kept the body until it was whole, and had to wait
        (2, 9, 7),  # what it took to come from there is added
        (45, 48, 3),  # it did not keep it: 45 seconds later the last byte was there
        (0, 2, 3),  # what was here cannot have come to the proxy later
    ],
)
def test_the_word_of_a_proxy_is_not_before_the_last_byte(
    settings, took: float, told: float, counts: float
) -> None:
    settings.ARRIVAL_HEADER = HEADER

    assert came(before=3, took=took, told=told) == counts


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "bids"), [(0.001, 1), (0, 0)])
def test_a_bid_counts_by_its_arrival_though_a_thread_was_free_after_the_deadline(
    client: Client, settings, before: float, bids: int
) -> None:
    settings.ARRIVAL_HEADER = HEADER
    tender = TenderFactory(active=True)
    person = party(bidder(tender.item), "agency_manager")
    client.force_login(person.user, backend="marketplace.parties.PersonBackend")
    told = seconds(DEADLINE - timedelta(seconds=before))

    with time_machine.travel(DEADLINE + timedelta(seconds=20), tick=False):
        page = client.post(
            f"/tenders/{tender.code}/bid/", {"amount": "81234.56"}, headers={HEADER: told}
        )

    assert page.status_code == (302 if bids else 422)
    assert [unsealed(bid.offers.get()) for bid in Bid.objects.all()] == [Decimal("81234.56")] * bids
