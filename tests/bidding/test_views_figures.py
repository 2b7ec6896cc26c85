"""The figures are counted once, and each is the number of the list that it leads to."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bidding.actions.reckoning import reckon
from bidding.models import Rank, Reckoning, Tally
from bidding.models.tally import RankList
from bidding.pages.figures.page import asked_at
from bidding.pages.figures.plots import PLOTS
from bidding.pages.figures.scope import ALL, Scope
from marketplace.kernel.calendar import day_of
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
)
from tests.factories.marketplace import ServiceItemFactory, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
COUNT = re.compile(r"共 <strong>(\d+)</strong> 项")
TODAY = day_of(NOON)


@pytest.fixture
def province() -> None:
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


def test_each_figure_is_the_number_of_the_list_that_it_leads_to(
    client: Client, province: None
) -> None:
    reckon(at=NOON)
    for scope in (Scope("2026"), Scope(ALL, city="360100", fund="fiscal")):
        asked = asked_at(scope, TODAY)
        assert asked is not None
        plots = {make.__name__: make(asked) for make in PLOTS}
        for name in ("months", "places", "classes", "methods", "funds"):
            rows = [row for row in plots[name].rows if row.values[0]]
            assert rows
            assert [row.values[0] for row in rows] == [counted(client, row.url) for row in rows], (
                name
            )
        for row in plots["waiting"].rows[-2:]:
            assert row.values[2] == counted(client, row.url)
        for row in plots["savings"].rows:
            assert counted(client, row.url)
        few, fell_away, cancelled = plots["endings"].rows
        assert few.values[0] == counted(client, few.url)
        together = (fell_away.values[0] or 0) + (cancelled.values[0] or 0)
        assert together == counted(client, cancelled.url)


def test_the_page_tells_the_numbers_and_each_table_is_a_file(
    client: Client, province: None
) -> None:
    assert "还没有统计" in client.get(reverse("bidding:figures")).content.decode()

    reckon(at=NOON)
    html = client.get(reverse("bidding:figures")).content.decode()

    assert html.count('class="z-plot ') == len(PLOTS)
    assert "截至 <time" in html
    (saving,) = re.findall(r"中选价合计比限价低 ([\d.]+)%，少付 ([\d.]+) 万元", html)
    assert saving == ("18.3", "11.0")
    for make in PLOTS:
        answer = client.get(reverse("bidding:figure_csv", args=[make.__name__]))
        assert answer.status_code == 200, make.__name__
    assert client.get(reverse("bidding:figure_csv", args=["nothing"])).status_code == 404


def test_prices_are_told_of_as_many_as_the_rulebook_says_and_not_of_fewer(
    client: Client, province: None
) -> None:
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


def test_a_count_replaces_the_one_before_and_tells_of_no_bid_before_the_opening() -> None:
    BidFactory()
    reckon(at=NOON)

    reckon(at=NOON)

    assert [one.at for one in Reckoning.objects.all()] == [NOON]
    (row,) = Tally.objects.all()
    assert (row.figure, row.count, row.value) == ("published", 1, None)


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
