"""Where a message leads to."""

from __future__ import annotations

from django.urls import reverse

from bidding.models import Award, Question, Tender


def to_tender(tender: Tender) -> str:
    """Return the public page of a published order, else the buyer's own page."""
    if tender.code and tender.is_published:
        return reverse("bidding:tender", args=[tender.code])
    return reverse("bidding:buyer_tender", args=[tender.slug])


def to_bid(tender: Tender) -> str:
    """Return the page where an agency sees and changes its own bid."""
    return reverse("bidding:bid", args=[tender.code])


def to_question(question: Question) -> str:
    """Return the page where the buyer answers a question."""
    return reverse("bidding:question_answer", args=[question.tender.slug, question.slug])


def to_contract(award: Award) -> str:
    """Return the page of both sides, from the award to the archive."""
    return reverse("bidding:contract", args=[award.tender.slug])


def to_opening(tender: Tender) -> str:
    """Return the page on which everybody sees how an order is opened."""
    return reverse("bidding:tender_opening", args=[tender.code])


def to_operated(tender: Tender) -> str:
    """Return the officers' page of an order."""
    return reverse("bidding:operator_tender", args=[tender.slug])


def to_hall(tender: Tender) -> str:
    """Return the hall of a live order, where its bidders quote and everybody watches."""
    return reverse("bidding:hall", args=[tender.code])
