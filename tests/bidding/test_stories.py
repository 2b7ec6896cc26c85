"""An order's whole life through the acts and the schedule."""

import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bidding.actions.awards import abandon_award
from bidding.actions.bids import submit_bid
from bidding.actions.contracts import accept_delivery, confirm_contract, deliver, upload_contract
from bidding.actions.ratings import Scores, rate
from bidding.actions.tenders import (
    approve_tender,
    change_tender,
    draft_tender,
    publish_tender,
    register_selection,
    rerun_tender,
    submit_tender,
)
from bidding.models import Award, Contract, Selection, Tender
from bidding.selection.evidence import verify
from credit.models import Entry, ReportedFact
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.due import run_due
from marketplace.models import Message
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import (
    BuyerFactory,
    MembershipFactory,
    ServiceItemFactory,
    UserFactory,
    division,
)
from tests.uploads import upload

pytestmark = pytest.mark.django_db


def moment(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def published(method: str = "lowest", **fields: object) -> Tender:
    load_reference()
    buyer = BuyerFactory().organization
    item = fields.pop("item", None) or ServiceItemFactory(published=True)
    agent = UserFactory()
    tender = draft_tender(buyer=buyer, item=item, division=division(), by=agent, at=NOON)
    tender = change_tender(
        tender=tender,
        by=agent,
        at=NOON,
        **{
            "title": "测试项目报告编制",
            "content": "编制报告一份。",
            "service_time": 11,
            "fund": "private",
            "ceiling": Decimal("100000.00"),
            "method": method,
            **fields,
        },
    )
    return publish(tender, at=NOON)


def publish(tender: Tender, *, at: datetime) -> Tender:
    submit_tender(tender=tender, by=tender.created_by, at=at)
    approve_tender(tender=tender, by=UserFactory(), at=at)
    return publish_tender(tender=tender, by=UserFactory(), at=at)


def test_an_order_lives_from_its_draft_to_the_archive():
    tender = published()
    cheap, dear = bidder(tender.item), bidder(tender.item)
    submit_bid(tender=tender, agency=dear, amount=Decimal(90000), by=UserFactory(), at=NOON)
    submit_bid(tender=tender, agency=cheap, amount=Decimal(88000), by=UserFactory(), at=NOON)

    run_due(moment(11, 28))
    award = register_selection(tender=tender, by=UserFactory(), at=moment(11, 30))
    run_due(moment(12, 4))
    contract = upload_contract(
        award=award, organization=cheap, files=[upload()], by=UserFactory(), at=moment(12, 7)
    )
    confirm_contract(
        contract=contract, organization=tender.buyer, by=UserFactory(), at=moment(12, 8)
    )
    made = deliver(
        contract=contract, files=[upload()], note="", by=UserFactory(), at=moment(12, 15)
    )
    accept_delivery(deliverable=made, by=UserFactory(), at=moment(12, 16))
    scores = Scores(quality=5, attitude=5, timeliness=5, charges=5, conduct=5)
    rate(
        contract=contract,
        side="buyer",
        scores=scores,
        comment="",
        by=UserFactory(),
        at=moment(12, 17),
    )
    run_due(moment(12, 31) + timedelta(days=30))

    contract = Contract.objects.get()
    assert contract.status == Contract.Status.ARCHIVED
    assert contract.amount == Decimal("88000.00")
    assert Award.objects.get().bid.agency == cheap
    assert sorted(Entry.objects.values_list("kind", flat=True)) == ["high_rating", "on_time"]


def test_an_abandoned_award_leads_to_a_second_round_with_another_winner():
    tender = published()
    cheap, dear = bidder(tender.item), bidder(tender.item)
    submit_bid(tender=tender, agency=cheap, amount=Decimal(80000), by=UserFactory(), at=NOON)
    run_due(moment(11, 28))
    award = register_selection(tender=tender, by=UserFactory(), at=moment(11, 30))
    run_due(moment(12, 4))

    abandon_award(award=award, reasons="人员不足。", by=UserFactory(), at=moment(12, 7))
    again = rerun_tender(tender=tender, by=UserFactory(), at=moment(12, 7))
    publish(again, at=moment(12, 8))
    submit_bid(tender=again, agency=dear, amount=Decimal(90000), by=UserFactory(), at=moment(12, 9))
    run_due(moment(12, 12))
    register_selection(tender=again, by=UserFactory(), at=moment(12, 14))

    assert list(Award.objects.order_by("pk").values_list("status", "bid__agency")) == [
        ("cancelled", cheap.pk),
        ("pending", dear.pk),
    ]
    facts = ReportedFact.objects.values_list("kind", "organization")
    assert (list(facts), Entry.objects.count()) == ([("abandonment", cheap.pk)], 0)
    again.refresh_from_db()
    assert (again.round, again.previous, again.code) == (2, tender, "JX360702-2026-00002")


def test_a_direct_order_is_accepted_registered_and_awarded():
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    tender = published("direct", item=item, named_agency=agency, naming_reasons="熟悉前期工作。")

    submit_bid(tender=tender, agency=agency, amount=Decimal(70000), by=UserFactory(), at=NOON)
    register_selection(tender=tender, by=UserFactory(), at=moment(11, 25))
    run_due(moment(12, 1))

    award = Award.objects.get()
    assert (award.status, award.bid.agency, award.amount) == ("active", agency, Decimal("70000.00"))
    assert award.letter_number == "JX360702-2026-L00001"


def test_an_order_that_once_named_an_agency_is_open_to_all_and_is_opened():
    load_reference()
    item = ServiceItemFactory(published=True)
    named, first, second = (bidder(item) for _agency in range(3))
    MembershipFactory(organization=named)
    draft = TenderFactory(item=item, direct=named)
    change_tender(tender=draft, by=draft.created_by, at=NOON, method="lowest")
    Tender.objects.update(named_agency=named)  # as a row from before the method's change cleared it

    tender = publish(draft, at=NOON)
    submit_bid(tender=tender, agency=first, amount=Decimal(90000), by=UserFactory(), at=NOON)
    submit_bid(tender=tender, agency=second, amount=Decimal(88000), by=UserFactory(), at=NOON)
    run_due(moment(11, 28))
    award = register_selection(tender=tender, by=UserFactory(), at=moment(11, 30))

    assert award.bid.agency == second
    evidence = json.loads(Selection.objects.get().evidence)
    assert evidence["terms"]["method"] == {"name": "lowest", "ceiling": "100000.00", "floor": None}
    assert verify(evidence, published_commitment=tender.seal.commitment) == []
    assert not Message.objects.filter(organization=named).exists()


def test_a_named_agency_that_keeps_silent_lets_the_order_fail():
    item = ServiceItemFactory(published=True)
    named = {"named_agency": bidder(item), "naming_reasons": "熟悉前期工作。"}
    tender = published("direct", item=item, **named)

    run_due(moment(12, 1))

    tender.refresh_from_db()
    assert (tender.status, tender.end_reasons) == ("unsuccessful", "公告所列机构在期限内没有接受")
