"""An order with two bidders and its result in publicity, its officers, and what is filed of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidding.actions.disputes import accept_dispute, answer_dispute, complain, file_dispute
from bidding.guards.disputes import Filing
from bidding.models import Award, Dispute, Matter, Tender
from marketplace.kernel.calendar import CHINA
from marketplace.models import Message, Organization, User
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, party
from tests.uploads import upload

FILED = datetime(2026, 11, 30, 10, tzinfo=CHINA)
CHECK_DUE = datetime(2026, 12, 3, tzinfo=CHINA)
CHECKED = datetime(2026, 12, 1, 10, tzinfo=CHINA)
ANSWER_DUE = datetime(2026, 12, 16, tzinfo=CHINA)
ANSWERED = datetime(2026, 12, 2, 10, tzinfo=CHINA)
ESCALATION_DUE = datetime(2026, 12, 10, tzinfo=CHINA)
COMPLAINED = datetime(2026, 12, 4, 10, tzinfo=CHINA)
TAKEN_UP = datetime(2026, 12, 7, 10, tzinfo=CHINA)
DECIDED = datetime(2026, 12, 11, 10, tzinfo=CHINA)
FACTS, REQUEST, ANSWER = (
    "第二名的资质证书已经过期。",
    "请重新核对结果。",
    "已经核对，证书在有效期内。",
)


@dataclass
class World:
    """Who takes part in a dispute about a result."""

    award: Award
    filer: Organization
    operators: Organization
    clerk: User
    other_clerk: User
    by: User

    @property
    def tender(self) -> Tender:
        return Tender.objects.get(pk=self.award.tender_id)

    def filing(self, matter: Matter = Matter.SELECTION, **more: Any) -> Filing:
        return Filing(matter=matter, filer=self.filer, tender=self.tender, **more)

    def filed(self, **more: Any) -> Dispute:
        return file_dispute(
            filing=self.filing(**more),
            facts=FACTS,
            request=REQUEST,
            files=[upload()],
            by=self.by,
            at=FILED,
        )

    def accepted(self) -> Dispute:
        return accept_dispute(dispute=self.filed(), by=self.clerk, at=CHECKED)

    def answered(self) -> Dispute:
        return answer_dispute(dispute=self.accepted(), answer=ANSWER, by=self.by, at=ANSWERED)

    def complaint(self) -> Dispute:
        return complain(
            objection=self.answered(),
            facts=FACTS,
            request=REQUEST,
            by=self.by,
            at=COMPLAINED,
        )

    def complaint_answered(self) -> Dispute:
        taken = accept_dispute(dispute=self.complaint(), by=self.clerk, at=TAKEN_UP)
        return answer_dispute(dispute=taken, answer=ANSWER, by=self.by, at=TAKEN_UP)


def world() -> World:
    """Return a result in publicity with a bidder that lost, and two officers of the place."""
    load_reference()
    tender = TenderFactory(complete=True)
    award = AwardFactory(tender=tender)
    filer = bidder(tender.item)
    BidFactory(tender=tender, agency=filer)
    office = AuthorityFactory(division=tender.division)
    clerk, other = UserFactory(), UserFactory()
    for user in (clerk, other):
        for role in (Role.OPERATOR, Role.REGULATOR):
            party(office, role, user=user)
    party(tender.buyer, Role.BUYER_MANAGER)
    party(filer, Role.AGENCY_MANAGER)
    party(award.bid.agency, Role.AGENCY_MANAGER)
    return World(award, filer, office, clerk, other, UserFactory())


def kinds_told() -> set[tuple[str, str]]:
    """Return what each organisation was told of, by its name."""
    return {(one.organization.name, one.kind) for one in Message.objects.all()}
