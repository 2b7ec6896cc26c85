"""The public list of orders, and the same as a file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.bidding.public_pages import page
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_order_list_shows_published_orders_and_no_draft(client: Client) -> None:
    TenderFactory(active=True, title="沙河片区环境影响报告表编制")
    TenderFactory(title="还没有发布的项目")

    html = page(client, "tender_list")

    assert "沙河片区环境影响报告表编制" in html
    assert "还没有发布的项目" not in html
    assert "共 <strong>1</strong> 项采购" in html


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"phase": "open"}, ["甲项目"]),
        ({"phase": ["open", "selecting"]}, ["甲项目", "乙项目"]),
        ({"city": "360100"}, ["乙项目"]),
        ({"city": "360700", "phase": "selecting"}, []),
        ({"q": "甲"}, ["甲项目"]),
        ({"q": "没有这样的"}, []),
        ({"phase": "no-such-phase", "page": "99"}, ["甲项目", "乙项目"]),
    ],
)
def test_the_order_list_narrows(
    client: Client, parameters: dict[str, object], expected: list[str]
) -> None:
    TenderFactory(active=True, title="甲项目")
    TenderFactory(closed=True, title="乙项目", division=division("360102"))

    html = page(client, "tender_list", **parameters)

    assert [title for title in ("甲项目", "乙项目") if title in html] == expected


def test_the_order_list_begins_with_what_closes_next_then_the_newest(client: Client) -> None:
    for title, days in (("后截止", 3), ("先截止", 1), ("刚截止", 0)):
        TenderFactory(active=True, title=title, tender_period_end=NOON + timedelta(days=days))
    TenderFactory(closed=True, title="旧公告", published_at=NOON - timedelta(days=9))
    TenderFactory(closed=True, title="新公告", published_at=NOON - timedelta(hours=1))

    response = client.get(reverse("bidding:tender_list"))

    shown = [tender.title for tender in response.context["tenders"]]
    assert shown == ["先截止", "后截止", "新公告", "刚截止", "旧公告"]
    assert 'aria-sort="ascending"' in response.content.decode()


def test_the_order_list_says_what_to_give_up_when_it_finds_nothing(client: Client) -> None:
    TenderFactory(active=True)

    html = page(client, "tender_list", city="360700", phase="cancelled")

    assert "“已取消 · 赣州市”目前没有。" in html
    assert "去掉“已取消”后有 1 项。" in html
    assert 'href="?city=360700"' in html
    assert "CSV" not in html


def test_the_order_list_can_be_downloaded_as_it_is_filtered(
    client: Client, django_assert_num_queries
) -> None:
    TenderFactory(active=True, title="=1+1")
    TenderFactory(closed=True, title="已截止的项目")
    address = reverse("bidding:tender_csv")

    with django_assert_num_queries(6):
        response = client.get(address, {"phase": "open"})
        rows = b"".join(response.streaming_content).decode().splitlines()

    assert response.headers["Content-Disposition"] == 'attachment; filename="tenders-20261124.csv"'
    assert len(rows) == 2
    assert ",'=1+1," in rows[1]
    assert f'href="{address}?phase=open"' in page(client, "tender_list", phase="open")


def test_the_download_needs_the_same_queries_for_one_order_and_for_ten(
    client: Client, django_assert_num_queries
) -> None:
    TenderFactory.create_batch(10, active=True)
    AwardFactory(active=True)

    with django_assert_num_queries(6):
        b"".join(client.get(reverse("bidding:tender_csv")).streaming_content)


def test_the_order_list_counts_what_a_choice_would_show(client: Client) -> None:
    TenderFactory.create_batch(2, active=True)
    TenderFactory(closed=True)

    response = client.get(reverse("bidding:tender_list"), {"phase": "open"})

    phases = next(facet for facet in response.context["facets"] if facet.name == "phase")
    assert [(option.value, option.count, option.on) for option in phases.options] == [
        ("open", 2, True),
        ("selecting", 1, False),
    ]
