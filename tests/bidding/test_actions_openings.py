"""The opening ceremony: two officers give, the second one's share opens the bids at once."""

from datetime import timedelta

import pytest

from bidding.actions.openings import enter_public_value, give_share
from bidding.models import OpenedOffer, Selection, ShareGiven, Tender
from docs import verify_draw
from marketplace.kernel.due import run_due
from marketplace.kernel.models import AuditEntry
from tests.bidding.openings import evidence_of
from tests.bidding.refusals import refused
from tests.bidding.test_guards_openings import LARGE, officer
from tests.bidding.test_guards_public_values import ANNOUNCED, with_source
from tests.factories.bidding import DEADLINE, OPENING, BidFactory, TenderFactory

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=9)


def order(bids: int = 3, **state: object) -> Tender:
    tender: Tender = TenderFactory(ceiling=LARGE, **state or {"closed": True})
    BidFactory.create_batch(bids, tender=tender, amount="650000.00")
    return tender


def test_the_last_share_opens_and_nothing_before_it() -> None:
    tender = order()
    operator, regulator = officer("operator"), officer("regulator")

    give_share(tender=tender, giver=operator, at=OPENING)
    run_due(LATER)
    assert Tender.objects.get().status == "closed"
    assert not OpenedOffer.objects.exists()

    give_share(tender=tender, giver=regulator, at=LATER)

    opened = Tender.objects.get()
    assert (opened.status, opened.evaluated_at, Selection.objects.get().selected_at) == (
        "evaluated",
        LATER,
        LATER,
    )
    assert OpenedOffer.objects.count() == 3
    opened_with = AuditEntry.objects.get(verb="tender.evaluated").data["shares"]
    assert opened_with == ["operator", "regulator"]
    told = AuditEntry.objects.filter(verb="tender.share_given").order_by("pk")
    assert [(one.by, one.organization, one.data, one.is_sealed) for one in told] == [
        (operator.user, operator.organization, {"holder": "operator", "round": 1}, False),
        (regulator.user, regulator.organization, {"holder": "regulator", "round": 1}, False),
    ]


def test_a_refused_officer_leaves_no_trace() -> None:
    tender, giver = order(), officer("operator")
    give_share(tender=tender, giver=giver, at=OPENING)

    with refused("share_is_not_given", "officer_gave_none", "office_gave_none"):
        give_share(tender=tender, giver=giver, at=LATER)

    assert ShareGiven.objects.count() == 1
    assert AuditEntry.objects.filter(verb="tender.share_given").count() == 1


def test_shares_given_within_the_grace_are_opened_by_the_schedule_on_time() -> None:
    tender = order()
    for role in ("operator", "manager"):
        give_share(tender=tender, giver=officer(role), at=DEADLINE + timedelta(seconds=1))
    assert Tender.objects.get().status == "closed"

    run_due(LATER)

    assert Tender.objects.get().evaluated_at == OPENING


def test_an_order_without_bids_waits_for_the_shares_like_one_with_three() -> None:
    empty = order(0)

    run_due(LATER)
    assert Tender.objects.get().status == "closed"
    for role in ("operator", "regulator"):
        give_share(tender=empty, giver=officer(role), at=LATER)

    assert (Tender.objects.get().status, OpenedOffer.objects.count()) == ("unsuccessful", 0)


def test_a_draw_with_a_public_source_waits_for_two_officers_and_counts_what_they_say() -> None:
    tender = with_source()
    BidFactory.create_batch(3, tender=tender)
    first, second = officer("operator"), officer("regulator")
    run_due(LATER)
    assert Tender.objects.get().status == "closed"

    enter_public_value(tender=tender, officer=first, value="5 0 7", at=LATER)
    with refused("officer_entered_none"):
        enter_public_value(tender=tender, officer=first, value="5 0 7", at=LATER)
    assert Tender.objects.get().status == "closed"
    enter_public_value(tender=tender, officer=second, value="5 0 7", at=LATER)

    evidence = evidence_of(Tender.objects.get())
    assert evidence["sources"]["public"] == "5 0 7"
    assert evidence["terms"]["public_source"] == ANNOUNCED
    assert verify_draw.verify(evidence) == []
    told = AuditEntry.objects.filter(verb="tender.public_value_entered").order_by("pk")
    assert [(one.by, one.data) for one in told] == [
        (first.user, {"round": 1}),
        (second.user, {"round": 1}),
    ]
