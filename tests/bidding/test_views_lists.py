"""The public lists: what narrows and sorts them, and the same as files."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.bidding import AwardFactory, ContractFactory, bidder
from tests.factories.marketplace import ServiceItemFactory
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def listed(client: Client, **asked: str) -> list[str]:
    """Return the titles of the list of awards, from top to bottom."""
    response = client.get(reverse("bidding:award_list"), asked)
    return [award.title for award in response.context["awards"]]


def rows(client: Client, name: str, **asked: str) -> list[str]:
    """Return the lines of a download without its heads."""
    response = client.get(reverse(f"bidding:{name}"), asked)
    return b"".join(response.streaming_content).decode().splitlines()[1:]


def test_awards_are_found_by_order_side_and_number_of_the_contract(client: Client) -> None:
    award = AwardFactory(active=True, tender__title="甲项目")
    contract = ContractFactory(active=True, award__tender__title="乙项目")

    assert listed(client, q="甲项目") == ["甲项目"]
    assert listed(client, q=award.bid.agency.name) == ["甲项目"]
    assert listed(client, q=contract.number) == ["乙项目"]
    assert listed(client, q="没有这样的项目") == []


@pytest.mark.parametrize(
    ("state", "expected"), [("won", "已签"), ("pending", "公示"), ("cancelled", "取消")]
)
def test_awards_are_narrowed_by_what_became_of_them(
    client: Client, state: str, expected: str
) -> None:
    AwardFactory(active=True, tender__title="已签")
    AwardFactory(tender__title="公示")
    AwardFactory(cancelled=True, tender__title="取消")

    assert listed(client, state=state) == [expected]


def test_awards_are_sorted_as_asked_and_the_page_says_how(client: Client) -> None:
    AwardFactory(active=True, tender__title="便宜", amount=Decimal(10_000))
    AwardFactory(active=True, tender__title="贵", amount=Decimal(90_000))
    AwardFactory(active=True, tender__title="中等", amount=Decimal(50_000))

    html = on_one_line(client.get(reverse("bidding:award_list"), {"sort": "amount", "page": "1"}))

    assert listed(client, sort="amount") == ["贵", "中等", "便宜"]
    assert listed(client, sort="no-such-order") == listed(client)
    assert "<strong>金额高低</strong>" in html
    assert '<a href="?">最新公示</a>' in html
    assert '<input type="hidden" name="sort" value="amount">' in html


def test_a_list_without_a_hit_leads_back_to_all(client: Client) -> None:
    AwardFactory(active=True)

    html = on_one_line(client.get(reverse("bidding:award_list"), {"q": "没有"}))

    assert "没有符合条件的选取结果" in html
    assert "CSV" not in html


def test_awards_are_downloaded_as_they_are_narrowed_and_never_as_formulas(client: Client) -> None:
    AwardFactory(active=True, tender__title="=1+1")
    AwardFactory(cancelled=True)

    found = rows(client, "award_csv", state="won")

    assert len(found) == 1
    assert ",'=1+1," in found[0]
    page = client.get(reverse("bidding:award_list"), {"state": "won"}).content.decode()
    assert f'href="{reverse("bidding:award_csv")}?state=won"' in page


def test_only_signed_contracts_are_downloaded(client: Client) -> None:
    contract = ContractFactory(active=True)
    AwardFactory(active=True)

    found = rows(client, "contract_csv")

    assert len(found) == 1
    assert found[0].startswith(f"{contract.number},{contract.award.tender.code},")


def test_agencies_are_downloaded_with_their_standing(client: Client) -> None:
    agency = bidder()

    found = rows(client, "agency_csv")

    assert len(found) == 1
    assert found[0].startswith(f"{agency.name},{agency.uscc},{agency.division.full_name},")
    assert ",A,100" in found[0]


def test_published_items_are_downloaded(client: Client) -> None:
    item = ServiceItemFactory(published=True)
    ServiceItemFactory()

    assert [row.partition(",")[0] for row in rows(client, "item_csv")] == [item.code]


@pytest.mark.parametrize("name", ["award_csv", "contract_csv", "agency_csv", "item_csv"])
def test_a_download_sends_the_same_number_of_queries_however_long_it_is(
    client: Client, name: str, django_assert_num_queries
) -> None:
    ContractFactory(active=True)
    bidder()
    rows(client, name)
    with CaptureQueriesContext(connection) as few:
        rows(client, name)
    for _ in range(3):
        ContractFactory(active=True)
        bidder()

    with django_assert_num_queries(len(few)):
        assert len(rows(client, name)) >= 4
