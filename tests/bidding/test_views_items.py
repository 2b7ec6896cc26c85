"""The catalogue as everybody reads it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from marketplace.models import CatalogueList, ListChange, ServiceItem
from tests.bidding.public_pages import page
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceClassFactory, ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_an_item_page_states_its_legal_basis_and_a_draft_has_none(client: Client) -> None:
    item, draft = ServiceItemFactory(published=True), ServiceItemFactory()

    assert item.legal_basis in page(client, "item", item.code)
    assert client.get(reverse("bidding:item", args=[draft.code])).status_code == 404


def test_the_pages_of_item_and_order_say_who_may_do_the_work_and_by_what_law(
    client: Client,
) -> None:
    item = ServiceItemFactory(published=True)
    other = ServiceClassFactory(name="安全评价")
    item.requirement = {
        "any_of": [
            {"kind": "filing", "service_class": item.service_class.code, "basis": "平台默认"},
            {"kind": "certificate", "service_class": other.code, "basis": "《建筑法》第十三条"},
        ]
    }
    item.save()
    tender = TenderFactory(active=True, item=item)

    for html in (page(client, "item", item.code), page(client, "tender", tender.code)):
        for words in ("具备其一", f"“{item.service_class}”备案", "“安全评价”资质证书", "第十三条"):
            assert words in html


def test_an_item_leads_to_the_contract_for_its_kind_of_service_and_says_what_closes_first(
    client: Client,
) -> None:
    order = TenderFactory(active=True)
    surveying = ServiceClassFactory(code="C47")
    ServiceItem.objects.filter(pk=order.item.pk).update(service_class=surveying)

    page = client.get(reverse("bidding:item", args=[order.item.code])).content.decode()

    assert page.count('href="/contract-texts/surveying.docx"') == 1
    assert page.count(f'href="/buyer/tenders/new/?item={order.item.code}"') == 1
    assert f"最早截止的采购：{order.title}" in page.partition('id="pass-on"')[2]


def test_the_page_of_an_item_shows_its_open_orders_by_pages(client: Client) -> None:
    first = TenderFactory(active=True)
    TenderFactory.create_batch(20, active=True, item=first.item)

    pages = [page(client, "item", first.item.code, page=number) for number in (1, 2)]

    assert [text.count('class="q ttl"') for text in pages] == [20, 1]


def test_a_list_in_force_is_a_page_for_everybody_and_one_that_waits_is_not(client):
    item = ServiceItemFactory(published=True)
    told = {"dated_on": NOON.date(), "proposed_at": NOON}
    active = CatalogueList.objects.create(
        number="赣府〔2026〕1号", status="active", decided_at=NOON, **told
    )
    ListChange.objects.create(catalogue_list=active, item=item, kind="publish")
    waiting = CatalogueList.objects.create(number="赣府〔2026〕2号", **told)

    page = client.get(f"/items/lists/{active.slug}/").content.decode()

    assert item.name in page
    assert "这是第一份清单。" in page
    assert f"/items/lists/{active.slug}/" in client.get(f"/items/{item.code}/").content.decode()
    assert client.get(f"/items/lists/{waiting.slug}/").status_code == 404


def test_the_catalogue_is_downloaded_for_spreadsheets_and_for_programs(client: Client) -> None:
    item = ServiceItemFactory(published=True, name="=测绘成果编制")
    ServiceItemFactory(name="还是草稿")

    sheet = client.get("/items.xlsx")
    told = client.get("/items.json").json()

    rows = load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True)
    names = [row[1] for row in rows]
    assert names == ["名称", "'=测绘成果编制"]
    assert [(one["code"], one["name"]) for one in told["items"]] == [(item.code, item.name)]
    assert told["items"][0]["url"].endswith(f"/items/{item.code}/")
    assert told["list"] == {"number": None, "dated_on": None}


def test_a_list_is_printed_and_downloaded_as_it_left_the_catalogue(client: Client) -> None:
    told = {"status": "active", "dated_on": NOON.date(), "proposed_at": NOON}
    lists = [
        CatalogueList.objects.create(number=number, decided_at=NOON + timedelta(hours=n), **told)
        for n, number in enumerate(("赣府〔2026〕1号", "赣府〔2026〕2号"))
    ]
    old = ServiceItemFactory(code="S01", published=True, name="测绘", deliverable="报告")
    old.abolish(at=NOON)
    old.save()
    new = ServiceItemFactory(
        code="S01",
        version=2,
        published=True,
        name="测绘成果编制",
        deliverable="成果",
        service_class=old.service_class,
    )
    ListChange.objects.create(catalogue_list=lists[0], item=old, kind="publish")
    ListChange.objects.create(catalogue_list=lists[1], item=new, previous=old, kind="publish")

    first, second = (client.get(f"/items/lists/{one.slug}/print/") for one in lists)
    sheet = client.get(f"/items/lists/{lists[0].slug}.csv")
    book = client.get(f"/items/lists/{lists[0].slug}.xlsx")

    assert [row.item for row in first.context["sheet"][0].rows] == [old]
    assert [row.item for row in second.context["sheet"][0].rows] == [new]
    assert "与上一份清单“赣府〔2026〕1号”相比" in second.content.decode()
    assert "（修改名称、成果文件）" in second.content.decode()
    lines = b"".join(sheet).decode().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["S01", "测绘"]]
    rows = load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["名称", "测绘"]
    assert client.get(f"/items/lists/{lists[0].slug}.txt").status_code == 404
    assert f"/items/lists/{lists[1].slug}/" in client.get("/items/").content.decode()


def test_the_catalogue_is_narrowed_by_department_level_and_approval(client: Client) -> None:
    told = {"published": True, "department": "水行政主管部门", "level": "省级"}
    water = ServiceItemFactory(name="水土保持", related_approval="取水许可", **told)
    dam = ServiceItemFactory(name="大坝检测", **told)
    other = ServiceItemFactory(published=True, name="测绘", department="自然资源主管部门")
    ServiceItemFactory(name="草稿", department="林业主管部门")

    def found(**asked: str) -> set[str]:
        html = page(client, "item_list", **asked)
        assert "林业主管部门" not in html
        return {item.name for item in (water, dam, other) if f"/items/{item.code}/" in html}

    assert found() == {"水土保持", "大坝检测", "测绘"}
    assert found(department="水行政主管部门") == {"水土保持", "大坝检测"}
    assert found(level="省级", approval="取水许可") == {"水土保持"}
    assert found(approval="没有这项") == {"水土保持", "大坝检测", "测绘"}
    csv = b"".join(client.get("/items.csv", {"department": "自然资源主管部门"}))
    assert [line.split(",")[1] for line in csv.decode().splitlines()[1:]] == ["测绘"]
    sheet = client.get("/items.xlsx", {"department": "自然资源主管部门"})
    rows = load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["名称", "测绘"]
