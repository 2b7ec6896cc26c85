"""The public lists as tables to download: heads, then a row for each; moments in Beijing time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bidding.models import Award, Contract
from bidding.pages.agencies import with_standing
from bidding.pages.orders import stage_word
from bidding.selection.methods import method_name
from marketplace.models import ServiceItem

Table = Iterator[list[object]]
CHUNK = 500


def award_table(awards: Iterable[Award], at: datetime) -> Table:
    """Yield the results of selections, each with its contract so far; amounts in yuan."""
    yield [
        _("采购编号"),
        _("采购项目"),
        _("项目业主"),
        _("地区"),
        _("服务事项"),
        _("服务类别"),
        _("选取方式"),
        _("中选机构"),
        _("统一社会信用代码"),
        _("中选金额（元）"),
        _("公示开始"),
        _("公示截止（不含）"),
        _("进度"),
        _("合同编号"),
    ]
    for award in awards:
        tender, agency = award.tender, award.bid.agency
        contract = getattr(award, "contract", None)
        yield [
            tender.code,
            tender.title,
            tender.buyer.name,
            tender.division.full_name,
            tender.item.name,
            tender.item.service_class or "",
            method_name(tender.method),
            agency.name,
            agency.uscc,
            award.amount,
            written(award.published_at),
            written(award.publicity_ends_at),
            stage_word(tender, at, award),
            contract.number if contract else "",
        ]


def contract_table(awards: Iterable[Award]) -> Table:
    """Yield the signed contracts of some awards; amounts in yuan."""
    yield [
        _("合同编号"),
        _("采购编号"),
        _("采购项目"),
        _("项目业主"),
        _("中选机构"),
        _("统一社会信用代码"),
        _("合同金额（元）"),
        _("签订时间"),
        _("服务期限（不含）"),
        _("交付时间"),
        _("验收时间"),
        _("状态"),
    ]
    for award in awards:
        contract: Contract = award.contract
        tender, agency = award.tender, award.bid.agency
        yield [
            contract.number,
            tender.code,
            tender.title,
            tender.buyer.name,
            agency.name,
            agency.uscc,
            award.amount,
            written(contract.signed_at),
            written(contract.service_due_at),
            written(contract.delivered_at),
            written(contract.accepted_at),
            contract.get_status_display(),
        ]


def agency_table(agencies: Iterator[Any], at: datetime) -> Table:
    """Yield the agencies with their public standing at `at`, which is asked chunk by chunk."""
    yield [
        _("机构"),
        _("统一社会信用代码"),
        _("登记地"),
        _("服务类别"),
        _("信用等级"),
        _("信用分"),
        _("正在执行的限制"),
        _("中选项数"),
        _("业主评价（满分五星）"),
    ]
    while chunk := list(islice(agencies, CHUNK)):
        for row in with_standing(chunk, at):
            agency: Any = row.organization  # with the values that the list adds
            standing = row.standing
            yield [
                agency.name,
                agency.uscc,
                agency.division.full_name,
                "、".join(str(one.service_class) for one in agency.agency.valid),
                standing.grade,
                standing.score,
                "、".join(one.get_kind_display() for one in standing.restrictions),
                agency.award_count,
                "" if agency.mean is None else f"{agency.mean:.1f}",
            ]


def item_table(items: Iterable[ServiceItem]) -> Table:
    """Yield the published catalogue."""
    yield [
        _("事项编码"),
        _("名称"),
        _("服务类别"),
        _("对应审批事项"),
        _("设立依据"),
        _("行业主管部门"),
        _("机构资质要求"),
        _("成果文件"),
        _("服务时限（工作日）"),
        _("收费管理"),
        _("收费依据"),
        _("公布时间"),
    ]
    for item in items:
        yield [
            item.code,
            item.name,
            item.service_class or "",
            item.related_approval,
            item.legal_basis,
            item.department,
            item.agency_requirement,
            item.deliverable,
            item.service_days if item.service_days is not None else item.service_days_text,
            item.get_price_management_display(),
            item.price_basis,
            written(item.published_at),
        ]


def written(at: datetime | None) -> str:
    """Return a moment as spreadsheets read it; nothing for None."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
