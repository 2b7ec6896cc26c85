"""The rankings: who is in them, by what, and how that is said."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bidding.actions.reckoning import reckon
from bidding.models import Rank
from bidding.models.tally import RankList
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, BidFactory, ContractFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_who_did_more_is_ranked_by_the_share_that_is_sure_and_few_are_not(client: Client) -> None:
    contract = ContractFactory(rated=True, is_rated_by_buyer=False)
    owner, agency = contract.award.tender.buyer, contract.award.bid.agency
    for _number in range(2):
        tender = TenderFactory(complete=True, buyer=owner)
        bid = BidFactory(tender=tender, agency=agency)
        award = AwardFactory(complete=True, tender=tender, bid=bid)
        ContractFactory(rated=True, award=award)
    later = NOON.replace(year=2027, month=1)
    reckon(at=later)

    ranks = {rank.list: rank for rank in Rank.objects.exclude(list=RankList.CREDIT)}

    assert {name: (rank.organization, rank.cases, rank.good) for name, rank in ranks.items()} == {
        RankList.OWNERS: (owner, 3, 2),
        RankList.IN_TIME: (agency, 3, 3),
    }
    assert ranks[RankList.OWNERS].basis == Decimal("20.77")
    html = client.get(reverse("bidding:rankings"), {"list": "owners"}).content.decode()
    assert owner.name in html
    assert "下限 75.8" in html
    everything = b"".join(client.get(reverse("bidding:rankings_csv"), {"list": "in_time"}))
    assert agency.name in everything.decode()
