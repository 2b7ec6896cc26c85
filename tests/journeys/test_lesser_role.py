"""The platform through a role of the database that owns nothing, as `migrate` lets it in."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bidding.actions.bids import submit_bid
from bidding.actions.tenders import publish_tender
from bidding.models import Offer, Selection, Tender
from marketplace.kernel.due import run_due
from marketplace.kernel.roles import owned_tables
from marketplace.models import Document
from tests.clock import NOON
from tests.factories.bidding import OPENING, DocumentFactory, TenderFactory, bidder, load_reference
from tests.factories.marketplace import PASSWORD, Role, UserFactory, party
from tests.senders import Sender

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db,
    pytest.mark.usefixtures("lesser_role"),
]


def test_an_order_is_published_bid_for_opened_and_read_by_a_role_that_owns_no_table(
    client: Sender,
) -> None:
    load_reference()
    tender: Tender = TenderFactory(reviewed=True)
    publish_tender(tender=tender, by=UserFactory(), at=NOON)
    agencies = [bidder(tender.item) for _number in range(3)]
    for number, agency in enumerate(agencies):
        by = party(agency, Role.AGENCY_MANAGER).user
        amount = Decimal(80_000 + number)
        submit_bid(tender=tender, agency=agency, amount=amount, by=by, at=NOON)
    DocumentFactory(organization=agencies[0])

    done = run_due(Tender.objects.get(pk=tender.pk).opening_at or OPENING)

    assert owned_tables() == 0
    assert (done["tender.sign_up"], done["tender.opening"]) == (1, 1)
    assert (Offer.objects.count(), Document.objects.count()) == (3, 1)
    assert Selection.objects.get().content["winner"] == agencies[0].uscc
    code = Tender.objects.get(pk=tender.pk).code
    for address in (
        "/",
        reverse("bidding:tender", args=[code]),
        reverse("bidding:tender_verify", args=[code]),
        "/search/?q=" + str(code),
        "/readyz",
    ):
        assert client.get(address).status_code == 200, address
    user = party(tender.buyer, Role.BUYER_MANAGER).user
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/workbench/").status_code == 200
