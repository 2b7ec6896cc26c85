"""The public lists as tables: a head for each cell, amounts as numbers, moments in Beijing time."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bidding.models import Award, Tender
from bidding.pages.lists import tender_table
from bidding.pages.tables import (
    Table,
    agency_table,
    award_table,
    contract_table,
    item_table,
    written,
)
from credit.models import Measure
from marketplace.models import ServiceItem
from marketplace.web.keys import InTurn
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, ContractFactory, EvaluationFactory, bidder
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import ServiceItemFactory


def cells(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table, each by its heads."""
    heads, *rows = table
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_a_moment_is_written_in_beijing_time_to_the_minute() -> None:
    assert written(datetime(2026, 11, 23, 16, 0, 59, tzinfo=UTC)) == "2026-11-24 00:00"
    assert written(None) == ""


@pytest.mark.django_db
def test_a_result_stands_with_its_contract_or_without() -> None:
    contract = ContractFactory(active=True, award__amount=Decimal("81234.50"))
    award = contract.award
    AwardFactory()

    signed, pending = cells(award_table(InTurn(Award.objects.order_by("pk")), NOON))

    assert signed["采购编号"] == award.tender.code
    assert (signed["地区"], signed["选取方式"]) == (
        award.tender.division.full_name,
        "竞价（最低价中选）",
    )
    assert (signed["中选金额（元）"], signed["公示截止（不含）"]) == (
        Decimal("81234.50"),
        "2026-12-03 00:00",
    )
    assert (str(signed["进度"]), signed["合同编号"]) == ("服务中", contract.number)
    assert (str(pending["进度"]), pending["合同编号"]) == ("结果公示", "")


@pytest.mark.django_db
def test_a_contract_stands_with_what_has_happened_so_far() -> None:
    contract = ContractFactory(delivered=True)

    [row] = cells(contract_table(InTurn(Award.objects.all()), NOON))

    assert (row["合同编号"], row["合同金额（元）"]) == (contract.number, Decimal("90000.00"))
    assert [row[name] for name in ("签订时间", "服务期限（不含）", "交付时间", "验收时间")] == [
        "2026-12-08 10:00",
        "2026-12-24 00:00",
        "2026-12-15 10:00",
        "",
    ]
    assert str(row["状态"]) == "已交付"


@pytest.mark.django_db
def test_a_winner_wears_in_every_table_what_keeps_it_from_working_at_the_moment() -> None:
    award = ContractFactory(active=True).award
    agency = award.bid.agency
    decision = RestrictionFactory(organization=agency, kind=Measure.FREEZE)
    RestrictionFactory(organization=agency, kind=Measure.REMOVAL, is_public=False)
    RestrictionFactory(organization=agency, kind=Measure.WARNING)

    def worn(at: datetime) -> list[str]:
        awards, orders = InTurn(Award.objects.all()), InTurn(Tender.objects.all())
        tables = award_table(awards, at), contract_table(awards, at), tender_table(orders, at)
        return [row["中选机构正在执行的限制"] for table in tables for row in cells(table)]

    assert worn(NOON) == ["暂停报名"] * 3
    assert worn(decision.effective_to) == [""] * 3


@pytest.mark.django_db
def test_an_agency_stands_with_its_classes_its_restrictions_and_its_stars() -> None:
    item = ServiceItemFactory()
    rated, restricted = EvaluationFactory().contract.award.bid.agency, bidder(item)
    RestrictionFactory(organization=restricted, kind=Measure.FREEZE)

    first, second = cells(agency_table([rated.pk, restricted.pk], NOON))

    assert (first["机构"], first["中选项数"], first["业主评价（满分五星）"]) == (
        rated.name,
        1,
        "5.0",
    )
    assert (second["服务类别"], second["业主评价（满分五星）"]) == (str(item.service_class), "")
    assert (second["中选项数"], second["正在执行的限制"]) == (0, "暂停报名")


def test_an_item_stands_with_its_days_in_figures_or_in_words() -> None:
    counted = ServiceItem(code="S01", name="环评", service_days=20, published_at=NOON)
    told = ServiceItem(code="S02", name="测绘", service_days_text="按合同约定")

    first, second = cells(item_table([counted, told]))

    assert (first["事项编码"], first["服务时限（工作日）"], first["公布时间"]) == (
        "S01",
        20,
        "2026-11-24 12:00",
    )
    assert first["承接条件"] == "不要求资质、备案和人员"
    assert (second["服务类别"], second["服务时限（工作日）"], second["公布时间"]) == (
        "",
        "按合同约定",
        "",
    )
