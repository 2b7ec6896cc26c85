"""
Orders as releases of the Open Contracting Data Standard 1.1: what is public of them, for programs.

<https://standard.open-contracting.org/1.1/en/schema/release/>. A release says all that is known of
an order now; whatever changes gives it another `id`. Amounts are in yuan, moments in Beijing time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bidding.models import Amendment, Award, Bid, Contract, Tender
from bidding.models.stages import word_of
from bidding.models.tender_queries import TenderQuerySet
from bidding.pages.bids import opened_bids
from bidding.pages.steps import contract_of
from bidding.rules.notices import AMENDED
from bidding.selection.methods import method_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.models import Organization
from marketplace.web.components import Text

Json = dict[str, Any]
VERSION = "1.1"
EXTENSIONS = [
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_bid_extension/v1.1.5/extension.json",
]
CREDIT_CODE = "CN-USCC"
"""Our name for the scheme of unified social credit codes (GB 32100-2015)."""
CATALOGUE = "x_catalogue"
PROCESS_STATES: Mapping[str, str] = {
    Tender.Status.ACTIVE: "active",
    Tender.Status.CLOSED: "active",
    Tender.Status.BIDDING: "active",
    Tender.Status.EVALUATED: "active",
    Tender.Status.COMPLETE: "complete",
    Tender.Status.UNSUCCESSFUL: "unsuccessful",
    Tender.Status.CANCELLED: "cancelled",
}
AWARD_STATES: Mapping[str, str] = {
    Award.Status.PENDING: "pending",
    Award.Status.ACTIVE: "active",
    Award.Status.COMPLETE: "active",
    Award.Status.CANCELLED: "cancelled",
}
CONTRACT_STATES: Mapping[str, str] = {
    Contract.Status.PENDING: "pending",
    Contract.Status.ACTIVE: "active",
    Contract.Status.DELIVERED: "active",
    Contract.Status.ACCEPTED: "active",
    Contract.Status.RATED: "terminated",
    Contract.Status.ARCHIVED: "terminated",
    Contract.Status.TERMINATED: "terminated",
}
BID_STATES: Mapping[str, str] = {
    Bid.Status.ACTIVE: "valid",
    Bid.Status.ENDED: "disqualified",
    Bid.Status.EXCLUDED: "disqualified",
}


def to_release() -> TenderQuerySet:
    """Return the orders that everybody may see, with what a release tells of them."""
    rows = Tender.objects.public().order_by()
    return rows.joined_with(
        *("buyer", "item__service_class", "division__parent", "award__contract"),
        *("seal", "selection", "previous", "award__bid__agency"),
    )


def package_of(releases: Sequence[Json], address: str, at: datetime) -> Json:
    """Return releases with what a reader must know of where they come from."""
    return {
        "uri": _absolute(address),
        "version": VERSION,
        "extensions": EXTENSIONS,
        "publishedDate": _moment(at),
        "publisher": {"name": settings.WAGTAIL_SITE_NAME, "uri": settings.PUBLIC_URL},
        "releases": releases,
    }


def releases_of(tenders: Sequence[Tender], at: datetime) -> list[Json]:
    """Return published orders, each as one release; a fixed number of queries for all of them."""
    prefetch_related_objects(tenders, deadlines_of(), "amendments")
    awards = [one.award for one in tenders if one.award]
    prefetch_related_objects(awards, deadlines_of(), deadlines_of("contract"))
    bids = opened_bids(tenders)
    return [_release(one, bids[one.pk], at) for one in tenders]


def _release(tender: Tender, bids: Sequence[Bid], at: datetime) -> Json:
    """
    Return one order with its bids.

    Before the opening there are none: neither they nor how many there are is public.
    """
    amendments = sorted(tender.amendments.all(), key=lambda one: one.number)
    award, contract = tender.award, contract_of(tender.award)
    release = {
        "ocid": _process(tender),
        "date": _moment(max(_moments(tender, award, contract, amendments))),
        "tag": ["tender", *(["award"] if award else []), *(["contract"] if contract else [])],
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(tender, bids, award),
        "buyer": _reference(tender.buyer),
        "tender": _tender(tender, bids, amendments, at),
        "bids": {"details": [_bid(bid) for bid in bids]},
        "awards": [_award(tender, award)] if award else None,
        "contracts": [_contract(tender, award, contract)] if award and contract else None,
        "relatedProcesses": [_previous(tender.previous)] if tender.previous else None,
    }
    filled = _filled(release)
    fingerprint = sha256_hex(json.dumps(filled, sort_keys=True).encode())
    return {"id": f"{tender.code}-{fingerprint[:12]}", **filled}


def _tender(
    tender: Tender, bids: Sequence[Bid], amendments: Iterable[Amendment], at: datetime
) -> Json:
    method = method_of(tender)
    return {
        "id": tender.code,
        "title": tender.title,
        "description": tender.content,
        "status": PROCESS_STATES[tender.status],
        "statusDetails": _status_details(tender, at),
        "procuringEntity": _reference(tender.buyer),
        "items": [_item(tender)],
        "value": _value(tender.ceiling),
        "minValue": _value(tender.floor),
        "procurementMethod": method.procurement_method,
        "procurementMethodDetails": str(method.words.name),
        "procurementMethodRationale": tender.naming_reasons,
        "mainProcurementCategory": "services",
        "submissionMethod": ["electronicSubmission"],
        "datePublished": _moment(tender.published_at),
        "tenderPeriod": _period(tender.published_at, tender.tender_period_end),
        "awardPeriod": _period(tender.opening_at, tender.completed_at),
        "numberOfTenderers": len(bids) if tender.is_opened else None,
        "tenderers": [_reference(bid.agency) for bid in bids],
        "documents": _documents(tender),
        "amendments": [_amendment(one) for one in amendments],
    }


def _status_details(tender: Tender, at: datetime) -> str:
    """Return the one word of the pages for where the order stands, and why it ended."""
    award, contract = tender.award, contract_of(tender.award)
    word = word_of(
        tender.status,
        award.status if award else None,
        contract.status if contract else None,
        ends_at=tender.tender_period_end,
        is_suspended=tender.is_suspended,
        at=at,
    )
    return _with_reasons(word, tender.end_reasons)


def _item(tender: Tender) -> Json:
    item, kind = tender.item, tender.item.service_class
    return {
        "id": "1",
        "description": item.name,
        "classification": {
            "scheme": CATALOGUE,
            "id": item.code,
            "description": item.name,
            "uri": _absolute(reverse("bidding:item", args=[item.code])),
        },
        "additionalClassifications": (
            [{"scheme": f"{CATALOGUE}_class", "id": kind.code, "description": kind.name}]
            if kind
            else None
        ),
        "deliveryAddress": {"region": tender.division.full_name, "countryName": _("中国")},
    }


def _documents(tender: Tender) -> list[Json]:
    """Return where everybody reads the order, and what its selection can be checked with."""
    notice = _document("notice", "tenderNotice", _("采购公告"), "bidding:tender", tender)
    if tender.selection is None:
        return [notice]
    return [
        notice,
        _document(
            "evidence", "evaluationReports", _("选取证据"), "bidding:tender_evidence", tender
        ),
    ]


def _document(name: str, kind: str, title: str, address: str, tender: Tender) -> Json:
    url = reverse(address, args=[tender.code])
    is_data = url.endswith(".json")
    return {
        "id": name,
        "documentType": kind,
        "title": title,
        "url": _absolute(url),
        "format": "application/json" if is_data else "text/html",
        "language": "zh",
    }


def _amendment(amendment: Amendment) -> Json:
    return {
        "id": str(amendment.number),
        "date": _moment(amendment.made_at),
        "rationale": amendment.reasons,
        "description": "\n".join(
            f"{AMENDED.labels[one['field']]}: {one['old']} → {one['new']}"
            for one in amendment.changes
        ),
    }


def _bid(bid: Any) -> Json:
    return {
        "id": f"{bid.tender.code}-{bid.agency.uscc}",
        "status": BID_STATES[bid.status],
        "date": _moment(bid.offered_at),
        "tenderers": [_reference(bid.agency)],
        "value": _value(bid.amount),
    }


def _award(tender: Tender, award: Award) -> Json:
    is_pending = award.status == Award.Status.PENDING
    return {
        "id": _award_id(tender, award),
        "status": AWARD_STATES[award.status],
        "statusDetails": _award_details(award),
        "date": _moment(award.awarded_at or award.published_at),
        "value": _value(award.amount),
        "suppliers": [_reference(award.bid.agency)],
        "standstillPeriod": (
            _period(award.published_at, award.publicity_ends_at) if is_pending else None
        ),
    }


def _award_id(tender: Tender, award: Award) -> str:
    return f"{tender.code}-{award.round}-{award.place}"


def _award_details(award: Award) -> str:
    return _with_reasons(award.get_status_display(), award.cancel_reasons)


def _with_reasons(word: Text, reasons: str) -> str:
    said = {"word": word, "reasons": reasons}
    return _("%(word)s：%(reasons)s") % said if reasons else str(word)


def _contract(tender: Tender, award: Award, contract: Contract) -> Json:
    return {
        "id": contract.number,
        "awardID": _award_id(tender, award),
        "status": "pending" if contract.signed_at is None else CONTRACT_STATES[contract.status],
        "statusDetails": contract.get_status_display(),
        "value": _value(contract.amount),
        "dateSigned": _moment(contract.signed_at),
        "period": _period(contract.signed_at, contract.service_due_at),
    }


def _previous(order: Tender) -> Json:
    is_failed = order.status == Tender.Status.UNSUCCESSFUL
    return {
        "id": "1",
        "relationship": ["unsuccessfulProcess" if is_failed else "prior"],
        "scheme": "ocid",
        "identifier": _process(order),
    }


def _parties(tender: Tender, bids: Iterable[Bid], award: Award | None) -> list[Json]:
    """Return the units that take part, each with all that it does here."""
    roles: dict[int, list[str]] = {tender.buyer_id: ["buyer", "procuringEntity"]}
    units = {tender.buyer_id: tender.buyer}
    winners = [award.bid.agency] if award else []
    for role, agencies in (("tenderer", [bid.agency for bid in bids]), ("supplier", winners)):
        for agency in agencies:
            units[agency.pk] = agency
            roles.setdefault(agency.pk, []).append(role)
    return [_party(unit, roles[key]) for key, unit in units.items()]


def _party(unit: Organization, roles: Sequence[str]) -> Json:
    """Return a unit; of a natural person there is nothing but that it is one."""
    identifier = {"scheme": CREDIT_CODE, "id": unit.uscc, "legalName": unit.name}
    return {
        **_reference(unit),
        "identifier": identifier if unit.uscc else None,
        "roles": roles,
    }


def _reference(unit: Organization) -> Json:
    return {"id": f"{CREDIT_CODE}-{unit.uscc}" if unit.uscc else unit.name, "name": unit.name}


def _process(tender: Tender) -> str:
    return f"{settings.OCDS_PREFIX}-{tender.code}"


def _value(amount: Decimal | None) -> Json | None:
    return None if amount is None else {"amount": float(amount), "currency": "CNY"}


def _period(begins_at: datetime | None, ends_at: datetime | None) -> Json:
    return {"startDate": _moment(begins_at), "endDate": _moment(ends_at)}


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _moments(
    tender: Tender,
    award: Award | None,
    contract: Contract | None,
    amendments: Iterable[Amendment],
) -> Iterable[datetime]:
    """Yield when anything public happened to the order; there is one at least."""
    told = [tender.published_at, tender.closed_at, tender.evaluated_at, tender.completed_at]
    told += [tender.ended_at, *(one.made_at for one in amendments)]
    if award:
        told += [award.published_at, award.awarded_at, award.cancelled_at]
    if contract:
        told += [contract.signed_at, contract.delivered_at, contract.accepted_at]
        told += [contract.rated_at, contract.archived_at, contract.terminated_at]
    return (at for at in told if at)


def _filled(value: Any) -> Any:
    """Return JSON without what is not known: no empty text, list or object, and no null."""
    if isinstance(value, dict):
        kept = {name: _filled(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_filled(one) for one in value]
    return value


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
