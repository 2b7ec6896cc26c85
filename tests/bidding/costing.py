"""An opened order with one quote so far below the others that its cost is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bidding.actions.explanations import explain_cost, judge_cost
from bidding.models import Bid, Explanation, Tender
from marketplace.models import Organization, User
from tests.bidding.openings import opened
from tests.factories.bidding import OPENING, BidFactory, TenderFactory
from tests.factories.marketplace import Role, UserFactory, party

LOW, NEXT, HIGH = 50_000, 85_000, 90_000
TEXT, WHY = "两人五个工作日，单价每日一千元。", "工时与同类项目相符。"
GIVEN = OPENING + timedelta(hours=1)


@dataclass
class Case:
    """The order, and the explanation of its lowest quote."""

    tender: Tender
    explanation: Explanation
    by: User

    @property
    def agency(self) -> Organization:
        return self.explanation.bid.agency

    def bid_at(self, amount: int) -> Bid:
        return Bid.objects.get(tender=self.tender, offers__opened__amount=amount)

    def given(self, at: datetime = GIVEN) -> Explanation:
        """Explain it."""
        self.explanation = explain_cost(explanation=self.explanation, text=TEXT, by=self.by, at=at)
        return self.explanation

    def judged(self, *, is_accepted: bool, at: datetime = GIVEN) -> Explanation:
        """Judge what was explained."""
        self.explanation = judge_cost(
            explanation=self.explanation, is_accepted=is_accepted, reasons=WHY, by=self.by, at=at
        )
        self.tender = Tender.objects.get(pk=self.tender.pk)
        return self.explanation


def low_case(*amounts: int, method: str = "lowest", **fields: object) -> Case:
    """Open an order with these quotes, of which the first is abnormally low."""
    tender = TenderFactory(closed=True, method=method, **fields)
    for amount in amounts or (LOW, NEXT, HIGH):
        agency = BidFactory(tender=tender, amount=amount).agency
        party(agency, Role.AGENCY_MANAGER)
    party(tender.buyer, Role.BUYER_MANAGER)
    tender = opened(tender)
    return Case(tender, Explanation.objects.get(tender=tender), UserFactory())
