"""
No statement of a page has to read a table that grows from end to end.

PostgreSQL is forbidden to do so (`enable_seqscan`) and does it all the same only where no index
helps. That tells, with a handful of rows and in seconds, what a grown province would make slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.cost import PUBLIC, SIGNED_IN
from marketplace.models import Organization, User
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, load_reference
from tests.factories.marketplace import AuthorityFactory, division, party

GROWING = {
    *("bidding_award", "bidding_bid", "bidding_contract", "bidding_deliverable"),
    *("bidding_evaluation", "bidding_offer", "bidding_seal", "bidding_selection"),
    *("bidding_tender", "credit_case", "credit_entry", "credit_restriction"),
    *("credit_standingcheck", "marketplace_agency", "marketplace_auditentry"),
    *("marketplace_deadline", "marketplace_effect", "marketplace_message"),
    *("marketplace_organization", "marketplace_qualification", "search_searchentry"),
}


def readers(award: Any) -> dict[str, User]:
    """Return somebody for each reader of the benchmark."""
    province = AuthorityFactory(division=division("360000"))
    units: dict[str, tuple[Organization, str]] = {
        "zhice": (award.bid.agency, "agency_manager"),
        "gucheng": (award.tender.buyer, "buyer_manager"),
        "zhanggong1": (AuthorityFactory(), "operator"),
        "jiangxi1": (province, "operator"),
        "jianguan1": (province, "regulator"),
    }
    return {name: party(unit, role).user for name, (unit, role) in units.items()}


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
    call_command("load_pages", at=NOON, verbosity=0)
    award = AwardFactory(active=True)
    tender = award.tender
    names = {"item": tender.item.code, "agency": award.bid.agency.slug, "order": tender.code}
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
