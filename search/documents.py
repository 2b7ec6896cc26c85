"""What of our rows is public and may be found: no draft, no amount, and of who bid the winner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from bidding.models import Tender
from cms.models import NoticePage
from marketplace.kernel.calendar import CHINA
from marketplace.models import Organization, Qualification, ServiceItem
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind
BATCH = 500


def public_tenders() -> QuerySet[Tender]:
    """Orders from their publication on."""
    tenders = Tender.objects.public()
    return tenders.joined_with(
        "buyer", "item__service_class", "division__parent", "award__bid__agency"
    )


def public_agencies() -> QuerySet[Organization]:
    """
    Agencies on the register: also who was removed, and is found with that state beside it.
    """
    classes = Qualification.objects.select_related("service_class")
    return (
        Organization.objects.active_agencies()
        .select_related("agency", "division__parent")
        .prefetch_related(Prefetch("agency__qualifications", queryset=classes))
    )


def public_items() -> QuerySet[ServiceItem]:
    """The published version of each item."""
    items = ServiceItem.objects.published()
    return items.select_related("service_class")


def public_notices() -> QuerySet[NoticePage]:
    """Notices that are live and that no password or group hides."""
    notices: QuerySet[NoticePage] = NoticePage.objects.live().public()
    return notices


def from_tender(tender: Tender) -> Document:
    """
    What the published notice of an order says, and who won once that is registered.

    Its status and its amounts are not part of it, nor anybody else who bid.
    """
    item = tender.item
    award = getattr(tender, "award", None)
    winner = award.bid.agency.name if award is not None else ""
    class_name = item.service_class.name if item.service_class else ""
    return Document(
        kind=Kind.TENDER,
        key=tender.code or "",
        title=str(tender),
        facts=_said(tender.division.full_name, class_name, tender.buyer.name),
        body=_lines(item.name, tender.content, tender.scale, winner),
        url=reverse("bidding:tender", args=[tender.code]),
        codes=_said(tender.code or "", tender.project_code),
        sort_at=_moment(tender.published_at),
    )


def from_agency(organization: Organization) -> Document:
    """What an agency is called, where it is registered and for what it is qualified."""
    rows = organization.agency.qualifications.all()
    classes = dict.fromkeys(row.service_class.name for row in rows)
    return Document(
        kind=Kind.AGENCY,
        key=organization.slug,
        title=organization.name,
        facts=_said(organization.place),
        body=_lines(*classes),
        url=reverse("bidding:agency", args=[organization.slug]),
        codes=_said(organization.uscc or ""),
        sort_at=_moment(organization.agency.activated_at),
    )


def from_item(item: ServiceItem) -> Document:
    """A published item of the catalogue with its legal basis."""
    class_name = item.service_class.name if item.service_class else ""
    return Document(
        kind=Kind.ITEM,
        key=item.code,
        title=item.name,
        facts=_said(class_name, item.department),
        body=_lines(
            item.related_approval, item.legal_basis, item.deliverable, item.agency_requirement
        ),
        url=reverse("bidding:item", args=[item.code]),
        codes=(item.code,),
        sort_at=_moment(item.published_at),
    )


def from_notice(notice: NoticePage) -> Document:
    """A live notice, as plain text."""
    _site, _root_url, path = notice.get_url_parts() or (None, None, notice.url_path)
    return Document(
        kind=Kind.NOTICE,
        key=str(notice.translation_key),
        title=notice.title,
        facts=_said(notice.source),
        body=_lines(notice.summary, notice.text()),
        url=path,
        sort_at=datetime.combine(notice.published_on, time.min, tzinfo=CHINA).astimezone(UTC),
    )


def _tender(code: str) -> Document | None:
    row = public_tenders().filter(code=code).first()
    return from_tender(row) if row else None


def _agency(slug: str) -> Document | None:
    row = public_agencies().filter(slug=slug).first()
    return from_agency(row) if row else None


def _item(code: str) -> Document | None:
    row = public_items().filter(code=code).first()
    return from_item(row) if row else None


def _notice(translation_key: str) -> Document | None:
    row = public_notices().filter(translation_key=translation_key).first()
    return from_notice(row) if row else None


_FINDERS: dict[str, Callable[[str], Document | None]] = {
    Kind.TENDER: _tender,
    Kind.AGENCY: _agency,
    Kind.ITEM: _item,
    Kind.NOTICE: _notice,
}


def find(kind: str, key: str) -> Document | None:
    """Return the document of one thing as it is now; None when there is nothing public."""
    return _FINDERS[kind](key)


def sources() -> Iterator[Callable[[], Document]]:
    """Yield for every public thing what reads its document; the rows come little by little."""
    return chain(
        _readers(from_tender, public_tenders()),
        _readers(from_agency, public_agencies()),
        _readers(from_item, public_items()),
        _readers(from_notice, public_notices()),
    )


def _readers(
    read: Callable[[Any], Document], rows: QuerySet[Any]
) -> Iterator[Callable[[], Document]]:
    return (partial(read, row) for row in rows.order_by("pk").iterator(BATCH))


def _said(*facts: str) -> tuple[str, ...]:
    return tuple(" ".join(fact.split()) for fact in facts if fact)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _moment(moment: datetime | None) -> datetime:
    """Return a moment that the state of the row guarantees."""
    if moment is None:
        raise AssertionError
    return moment
