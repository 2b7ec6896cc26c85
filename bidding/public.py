"""
What of bidding's tables is public: an order from its publication, its bids from their opening.

A bid that is handed in, changed, withdrawn or ended before the opening moves nothing, nor does one
of an order that failed, which stays sealed. A question is public with its answer, and
so is an objection; a complaint with its decision.
"""

from bidding.models import (
    Amendment,
    AvoidedAgency,
    Award,
    Bid,
    Choice,
    Contract,
    Dispute,
    Evaluation,
    Exemption,
    Explanation,
    Question,
    Reckoning,
    Seal,
    SealReveal,
    Selection,
    Suspension,
    Tender,
    TenderPaper,
    Witness,
)
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.models import Deadline
from marketplace.kernel.public_triggers import PublicTable
from marketplace.models import Organization
from marketplace.public import LOOKS, of_kinds

# Each quote moves the end of its hall, which its own page and stream alone tell.
QUIET_KINDS = tuple(kind for kind in OrderDeadline.values if kind != OrderDeadline.HALL)
OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM bidding_tender published"
    " WHERE published.id = {row}.tender_id AND published.published_at IS NOT NULL)"
)
"""Of a row that belongs to an order: the order is public."""

TABLES = (
    PublicTable(Tender, "{row}.published_at IS NOT NULL"),
    PublicTable(
        Organization,
        "EXISTS (SELECT 1 FROM bidding_tender published"
        " WHERE published.buyer_id = {row}.id AND published.published_at IS NOT NULL)",
    ),
    PublicTable(
        Bid,
        "EXISTS (SELECT 1 FROM bidding_tender opened"
        " WHERE opened.id = {row}.tender_id AND opened.evaluated_at IS NOT NULL)",
    ),
    PublicTable(Question, "{row}.answered_at IS NOT NULL"),
    PublicTable(Seal),
    PublicTable(SealReveal),
    PublicTable(Selection),
    PublicTable(Choice),
    PublicTable(Explanation),
    PublicTable(Amendment),
    PublicTable(AvoidedAgency, OF_PUBLISHED),
    PublicTable(Exemption, OF_PUBLISHED),
    PublicTable(TenderPaper, OF_PUBLISHED),
    PublicTable(Witness, OF_PUBLISHED),
    PublicTable(Award),
    PublicTable(Contract),
    PublicTable(Evaluation),
    PublicTable(
        Dispute,
        "{row}.decided_at IS NOT NULL"
        " OR ({row}.kind = 'objection' AND {row}.answered_at IS NOT NULL)",
    ),
    PublicTable(Suspension),
    PublicTable(Reckoning),
    PublicTable(Deadline, of_kinds(*QUIET_KINDS), LOOKS),
)
