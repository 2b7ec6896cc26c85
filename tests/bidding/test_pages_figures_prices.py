"""What items cost, where enough of them was bought."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bidding.actions.reckoning import reckon
from tests.bidding.counting import counted
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import ServiceItemFactory, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_prices_are_told_of_as_many_as_the_rulebook_says_and_not_of_fewer(client: Client) -> None:
    item = ServiceItemFactory(published=True)
    division("360100")
    for amount in range(60000, 110000, 10000):
        AwardFactory(active=True, tender=TenderFactory(complete=True, item=item), amount=amount)
    AwardFactory(active=True)
    reckon(at=NOON)

    html = client.get(reverse("bidding:prices")).content.decode()

    assert [html.count(f"¥{amount},000.00") for amount in (70, 80, 90)] == [1, 1, 1]
    assert "的 1 个事项不公布" in html
    (link,) = re.findall(r'href="(/awards/[^"]+item=[^"]+)"', html)
    assert counted(client, link.replace("&amp;", "&")) == 5
    lines = b"".join(client.get(reverse("bidding:prices_csv"))).decode().splitlines()
    assert len(lines) == 2
    empty = client.get(reverse("bidding:prices"), {"city": "360100"}).content.decode()
    assert "这个范围里没有足够的成交" in empty
