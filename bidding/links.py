"""Where a message leads to."""

from __future__ import annotations

from django.urls import reverse

from bidding.models import Award, Dispute, Explanation, PushedProject, Question, Report, Tender
from marketplace.models import Organization


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


def to_explanation(explanation: Explanation) -> str:
    """Return the page where the buyer judges what a low quote costs."""
    tender = explanation.tender
    return reverse("bidding:explanation_judge", args=[tender.slug, explanation.slug])


def to_pushed(pushed: PushedProject) -> str:
    """Return the page where the owner drafts the order of a project that was sent."""
    return reverse("bidding:pushed", args=[pushed.slug])


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


def to_own_dispute(dispute: Dispute) -> str:
    """Return the page of who has filed an objection or a complaint, and of who answers it."""
    return reverse("bidding:own_dispute", args=[dispute.slug])


def to_dispute(dispute: Dispute) -> str:
    """Return the officers' page of an objection or a complaint."""
    return reverse("bidding:dispute", args=[dispute.slug])


def of_dispute(dispute: Dispute) -> list[tuple[Organization, str]]:
    """Return who takes part in an objection or a complaint by now, each with its own page."""
    own, told = to_own_dispute(dispute), [(dispute.authority, to_dispute(dispute))]
    if dispute.checked_at is not None and not dispute.refusal_reasons:
        told.insert(0, (dispute.respondent, own))
    return [(dispute.filer, own), *told]


def to_report(report: Report) -> str:
    """Return the officers' page of a report."""
    return reverse("bidding:report_answer", args=[report.slug])
