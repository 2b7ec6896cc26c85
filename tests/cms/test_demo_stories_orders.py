"""An order goes as far as the script says, and its bidders are those that can serve it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from pytest_django import Settings

from bidding.models import Bid, Tender
from cms.demo.script import Agency, Buyer, Order, Round
from cms.demo.stories.orders import order_is_lived
from cms.demo.world import World
from tests.cms.stage import ORDER, act, stage
from tests.factories.bidding import bidder, unsealed
from tests.factories.marketplace import BuyerFactory, ServiceItemFactory, division

pytestmark = pytest.mark.django_db
PLACE, CLASS = "360702", "C23"
PUBLISHED = -12
BIDDERS = ("one", "two", "three", "four", "five")
BUYER = Buyer(
    key="gucheng", name="古城", nature="government", division=PLACE, code="11", fund="private"
)


def agency(key: str, **changes: object) -> Agency:
    values = {
        "name": key,
        "division": PLACE,
        "classes": {CLASS: "first"},
        "founded": date(2012, 5, 8),
        "capital": 500,
        "registers": -90,
    }
    return Agency(key=key, **{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def world(settings: Settings) -> World:
    """An owner, five agencies that can serve the item, and three that cannot or are not there."""
    settings.DEMO = True  # only the demo may know the seed of a draw
    division(PLACE)
    item = ServiceItemFactory(code="S01", published=True, service_class__code=CLASS)
    parties = {key: bidder(item) for key in BIDDERS}
    world = stage(gucheng=BuyerFactory().organization, **parties)
    others = [
        agency("other-class", classes={"C99": "first"}),
        agency("too-late", registers=PUBLISHED - 8),
        agency("idle", idle_from=-20),
        agency("of-the-crowd", is_told=False),
    ]
    agencies = {one.key: one for one in (*(agency(key) for key in BIDDERS), *others)}
    world.script = replace(world.script, agencies=agencies, buyers={"gucheng": BUYER})
    return world


def live(world: World, order: Order = ORDER, **changes: object) -> list[datetime]:
    plan = Round(key=order.key, published=PUBLISHED, **changes)  # type: ignore[arg-type]
    return act(order_is_lived(world, replace(order, rounds=[plan])))


def names_by_price(world: World) -> list[str]:
    bids = Bid.objects.standing()
    rows = sorted(bids, key=lambda bid: unsealed(bid.offers.order_by("version").last()))
    return [world.key_of(row.agency) for row in rows]


@pytest.mark.parametrize(
    ("changes", "status", "moments"),
    [
        ({"stays": "draft"}, Tender.Status.DRAFT, 1),
        ({"stays": "submitted"}, Tender.Status.SUBMITTED, 2),
        ({"returned": "限价没有依据。"}, Tender.Status.RETURNED, 3),
        ({"stays": "reviewed"}, Tender.Status.REVIEWED, 3),
    ],
)
def test_an_order_stops_before_its_publication_where_the_script_says(
    world: World, changes: dict[str, object], status: str, moments: int
) -> None:
    waited = live(world, **changes)

    tender = Tender.objects.get()
    assert (tender.status, len(waited)) == (status, moments)
    assert waited[0].date() == world.days.day(PUBLISHED - 3)
    assert not Bid.objects.exists()


def test_a_published_order_is_what_the_script_says_and_three_people_had_it(world: World) -> None:
    waited = live(world, stays="published", bid_count=3)

    tender = Tender.objects.get()
    assert (tender.title, tender.ceiling, tender.service_time) == (ORDER.title, 268000, 20)
    assert (tender.buyer, tender.created_by) == (
        world.parties["gucheng"],
        world.users["gucheng2"],
    )
    reviewer, publisher, _registrar = world.operators(PLACE)
    assert (tender.reviewed_by, tender.published_by) == (reviewer, publisher)
    assert tender.published_at == waited[3]
    assert waited[3].date() == world.days.day(PUBLISHED)
    assert world.tenders == {"nanshi": tender}


def test_those_who_can_serve_it_bid_before_its_end_and_the_winner_is_the_cheapest(
    world: World,
) -> None:
    waited = live(world, stays="evaluated", bid_count=3, winner="two")

    tender = Tender.objects.get()
    bidders = names_by_price(world)
    assert bidders[0] == "two"
    assert len(bidders) == 3
    assert set(bidders) <= set(BIDDERS)
    assert waited == sorted(waited)
    assert all(bid.submitted_at < tender.tender_period_end for bid in Bid.objects.all())
    assert waited[-1] > tender.opening_at


def test_who_is_named_bids_who_is_left_out_does_not(world: World) -> None:
    live(world, stays="evaluated", bidders=["one", "five"], bid_count=1)
    assert {"one", "five"} < set(names_by_price(world))
    assert len(names_by_price(world)) == 3

    live(world, replace(ORDER, key="again"), stays="evaluated", without=BIDDERS[1:], bid_count=9)
    last = Tender.objects.order_by("-pk")[0]
    assert [world.key_of(bid.agency) for bid in last.bids.standing()] == ["one"]


def test_a_cancelled_order_ends_on_the_second_day(world: World) -> None:
    waited = live(world, cancelled="项目不再进行。", bid_count=3)

    tender = Tender.objects.get()
    assert (tender.status, tender.end_reasons) == (Tender.Status.CANCELLED, "项目不再进行。")
    assert tender.ended_at == waited[-1]
    assert waited[-1].date() == world.days.day(PUBLISHED + 2)


@pytest.mark.parametrize(
    ("changes", "bids", "status"),
    [
        ({"stays": "published"}, 0, Tender.Status.ACTIVE),
        ({"declined": "yes"}, 0, Tender.Status.UNSUCCESSFUL),
        ({"stays": "evaluated"}, 1, Tender.Status.EVALUATED),
    ],
)
def test_the_agency_that_is_named_answers_or_declines(
    world: World, changes: dict[str, object], bids: int, status: str
) -> None:
    named = replace(ORDER, method="direct", named="three", naming="熟悉本项目的前期工作。")

    live(world, named, **changes)

    tender = Tender.objects.get()
    assert tender.named_agency == world.parties["three"]
    assert Bid.objects.filter(agency=tender.named_agency).count() == Bid.objects.count() == bids
    assert tender.status == status
