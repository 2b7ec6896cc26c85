"""Orders, results and contracts: no draft, nobody who bid but the winner, no sealed amount."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bidding.models import Award, Contract, Tender
from bidding.stages import stage_of
from search.documents.base import Source, amount, dates, lines, moment, places, said, values
from search.facets import CLASS, FUND, METHOD, STATUS
from search.index import Document
from search.models import SearchEntry

Kind = SearchEntry.Kind
OF_ORDER = (
    *("tender__buyer", "tender__division__parent__parent", "tender__item__service_class"),
    "bid__agency",
)


def public_tenders(_at: datetime) -> QuerySet[Tender]:
    """Orders from their publication on."""
    return Tender.objects.public().joined_with(
        *("buyer", "item__service_class", "division__parent__parent"),
        *("award__bid__agency", "award__contract"),
    )


def public_awards(_at: datetime) -> QuerySet[Award]:
    """Results: each is public from its registration on."""
    return Award.objects.select_related(*OF_ORDER, "contract")


def public_contracts(_at: datetime) -> QuerySet[Contract]:
    """Contracts that both sides have signed."""
    joined = (f"award__{name}" for name in OF_ORDER)
    return Contract.objects.filter(signed_at__isnull=False).select_related(*joined)


def from_tender(tender: Tender) -> Document:
    """
    What the published notice of an order says, and who won once that is registered.

    Nobody else who bid is part of it, nor what they offered.
    """
    award = getattr(tender, "award", None)
    winner = award.bid.agency.name if award is not None else ""
    published_at = moment(tender.published_at)
    return Document(
        kind=Kind.TENDER,
        key=tender.code or "",
        title=str(tender),
        facts=_of_order(tender),
        body=lines(tender.item.name, tender.content, tender.scale, winner),
        url=reverse("bidding:tender", args=[tender.code]),
        codes=said(tender.code or "", tender.project_code),
        sort_at=published_at,
        facets=values(
            *_facets(tender),
            *amount(tender.ceiling),
            (STATUS, _stage(tender, award)),
            *dates(published_at),
        ),
    )


def from_award(award: Award) -> Document:
    """Who has won an order, for how much, and where that stands."""
    tender = award.tender
    contract = getattr(award, "contract", None)
    stage = stage_of("complete", award.status, contract.status if contract else None)
    return Document(
        kind=Kind.AWARD,
        key=f"{tender.code}.{award.round}.{award.place}",
        title=str(tender),
        facts=said(award.bid.agency.name, *_of_order(tender)),
        body=lines(tender.item.name, tender.code or "", tender.project_code),
        url=reverse("bidding:tender", args=[tender.code]),
        codes=said(award.letter_number or ""),
        sort_at=award.published_at,
        facets=values(
            *_facets(tender), *amount(award.amount), (STATUS, stage), *dates(award.published_at)
        ),
    )


def from_contract(contract: Contract) -> Document:
    """A signed contract: between whom, about what."""
    award = contract.award
    tender = award.tender
    signed_at = moment(contract.signed_at)
    stage = stage_of("complete", award.status, contract.status)
    return Document(
        kind=Kind.CONTRACT,
        key=contract.number,
        title=str(tender),
        facts=said(award.bid.agency.name, *_of_order(tender)),
        body=lines(tender.item.name, tender.code or "", tender.project_code),
        url=reverse("bidding:tender", args=[tender.code]),
        codes=(contract.number,),
        sort_at=signed_at,
        facets=values(
            *_facets(tender), *amount(contract.amount), (STATUS, stage), *dates(signed_at)
        ),
    )


def _of_order(tender: Tender) -> tuple[str, ...]:
    service_class = tender.item.service_class
    name = service_class.name if service_class else ""
    return said(tender.division.full_name, name, tender.buyer.name)


def _facets(tender: Tender) -> list[tuple[str, str]]:
    service_class = tender.item.service_class
    return [
        *places(tender.division),
        (CLASS, service_class.code if service_class else ""),
        (METHOD, tender.method),
        (FUND, tender.fund),
    ]


def _stage(tender: Tender, award: Award | None) -> str:
    contract = getattr(award, "contract", None) if award is not None else None
    return stage_of(
        tender.status,
        award.status if award is not None else None,
        contract.status if contract is not None else None,
        takes_bids=True,
    )


def _award_named(key: str) -> Mapping[str, Any]:
    code, turn, place = key.rsplit(".", 2)
    return {"tender__code": code, "round": turn, "place": place}


SOURCES = (
    Source(Kind.TENDER, public_tenders, lambda key: {"code": key}, from_tender),
    Source(Kind.AWARD, public_awards, _award_named, from_award),
    Source(Kind.CONTRACT, public_contracts, lambda key: {"number": key}, from_contract),
)
