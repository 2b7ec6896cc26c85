"""The papers of an order, and whom it avoids, as its pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from bidding.models import AvoidedAgency, Exemption, Tender, TenderPaper, Witness
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
class Parts:
    """What an order has of each."""

    papers: Sequence[PaperShown]
    avoided: Sequence[AvoidedAgency]
    exemptions: Sequence[ExemptionShown] = ()
    witnesses: Sequence[WitnessShown] = ()


def parts_of(tender: Tender, *, is_public: bool) -> Parts:
    """Return what an order has several of, to the public what it may read; four queries."""
    papers = TenderPaper.objects.filter(tender=tender).select_related("document")
    if is_public:
        papers = papers.filter(kind=TenderPaper.Kind.REQUIREMENT)
    avoided = AvoidedAgency.objects.filter(tender=tender).select_related("agency")
    exemptions = Exemption.objects.filter(tender=tender).select_related("document")
    return Parts(
        [_shown(tender, paper) for paper in papers],
        list(avoided),
        [_exemption(tender, one, is_public=is_public) for one in exemptions],
        witnesses_of(tender, is_public=is_public),
    )


def witnesses_of(tender: Tender, *, is_public: bool) -> list[WitnessShown]:
    """Return who is invited to watch the opening; one query."""
    return [_witness(one, is_public=is_public) for one in Witness.objects.filter(tender=tender)]


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
