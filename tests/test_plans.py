"""
No statement of a page has to read a table that grows from end to end.

PostgreSQL is forbidden to do so (`enable_seqscan`) and does it all the same only where no index
helps. That tells, with a handful of rows and in seconds, what a grown province would make slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.cost import PUBLIC, SIGNED_IN, names_of
from bench.grow import GROWN
from bidding.actions.tenders import evaluate_tender, register_selection
from bidding.models import Award
from marketplace.models import Organization, User
from tests.clock import NOON
from tests.factories.bidding import OPENING, BidFactory, TenderFactory, load_reference
from tests.factories.marketplace import AuthorityFactory, UserFactory, division, party

GROWING = {apps.get_model(label)._meta.db_table for label in GROWN} | {
    *("marketplace_effect", "bidding_tally", "bidding_requirementcheck"),
}
"""Whatever grows with the province, and what is written beside it."""


def readers(award: Award) -> dict[str, User]:
    """Return somebody for each reader of the benchmark."""
    province = AuthorityFactory(division=division("360000"))
    units: dict[str, tuple[Organization, str]] = {
        "zhice": (award.bid.agency, "agency_manager"),
        "gucheng": (award.tender.buyer, "buyer_manager"),
        "zhanggong1": (AuthorityFactory(), "operator"),
        "jiangxi1": (province, "operator"),
        "jianguan1": (province, "regulator"),
        "guanli1": (province, "manager"),
    }
    return {name: party(unit, role).user for name, (unit, role) in units.items()}


def award_of_an_opening() -> Award:
    """Return an award with all that a real opening leaves, as its pages show it."""
    tender = TenderFactory(closed=True)
    BidFactory.create_batch(3, tender=tender)
    evaluate_tender(tender=tender, at=OPENING)
    register_selection(tender=tender, by=UserFactory(), at=OPENING, namesakes_ruled_out=True)
    return Award.objects.select_related("tender__item__service_class", "bid__agency").get()


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the tables that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def scans_of(statements: list[str]) -> set[str]:
    """Return the growing tables that some of these statements read from end to end."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            found.update(scanned(cursor.fetchone()[0][0]["Plan"]))
    return found & GROWING


@pytest.mark.postgresql
@pytest.mark.django_db
def test_no_page_reads_a_growing_table_from_end_to_end(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    load_reference()
    call_command("load_laws", verbosity=0)
    call_command("load_pages", at=NOON, verbosity=0)
    award = award_of_an_opening()
    names = names_of(award.tender, award.bid.agency)
    people = readers(award)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found: dict[str, set[str]] = {}
    for reader, paths in {"": PUBLIC, **SIGNED_IN}.items():
        client = Client(HTTP_HOST="127.0.0.1")
        if reader:
            client.force_login(people[reader])
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                page = client.get(path.format(**names))
                if page.streaming:
                    b"".join(page)
            assert page.status_code == 200, (reader, path)
            asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
            if scans := scans_of(asked):
                found[f"{reader} {path}".strip()] = scans

    assert found == {}
