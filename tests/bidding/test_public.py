"""What is sealed moves nothing that the public can see; what is decided moves the version."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.actions.openings import give_share
from bidding.actions.panels import decline_seat, keep_sheet, submit_sheet
from bidding.actions.questions import ask_question
from bidding.actions.tenders import evaluate_tender
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, PanelSeat, Tender
from credit.models import Restriction
from marketplace.kernel.verdicts import Refused
from marketplace.models import Organization
from tests.bidding.halls import in_session, quotes
from tests.bidding.test_guards_openings import LARGE, officer
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    PLAN_SENT,
    WEIGHTS,
    AwardFactory,
    BidFactory,
    ContractFactory,
    EvaluationFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory
from tests.factories.experts import (
    ACCEPTED_AT,
    COMMENT,
    SCORED_AT,
    accepted,
    points_of,
    seated_order,
)
from tests.factories.marketplace import UserFactory
from tests.public import moves

pytestmark = pytest.mark.django_db
AMOUNT = Decimal("88000.00")
LATER = NOON + timedelta(minutes=1)


def test_nothing_that_a_bidder_does_before_the_opening_moves_the_version() -> None:
    tender, by = TenderFactory(active=True), UserFactory()
    agency = bidder(tender.item)

    def bid(amount: Decimal) -> None:
        found = Bid.objects.filter(tender=tender).first()
        seen = version_of_bid(tender, found).token
        submit_bid(tender=tender, agency=agency, amount=amount, by=by, at=NOON, seen=seen)

    assert not moves(lambda: bid(AMOUNT))
    assert not moves(lambda: bid(AMOUNT - 1))
    standing = Bid.objects.get()
    seen = version_of_bid(tender, standing).token
    assert not moves(lambda: withdraw_bid(bid=standing, by=by, at=LATER, seen=seen))
    assert Bid.objects.get().status == Bid.Status.WITHDRAWN


@pytest.mark.parametrize("status", ["ended", "excluded", "withdrawn"])
def test_what_becomes_of_a_sealed_bid_moves_nothing(status: str) -> None:
    bid = BidFactory(tender=TenderFactory(active=True))
    values = {
        "ended": {"ended_at": NOON, "end_reference": "x"},
        "excluded": {"excluded_at": NOON, "exclusion": "not_admitted"},
        "withdrawn": {"withdrawn_at": NOON},
    }[status]

    assert not moves(lambda: Bid.objects.filter(pk=bid.pk).update(status=status, **values))
    assert not moves(lambda: OfferFactory(bid=bid, version=9))


def test_an_opened_bid_moves_the_version() -> None:
    bid = AwardFactory().bid

    assert moves(lambda: Bid.objects.filter(pk=bid.pk).update(exclusion="not_admitted"))


def test_an_order_is_public_from_its_publication_on() -> None:
    draft = TenderFactory()
    rows = Tender.objects.filter(pk=draft.pk)
    public = TenderFactory(active=True)

    assert not moves(lambda: rows.update(title="草稿"))
    assert not moves(lambda: rows.update(status=Tender.Status.SUBMITTED, submitted_at=NOON))
    assert moves(lambda: Tender.objects.filter(pk=public.pk).update(title="公告"))


@pytest.mark.parametrize(
    "decided", [AwardFactory, ContractFactory, EvaluationFactory, EntryFactory, RestrictionFactory]
)
def test_what_is_decided_moves_the_version(decided: Callable[[], object]) -> None:
    assert moves(decided)


def test_a_case_that_is_not_decided_and_a_restriction_that_is_not_published_move_nothing() -> None:
    restriction = RestrictionFactory(is_public=False)
    rows = Restriction.objects.filter(pk=restriction.pk)

    assert not moves(lambda: rows.update(lifted_at=LATER))
    assert moves(lambda: rows.update(is_public=True))
    case = CaseFactory()
    assert not moves(lambda: type(case).objects.filter(pk=case.pk).update(facts="尚在调查"))


# --- Every sealed act -----------------------------------------------------------------------------
class Orders:
    """An order for each kind of sealed act, and the acts, each with a number that varies it."""

    def __init__(self) -> None:
        self.by = UserFactory()
        self.plain = TenderFactory(active=True)
        self.planned = TenderFactory(active=True, method="plan_price", parameters=WEIGHTS)
        self.large = TenderFactory(closed=True, ceiling=LARGE)
        self.bidders = [bidder(self.plain.item) for _one in range(3)]
        self.planners = [bidder(self.planned.item) for _one in range(3)]
        self.officers = [officer("operator"), officer("operator")]
        _auction, self.places = in_session(3)
        self.experts = list(PanelSeat.objects.of_round(seated_order()))
        self.quoted = 0

    def bid(self, number: int) -> None:
        self._send(self.plain, self.bidders[number % 3], AMOUNT - number)

    def bid_with_a_plan(self, number: int) -> None:
        self._send(self.planned, self.planners[number % 3], AMOUNT - number, plan=PLAN_SENT)

    def _send(self, tender: Tender, agency: Organization, amount: Decimal, **more: Any) -> None:
        submit_bid(tender=tender, agency=agency, amount=amount, by=self.by, at=NOON, **more)

    def withdraw(self, number: int) -> None:
        agency = self.bidders[number % 3]
        bid = Bid.objects.filter(tender=self.plain, agency=agency).first()
        if bid is None:
            self.bid(number)
            bid = Bid.objects.get(tender=self.plain, agency=agency)
        withdraw_bid(bid=bid, by=self.by, at=LATER)

    def ask(self, number: int) -> None:
        agency, text = self.bidders[number % 3], f"第{number}个问题：服务期限怎样计算？"
        ask_question(tender=self.plain, agency=agency, text=text, by=self.by, at=NOON)

    def quote(self, number: int) -> None:
        self.quoted += 1
        quotes(self.places[number % 3], 100_000 - 1_200 * self.quoted, self.quoted)

    def give_a_share(self, number: int) -> None:
        give_share(tender=self.large, giver=self.officers[number % 2], at=OPENING)

    def accept(self, number: int) -> None:
        accepted(self._seat(number))

    def keep_a_sheet(self, number: int) -> None:
        seat = self._ready(number)
        points = points_of(seat.tender, (number, number))
        keep_sheet(seat=seat, points=points, comment="", by=seat.expert.user, at=SCORED_AT)

    def hand_a_sheet_in(self, number: int) -> None:
        seat = self._ready(number)
        points = points_of(seat.tender, (number, 80))
        submit_sheet(seat=seat, points=points, comment=COMMENT, by=seat.expert.user, at=SCORED_AT)

    def decline(self, number: int) -> None:
        seat = self._seat(number)
        decline_seat(seat=seat, reasons="另有安排。", by=seat.expert.user, at=ACCEPTED_AT)

    def _seat(self, number: int) -> PanelSeat:
        """Return a seat of the panel that never is the last one to be scored."""
        return PanelSeat.objects.get(pk=self.experts[number % 4].pk)

    def _ready(self, number: int) -> PanelSeat:
        seat = self._seat(number)
        return accepted(seat) if seat.status == PanelSeat.Status.INVITED else seat


SEALED = [
    *(Orders.bid, Orders.bid_with_a_plan, Orders.withdraw, Orders.ask, Orders.quote),
    *(Orders.give_a_share, Orders.accept, Orders.keep_a_sheet, Orders.hand_a_sheet_in),
    Orders.decline,
]


@pytest.mark.usefixtures("reference")
def test_no_sealed_act_moves_the_version_whatever_came_before_it() -> None:
    orders = Orders()
    done: Counter[str] = Counter()

    def act(which: Callable[[Orders, int], None], number: int) -> None:
        with suppress(Refused), transaction.atomic():
            which(orders, number)
            done[which.__name__] += 1

    for number, which in enumerate(SEALED):  # each of them is done, and not refused
        assert not moves(lambda which=which, number=number: act(which, number))
        assert done[which.__name__] == 1

    @settings(max_examples=8, deadline=None)
    @given(acts=st.lists(st.tuples(st.sampled_from(SEALED), st.integers(0, 11)), max_size=8))
    def never(acts: list[tuple[Callable[[Orders, int], None], int]]) -> None:
        with transaction.atomic():
            for which, number in acts:
                assert not moves(lambda which=which, number=number: act(which, number))
            transaction.set_rollback(True)

    never()


def test_a_public_act_on_the_same_orders_moves_it() -> None:
    tender = TenderFactory(closed=True)
    BidFactory(tender=tender)

    assert moves(lambda: evaluate_tender(tender=tender, at=OPENING))
