"""The papers of an order, and whom it avoids, as its pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from bidding.models import AvoidedAgency, Tender, TenderPaper
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
class Parts:
    """What an order has of both."""

    papers: Sequence[PaperShown]
    avoided: Sequence[AvoidedAgency]


def parts_of(tender: Tender, *, is_public: bool) -> Parts:
    """Return papers, all or the public ones alone, and avoided agencies; two queries."""
    papers = TenderPaper.objects.filter(tender=tender).select_related("document")
    if is_public:
        papers = papers.filter(kind=TenderPaper.Kind.REQUIREMENT)
    avoided = AvoidedAgency.objects.filter(tender=tender).select_related("agency")
    return Parts([_shown(tender, paper) for paper in papers], list(avoided))


def _shown(tender: Tender, paper: TenderPaper) -> PaperShown:
    return PaperShown(
        document=paper.document,
        kind=paper.get_kind_display(),
        url=reverse("bidding:tender_paper", args=[tender.slug, paper.slug]),
        at=paper.added_at,
        remove_url=reverse("bidding:tender_paper_remove", args=[tender.slug, paper.slug]),
    )
