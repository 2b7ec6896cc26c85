"""Experts in the pool, and orders that a panel of them scores."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import factory

from bidding.actions.panels import accept_seat, submit_sheet
from bidding.actions.tenders import close_tender, evaluate_tender
from bidding.models import Expert, PanelSeat, Tender
from marketplace.kernel.calendar import CHINA
from marketplace.models import Organization
from tests.factories.bidding import DEADLINE, NOON, OPENING, BidFactory, TenderFactory
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    UserFactory,
    division,
)
from tests.factories.rows import RowFactory

SCORED_BY_EXPERTS = {
    "price_weight": "30",
    "record_weight": "10",
    "criteria": "技术路线 40\n人员配备 20",
}
"""What an order asks for beyond columns that experts score."""
ACCEPTED_AT = OPENING + timedelta(minutes=30)
SCORED_AT = OPENING + timedelta(hours=2)
ANSWER_DUE = datetime(2026, 12, 1, tzinfo=CHINA)
SHEET_DUE = datetime(2026, 12, 3, tzinfo=CHINA)
COMMENT = "技术路线清楚，人员配备合理。"


class ExpertFactory(RowFactory[Expert]):
    """One who serves in 2026, works for nobody who takes part, and is a member of an office."""

    class Meta:
        model = Expert
        skip_postgeneration_save = True

    user: Any = factory.SubFactory(UserFactory)
    office: Any = factory.SubFactory(AuthorityFactory)
    name = factory.Sequence(lambda n: f"专家{n}")
    title = "高级工程师"
    division: Any = factory.LazyFunction(division)
    employer = factory.Sequence(lambda n: f"测试研究院{n}")
    serves_from = date(2026, 1, 1)
    serves_until = date(2026, 12, 31)
    registered_by: Any = factory.SubFactory(UserFactory)
    registered_at = NOON - timedelta(days=30)

    @factory.post_generation
    def versed_in(self: Any, create: bool, item: Any) -> None:
        if create and item is not None:
            self.specialties.add(item.service_class)

    @factory.post_generation
    def membership(self: Any, create: bool, _value: object) -> None:
        if create:
            MembershipFactory(user=self.user, organization=self.office, role=Role.EXPERT)


class SeatFactory(SubjectFactory):
    """A seat that awaits its answer; traits name the later states."""

    class Meta:
        model = PanelSeat

    class Params:
        accepted = factory.Trait(
            status=PanelSeat.Status.ACCEPTED, answered_at=ACCEPTED_AT, sheet_due_at=SHEET_DUE
        )
        scored = factory.Trait(
            status=PanelSeat.Status.SCORED,
            answered_at=ACCEPTED_AT,
            submitted_at=SCORED_AT,
            points={"x": [80, 80]},
            comment=COMMENT,
        )
        declined = factory.Trait(status=PanelSeat.Status.DECLINED, ended_at=ACCEPTED_AT)
        lapsed = factory.Trait(status=PanelSeat.Status.LAPSED, ended_at=ACCEPTED_AT)
        barred = factory.Trait(status=PanelSeat.Status.BARRED, ended_at=ACCEPTED_AT)
        released = factory.Trait(status=PanelSeat.Status.RELEASED, ended_at=ACCEPTED_AT)

    tender: Any = factory.SubFactory(
        TenderFactory, evaluated=True, method="experts", parameters=SCORED_BY_EXPERTS
    )
    number = factory.Sequence(lambda n: n + 1)
    expert: Any = factory.SubFactory(ExpertFactory)
    invited_at = OPENING
    answer_due_at = ANSWER_DUE


def pool(tender: Tender, count: int, **fields: Any) -> list[Expert]:
    """Return `count` experts who may be drawn for `tender`."""
    return [ExpertFactory(versed_in=tender.item, **fields) for _one in range(count)]


def scored_order(
    *amounts: int, experts: int = 7, office: Organization | None = None, **fields: Any
) -> Tender:
    """Return an order with bids and a frozen pool, that waits for its opening."""
    values = {"method": "experts", "parameters": SCORED_BY_EXPERTS, **fields}
    tender = TenderFactory(active=True, **values)
    pool(tender, experts, **({"office": office} if office else {}))
    for amount in amounts or (90000, 80000):
        BidFactory(tender=tender, amount=amount)
    return close_tender(tender=tender, at=DEADLINE)


def seated_order(*amounts: int, **fields: Any) -> Tender:
    """Return an opened order whose experts are invited."""
    tender = scored_order(*amounts, **fields)
    evaluate_tender(tender=tender, at=OPENING)
    return Tender.objects.get(pk=tender.pk)


def accepted(seat: PanelSeat, at: datetime = ACCEPTED_AT) -> PanelSeat:
    """Return a seat whose expert has accepted."""
    return accept_seat(seat=seat, is_free=True, by=seat.expert.user, at=at)


def points_of(tender: Tender, *given: tuple[int, int]) -> dict[str, list[int]]:
    """Return a sheet that gives the bidders, by amount, these scores, the last to all others."""
    assert tender.selection is not None
    codes = [place["uscc"] for place in tender.selection.content["ranking"]]
    filled = [*given, *[given[-1]] * len(codes)]
    return {code: list(points) for code, points in zip(codes, filled, strict=False)}


def scored(seat: PanelSeat, *given: tuple[int, int], at: datetime = SCORED_AT) -> PanelSeat:
    """Return a seat whose expert has accepted and handed in a sheet."""
    points = points_of(seat.tender, *(given or ((80, 80),)))
    seat = accepted(seat)
    return submit_sheet(seat=seat, points=points, comment=COMMENT, by=seat.expert.user, at=at)
