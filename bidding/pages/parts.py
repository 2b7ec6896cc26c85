"""The papers of an order, and whom it avoids, as its pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bidding.guards.lots import other_lots
from bidding.models import AvoidedAgency, Exemption, Tender, TenderPaper, Witness
from marketplace.kernel.statements import statement
from marketplace.models import Document
from marketplace.web.components import Text


@dataclass(frozen=True)
class PaperShown:
    """A paper, where it is read, and where its owner takes it away."""

    document: Document
    kind: Text
    url: str
    at: datetime
    remove_url: str


@dataclass(frozen=True)
class WitnessShown:
    """Who watches the opening; the public reads unit and surname."""

    unit: str
    name: str
    slug: str


@dataclass(frozen=True)
class ExemptionShown:
    """From what an order is exempted and why; its paper is for owner and officers alone."""

    check: Text
    reasons: str
    slug: str
    document: Document | None = None
    url: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class LotShown:
    """Another lot of the same matter, where it is read, and where it stands."""

    number: int
    title: str
    url: str
    word: Text


@dataclass(frozen=True)
class Lots:
    """Which lot of how many an order is, what one agency may win, and the others."""

    number: int
    count: int
    most_per_agency: int | None
    others: Sequence[LotShown]


@dataclass(frozen=True)
class Parts:
    """What an order has of each."""

    papers: Sequence[PaperShown]
    avoided: Sequence[AvoidedAgency]
    exemptions: Sequence[ExemptionShown] = ()
    witnesses: Sequence[WitnessShown] = ()
    lots: Lots | None = None


def parts_of(tender: Tender, *, is_public: bool) -> Parts:
    """Return what an order has several of, to the public what it may read; four queries."""
    return Parts(
        [_shown(tender, paper) for paper in _papers(order=tender.pk, is_public=is_public)],
        _avoided(tender.pk),
        [_exemption(tender, one, is_public=is_public) for one in _exemptions(tender.pk)],
        witnesses_of(tender, is_public=is_public),
        lots_of(tender, is_public=is_public),
    )


@statement
def _papers(*, order: int, is_public: bool) -> QuerySet[TenderPaper]:
    papers = TenderPaper.objects.filter(tender=order).select_related("document")
    return papers.filter(kind=TenderPaper.Kind.REQUIREMENT) if is_public else papers


@statement
def _avoided(order: int) -> QuerySet[AvoidedAgency]:
    return AvoidedAgency.objects.filter(tender=order).select_related("agency")


@statement
def _exemptions(order: int) -> QuerySet[Exemption]:
    return Exemption.objects.filter(tender=order).select_related("document")


def lots_of(tender: Tender, *, is_public: bool) -> Lots | None:
    """Return the lots beside this one, to the public those that are public; None of no lot."""
    group = tender.lot_group
    if group is None or tender.lot is None:
        return None
    rows = list(other_lots(tender))
    count = len({tender.lot, *(lot.lot for lot in rows)})
    shown = [lot for lot in rows if lot.is_published or not is_public]
    others = [_lot(lot, is_public=is_public) for lot in shown]
    return Lots(tender.lot, count, group.most_per_agency, others)


def _lot(lot: Tender, *, is_public: bool) -> LotShown:
    public = reverse("bidding:tender", args=[lot.code]) if is_public else ""
    url = public or reverse("bidding:buyer_tender", args=[lot.slug])
    return LotShown(lot.lot or 0, lot.heading, url, lot.get_status_display())


def witnesses_of(tender: Tender, *, is_public: bool) -> list[WitnessShown]:
    """Return who is invited to watch the opening; one query."""
    return [_witness(one, is_public=is_public) for one in _witnesses(tender.pk)]


@statement
def _witnesses(order: int) -> QuerySet[Witness]:
    return Witness.objects.filter(tender=order)


def _witness(witness: Witness, *, is_public: bool) -> WitnessShown:
    name = witness.name
    shown = name[:1] + "*" * (len(name) - 1) if is_public else name
    return WitnessShown(witness.unit, shown, witness.slug)


def _exemption(tender: Tender, exemption: Exemption, *, is_public: bool) -> ExemptionShown:
    shown = ExemptionShown(exemption.get_check_name_display(), exemption.reasons, exemption.slug)
    if is_public:
        return shown
    url = reverse("bidding:tender_exemption", args=[tender.slug, exemption.slug])
    return replace(shown, document=exemption.document, url=url, at=exemption.added_at)


def _shown(tender: Tender, paper: TenderPaper) -> PaperShown:
    return PaperShown(
        document=paper.document,
        kind=paper.get_kind_display(),
        url=reverse("bidding:tender_paper", args=[tender.slug, paper.slug]),
        at=paper.added_at,
        remove_url=reverse("bidding:tender_paper_remove", args=[tender.slug, paper.slug]),
    )
