"""The parts of `make bench` that need neither PostgreSQL nor a load generator."""

import re
import threading

import pytest
from django.test import Client
from django.urls import resolve

from bench import cost, goals, grow, growth, report
from bench.bids import Bidder, script_of, statements_of
from bench.pages import PAGES, SIGNED_IN, Rate, read_rate
from bench.sites import CHECKOUT, Site
from bidding.models import Award, Bid, Tender
from tests.factories.bidding import AwardFactory, TenderFactory, bidder
from tests.factories.marketplace import party

NAMES = dict.fromkeys(("order", "item", "service_class", "owner", "place", "agency", "law"), "x")
LOADED = """
  120 requests in 4.00s, 5.5MB read
{}Requests/sec:     30.00
"""


def test_every_measured_page_has_a_view() -> None:
    signed_in = (path for paths in cost.SIGNED_IN.values() for path in paths)

    for path in (*cost.PUBLIC, *signed_in, *PAGES.values(), *SIGNED_IN.values()):
        address = path.format(**NAMES).partition("?")[0]
        assert resolve(address).route != "", address


def test_a_rate_is_read_and_an_answer_that_is_an_error_ends_the_benchmark() -> None:
    assert read_rate(LOADED.format(""), "/", 6.0) == Rate(30.0, 50.0)
    for said in ("Non-2xx or 3xx responses: 3", "Socket errors: connect 0, read 1"):
        with pytest.raises(SystemExit, match=f"/x/: {said}"):
            read_rate(LOADED.format(f"  {said}\n"), "/x/", 6.0)


def grown(before: float, after: float, size: int = 100, name: str = "/") -> growth.Growth:
    demo = {"seconds": before, "bytes": 100}
    full = {"seconds": 3 * before, "bytes": size}
    return growth.Growth(name, demo, full, {"seconds": after, "bytes": size})


def test_a_page_may_cost_twice_as_much_as_one_with_as_many_rows_and_a_file_as_a_byte() -> None:
    assert grown(0.02, 0.05).ratio == pytest.approx(2.5)
    assert [grown(0.02, one).is_within for one in (0.04, 0.041)] == [True, False]
    assert [grown(0.02, one, 121).is_within for one in (0.12, 0.121)] == [True, False]
    files = [grown(0.01, one, 1000, "/tenders.csv").is_within for one in (0.2, 0.21)]
    assert files == [True, False]
    nothing = {"seconds": 0.002, "bytes": 0}
    assert growth.Growth("the sweep", nothing, nothing, nothing).shown == 1


def rates(ours: float, baseline: float) -> dict[str, dict[str, dict[str, float]]]:
    by = {"kept": 500.0, "ours": ours, "baseline": baseline}
    pages = (*PAGES, *SIGNED_IN)
    found = {page: {who: {"per_second": one} for who, one in by.items()} for page in pages}
    return {**found, "bare": {"bare": {"per_second": 2000.0}}}


def test_the_goals_are_held_against_what_was_found() -> None:
    lines = [goal.line() for goal in report.page_goals("DEMO=0", rates(35, 10))]

    assert lines == [
        "| kept anonymous page / bare view (DEMO=0) | ≥ 25% | 25%, 25%, 25% | yes |",
        "| the same, not kept / baseline (DEMO=0) | ≥ 3 × | 3.5 ×, 3.5 ×, 3.5 × | yes |",
        "| signed-in list / baseline (DEMO=0) | ≥ 4 × | 3.5 × | **no** |",
        "| workbench / baseline (DEMO=0) | ≥ 4 × | 3.5 × | **no** |",
    ]


def test_what_a_page_makes_with_no_part_kept_is_told_beside_the_goal() -> None:
    found = rates(35, 10)
    found["home"]["drawn"] = {"per_second": 22.0}

    told = report.not_kept("DEMO=1", found)

    assert told.found == "3.5 ×, 3.5 ×, 3.5 ×; with no part kept: home 2.2 ×"
    assert told.is_met


@pytest.mark.django_db
def test_the_statements_of_a_bid_are_taken_and_the_bid_is_not(settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    tender = TenderFactory(active=True)
    membership = party(bidder(tender.item), "agency_manager")
    client = Client()
    client.force_login(membership.user)
    session = client.cookies["sessionid"].value
    path = f"/tenders/{tender.code}/bid/"

    sent = statements_of(Bidder(session, membership.organization.pk, path), 80_000)

    assert not Bid.objects.exists()
    written = [found[1] for one in sent if (found := re.match(r'INSERT INTO "(\w+)"', one))]
    assert [one for one in written if one.startswith("bidding")] == [
        *("bidding_requirementcheck", "bidding_bid", "bidding_offer"),
    ]
    assert [one for one in sent if one.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))] == []
    # under the lock alone: before it, the end of the sign-up came with the order
    assert len([one for one in sent if 'FROM "marketplace_deadline"' in one]) == 1
    assert script_of([["SELECT 1"], ["SELECT 2"]]).split("\n") == [
        *("\\if :client_id = 0", "BEGIN;", "SELECT 1;", "ROLLBACK;"),
        *("\\elif :client_id = 1", "BEGIN;", "SELECT 2;", "ROLLBACK;", "\\endif", ""),
    ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_grown_province_has_copies_that_belong_together(monkeypatch):
    for name, number in {"FULL": 1, "WORLDS": 2, "LATER_AGENCIES": 3, "TRAILS": 1}.items():
        monkeypatch.setattr(grow, name, number)
    award = AwardFactory(active=True)
    assert grow.copies_made() == 0

    grow.write(grow.fill_pages())
    made = grow.copies_made()
    grow.write(grow.grow(1, made=made))

    assert made == 1

    orders = Tender.objects.order_by("pk")
    assert [order.pk - award.tender.pk for order in orders] == [0, grow.STRIDE, 2 * grow.STRIDE]
    assert len({order.code for order in orders}) == 3
    for copied in Award.objects.all():
        assert copied.tender.pk % grow.STRIDE == award.tender.pk
        assert copied.bid.tender == copied.tender
        assert copied.letter_number[-5:] != award.letter_number[-5:] or copied.pk == award.pk
    own, rivals = 1 + 2, 2 * grow.RIVALS
    assert Bid.objects.filter(agency__name=award.bid.agency.name).count() == own + rivals
    assert grow.copies_made() == 2


def test_a_part_that_fails_is_said_in_the_table_and_the_others_stand_in_it() -> None:
    found = {
        "starts": {"failed": "SystemExit: a | b", "when": "then"},
        "memory": {"after": 173.2, "pages": 287, "when": "now"},
    }

    assert list(report.goal_lines(found))[2:] == [
        "| starts |  | not measured: SystemExit: a / b | **no** |",
        "| memory per server process after the crawl | ≤ 200 MB "
        "| 173 MB (287 pages asked for) | yes |",
    ]
    assert "- starts: then\n- memory: now\n" in report.document(found)


def test_a_part_that_fails_or_does_not_end_leaves_the_others_their_turn(monkeypatch) -> None:
    def fail(_site: Site) -> dict[str, object]:
        raise SystemExit("the server ends by itself")

    def wait(_site: Site) -> dict[str, object]:
        threading.Event().wait(30)
        return {}

    monkeypatch.setattr(goals, "PATIENCE", 1)
    monkeypatch.setitem(goals.PARTS, "starts", fail)
    site = Site("none", CHECKOUT)

    assert goals.measured("starts", site) == {"failed": "SystemExit: the server ends by itself"}
    monkeypatch.setitem(goals.PARTS, "starts", wait)
    assert goals.measured("starts", site) == {"failed": "no end after 1 s"}
