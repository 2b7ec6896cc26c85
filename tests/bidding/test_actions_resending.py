"""A form of a bid that is sent twice: the answer was lost on the way, or somebody clicked twice."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.actions.resending import fingerprint
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Offer, Tender
from marketplace.kernel.models import AuditEntry
from marketplace.models import Membership, Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, bidder
from tests.factories.marketplace import ServiceItemFactory, UserFactory, party

pytestmark = pytest.mark.django_db
KEY, OTHER = UUID(int=7), UUID(int=8)
AMOUNT = Decimal("88000.00")


@pytest.fixture
def form() -> dict[str, Any]:
    """What a page sends that was opened before there was a bid."""
    tender = TenderFactory(active=True)
    agency, by = bidder(tender.item), UserFactory()
    party(agency, "agency_manager", user=by)
    seen = version_of_bid(Tender.objects.get(pk=tender.pk), None).token
    told = {"tender": tender, "agency": agency, "by": by, "seen": seen}
    return {**told, "amount": AMOUNT, "key": KEY, "at": NOON}


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Bid, Offer, AuditEntry, Message))


def test_the_same_form_sent_again_returns_the_bid_that_it_made_and_stores_nothing(form) -> None:
    first = submit_bid(**form)
    stored = counts()

    again = submit_bid(**{**form, "at": NOON + timedelta(seconds=1)})
    unseen = submit_bid(**{**form, "seen": None})

    assert (again, unseen, counts()) == (first, first, stored)
    assert Offer.objects.get().offered_at == NOON


def test_a_form_whose_answer_was_lost_is_answered_behind_the_deadline_too(form) -> None:
    first = submit_bid(**form)

    assert submit_bid(**{**form, "at": DEADLINE}) == first


@pytest.mark.parametrize("other", [{"key": OTHER}, {"amount": AMOUNT - 1}, {"key": None}])
def test_another_form_or_another_amount_is_no_repetition(form, other) -> None:
    submit_bid(**form)
    stored = counts()

    with refused("nothing_has_changed_since"):
        submit_bid(**{**form, **other})

    assert counts() == stored


def test_a_bid_that_was_taken_back_or_replaced_is_not_what_the_form_made(form) -> None:
    bid = submit_bid(**form)
    submit_bid(**{**form, "amount": AMOUNT - 1, "key": OTHER, "seen": None})
    with refused("nothing_has_changed_since"):
        submit_bid(**form)

    withdraw_bid(bid=bid, by=form["by"], at=NOON)
    with refused("nothing_has_changed_since"):
        submit_bid(**{**form, "amount": AMOUNT - 1, "key": OTHER})


def test_the_second_answer_of_a_named_agency_finds_its_first() -> None:
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    tender = TenderFactory(active=True, item=item, direct=agency)
    answer = {"tender": tender, "agency": agency, "amount": AMOUNT, "by": UserFactory()}

    first = submit_bid(**answer, at=NOON, key=KEY)

    assert submit_bid(**answer, at=NOON, key=KEY) == first


def test_what_is_kept_of_a_form_tells_neither_its_key_nor_the_amount(form) -> None:
    submit_bid(**form)

    [data] = AuditEntry.objects.values_list("data", flat=True)
    assert data == {"version": 1, "sent": fingerprint(KEY, AMOUNT)}
    known = "f2915f6f1f1c8a668c338ceb79fafcc8ddcef3c6155376a69d0c22a68c58fc39"
    assert fingerprint(KEY, AMOUNT) == known
    assert fingerprint(KEY, AMOUNT, ["b", "a"]) == fingerprint(KEY, AMOUNT, ["a", "b"])


def test_a_page_sends_its_key_along_and_both_clicks_are_answered_alike(client: Client) -> None:
    tender = TenderFactory(active=True)
    acting = party(bidder(tender.item), Membership.Role.AGENCY_MANAGER)
    client.force_login(acting.user)
    url = f"/tenders/{tender.code}/bid/"
    page = client.get(url)
    typed = {"amount": "88000", "key": str(page.context["form"]["key"].value())}
    sent = {**typed, "seen": version_of_bid(Tender.objects.get(pk=tender.pk), None).token}

    answers = [client.post(url, sent) for _click in range(2)]

    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, url)] * 2
    assert f'name="key" value="{typed["key"]}"' in page.content.decode()
    assert Offer.objects.count() == 1
