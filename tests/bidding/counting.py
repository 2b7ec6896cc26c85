"""A small province to count, and what a list says of how many there are."""

import re

from django.test import Client

from tests.factories.bidding import AwardFactory, BidFactory, ContractFactory, TenderFactory
from tests.factories.marketplace import ServiceItemFactory, division

COUNT = re.compile(r"共 <strong>(\d+)</strong> 项")


def settle() -> None:
    """Orders of several places, funds and ends; the last has bids that nobody may know of."""
    item = ServiceItemFactory(published=True)
    for amount in range(60000, 110000, 10000):
        tender = TenderFactory(complete=True, item=item)
        AwardFactory(active=True, tender=tender, amount=amount)
    AwardFactory(tender__fund="fiscal", tender__division=division("360100"))
    AwardFactory(cancelled=True)
    TenderFactory(unsuccessful=True, division=division("360702"))
    TenderFactory(cancelled=True)
    BidFactory()
    ContractFactory(rated=True)


def counted(client: Client, url: str) -> int:
    found = COUNT.search(client.get(url).content.decode())
    return int(found[1]) if found else 0
