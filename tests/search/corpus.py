"""The rows that `queries.json` describes, and what its queries should find among them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from wagtail.models import Page

from bidding.actions.sealing import make_key
from bidding.models import Bid, Tender
from cms.models import HomePage, NoticeIndexPage, NoticePage
from marketplace.models import (
    Organization,
    ServiceClass,
    ServiceItem,
    User,
)
from search.index import Document
from search.models import SearchEntry
from tests.clock import NOON
from tests.factories.bidding import OfferFactory, rulebook
from tests.factories.deadlines import lay_deadlines
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    OrganizationFactory,
    QualificationFactory,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
    division,
)

FILE = Path(__file__).with_name("queries.json")
DATA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    """One query of the file and the codes that it finds, in order."""

    why: str
    query: str
    kind: str
    codes: list[str]


CASES = [
    Case(row["why"], row["query"], row.get("kind", ""), row["codes"]) for row in DATA["queries"]
]


SOUGHT = {"tender", "agency", "item", "notice"}
"""The kinds of the file's rows; what these bring along, owners and classes, is not in its lists."""


def codes_of(documents: Iterable[Document]) -> list[str]:
    """Return the codes of what was found, of the kinds that the file has rows of."""
    return [code_of(document) for document in documents if document.kind in SOUGHT]


def entry_count() -> int:
    """Return how many of the file's rows are in the index of the database."""
    return SearchEntry.objects.filter(kind__in=SOUGHT).count()


def code_of(document: Document) -> str:
    """Return the code by which a reader knows what was found; a notice has its address only."""
    return document.codes[0] if document.codes else document.url.rstrip("/").rpartition("/")[2]


def service_class(name: str) -> ServiceClass:
    return ServiceClass.objects.filter(name=name).first() or ServiceClassFactory(name=name)


def item(name: str, class_name: str) -> ServiceItem:
    found = ServiceItem.objects.filter(name=name).first()
    return found or ServiceItemFactory(name=name, service_class=service_class(class_name))


def buyer(name: str) -> Organization:
    found = Organization.objects.filter(name=name).first()
    return found or BuyerFactory(organization__name=name).organization


def person(name: str) -> User:
    return User.objects.filter(username=name).first() or UserFactory(username=name)


def draft(row: dict[str, Any]) -> Tender:
    """Store an order that nobody has published."""
    return Tender.objects.create(**_needed(row))


def tender(row: dict[str, Any]) -> Tender:
    """Store an order that is open at NOON, with a sealed bid when the row has one."""
    published_at = NOON - timedelta(days=row["published_days_ago"])
    published = Tender.objects.create(
        **_needed(row),
        code=row["code"],
        project_code=row["project_code"],
        method="lowest",
        fund=Tender.Fund.FISCAL,
        service_time=20,
        status=Tender.Status.ACTIVE,
        submitted_at=published_at,
        reviewed_at=published_at,
        reviewed_by=person("reviewer"),
        published_at=published_at,
        published_by=person("publisher"),
        rulebook=rulebook(),
    )
    end = NOON + timedelta(days=3)
    lay_deadlines(published, tender_period_end=end, opening_at=end)
    if "sealed_amount" in row:
        make_key(published, published_at)
        bid = Bid.objects.create(
            tender=published,
            agency=OrganizationFactory(),
            submitted_by=person("bidder"),
            submitted_at=NOON,
        )
        OfferFactory(
            bid=bid,
            version=1,
            amount=Decimal(row["sealed_amount"]),
            offered_by=person("bidder"),
        )
    return published


def _needed(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "content": row["content"],
        "item": item(row["item"], row["class"]),
        "buyer": buyer(row["buyer"]),
        "division": division(row["division"]),
        "created_by": person("buyer"),
        "created_at": NOON,
    }


def agency(row: dict[str, Any]) -> Organization:
    """Store an agency with its classes, in the state that the row names."""
    made = AgencyFactory(
        organization__name=row["name"],
        organization__uscc=row["uscc"],
        organization__division=division(row["division"]),
        **{row["status"]: True},
    )
    for name in row["classes"]:
        QualificationFactory(agency=made, service_class=service_class(name))
    return made.organization


def catalogue_item(row: dict[str, Any]) -> ServiceItem:
    return ServiceItemFactory(
        code=row["code"],
        name=row["name"],
        service_class=service_class(row["class"]),
        published=row["published"],
        legal_basis=row["basis"],
    )


def notice(row: dict[str, Any]) -> NoticePage:
    """Store a notice below the notices' index."""
    page = NoticePage(
        title=row["title"],
        slug=row["slug"],
        source=row["source"],
        body=[("text", row["body"])],
        published_on=date.fromisoformat(row["published_on"]),
        live=row["live"],
    )
    return notice_index().add_child(instance=page)


def notice_index() -> NoticeIndexPage:
    found = NoticeIndexPage.objects.first()
    if found is None:
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="首页", slug="front"))
        found = home.add_child(instance=NoticeIndexPage(title="通知公告", slug="notices"))
    return found


MAKERS = {
    "tenders": tender,
    "drafts": draft,
    "agencies": agency,
    "items": catalogue_item,
    "notices": notice,
}


def store_corpus() -> None:
    """Store every row of the file, through the models and so through their signals."""
    for kind, make in MAKERS.items():
        for row in DATA["corpus"][kind]:
            make(row)
