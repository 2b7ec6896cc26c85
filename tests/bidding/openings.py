"""An order whose bids were opened, what its evidence says, and who was told."""

import json
from typing import Any

from bidding.actions.tenders import evaluate_tender
from bidding.models import Selection, Tender
from marketplace.models import Message
from tests.factories.bidding import OPENING


def opened(tender: Tender) -> Tender:
    """Open the bids of a closed order at OPENING, and read it anew."""
    evaluate_tender(tender=tender, at=OPENING)
    return Tender.objects.get(pk=tender.pk)


def evidence_of(tender: Tender) -> dict[str, Any]:
    """Return what is published of the selection."""
    evidence: dict[str, Any] = json.loads(Selection.objects.get(tender=tender).evidence)
    return evidence


def told() -> list[tuple[str, str]]:
    """Return every message so far, by kind and by the name of who was told."""
    rows = Message.objects.order_by("kind", "organization__name")
    return list(rows.values_list("kind", "organization__name"))
