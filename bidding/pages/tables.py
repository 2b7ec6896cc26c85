"""The public lists as tables to download: heads, then a row for each; moments in Beijing time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bidding.models import Award
from bidding.models.contract import ContractStatus
from bidding.models.deadlines import OrderDeadline
from bidding.models.stages import WORDS
from bidding.pages.agencies import agency_rows
from bidding.selection.methods import method_name
from bidding.stages import stage_of
from credit.measures import all_open_measures
from marketplace.guards.requirements import in_words, names_of
from marketplace.kernel.models import end_of
from marketplace.models import Division, ServiceItem
from marketplace.web.keys import InTurn

Table = Iterator[list[object]]
CHUNK = 5000
"""How many agencies are asked for at once: their figures are counted in groups."""

MEASURES = _("中选机构正在执行的限制")

AWARD_COLUMNS = (
    *("tender__code", "tender__title", "tender__buyer__name", "tender__division"),
    *("tender__item__name", "tender__item__service_class__name", "tender__method"),
    *("bid__agency__name", "bid__agency__uscc", "bid__agency__slug"),
    *("amount", "published_at", "contract__number"),
)
AWARD_STATUSES = ("tender__status", "status", "contract__status")
CONTRACT_COLUMNS = (
    *("contract__number", "tender__code", "tender__title", "tender__buyer__name"),
    *("bid__agency__name", "bid__agency__uscc", "bid__agency__slug"),
    *("amount", "contract__signed_at"),
)
CONTRACT_MOMENTS = ("contract__delivered_at", "contract__accepted_at", "contract__status")


def award_table(awards: InTurn[Award], at: datetime) -> Table:
    """
    Yield the results of selections, each with its contract so far; amounts in yuan.

    What keeps a winner from working is that of `at`.
    """
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
        MEASURES,
        _("中选金额（元）"),
        _("公示开始"),
        _("公示截止（不含）"),
        _("进度"),
        _("合同编号"),
    ]
    places = Division.objects.full_names()
    ends, measures = end_of(OrderDeadline.PUBLICITY), all_open_measures(at)
    for row in awards.values(*AWARD_COLUMNS, ends, *AWARD_STATUSES):
        code, title, buyer, place, item, service_class, method, *rest = row
        agency, uscc, slug, amount, published_at, number, end, tender, award, contract = rest
        yield [
            code,
            title,
            buyer,
            places[place],
            item,
            service_class or "",
            method_name(method),
            agency,
            uscc,
            "、".join(measures[slug]),
            amount,
            written(published_at),
            written(end),
            WORDS[stage_of(tender, award, contract, takes_bids=False)],
            number or "",
        ]


def contract_table(awards: InTurn[Award], at: datetime) -> Table:
    """Yield the signed contracts of some awards, their agencies as they stand at `at`."""
    yield [
        _("合同编号"),
        _("采购编号"),
        _("采购项目"),
        _("项目业主"),
        _("中选机构"),
        _("统一社会信用代码"),
        MEASURES,
        _("合同金额（元）"),
        _("签订时间"),
        _("服务期限（不含）"),
        _("交付时间"),
        _("验收时间"),
        _("状态"),
    ]
    due, measures = end_of(OrderDeadline.SERVICE, "contract"), all_open_measures(at)
    for row in awards.values(*CONTRACT_COLUMNS, due, *CONTRACT_MOMENTS):
        *texts, slug, amount, signed_at, due_at, delivered_at, accepted_at, status = row
        moments = map(written, (signed_at, due_at, delivered_at, accepted_at))
        held = "、".join(measures[slug])
        yield [*texts, held, amount, *moments, ContractStatus(status).label]


def agency_table(agencies: Sequence[int], at: datetime) -> Table:
    """Yield the agencies with these keys and their public standing at `at`, asked by chunks."""
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
    for first in range(0, len(agencies), CHUNK):
        for row in agency_rows(agencies[first : first + CHUNK], at):
            yield [
                row.agency.name,
                row.agency.uscc,
                row.agency.place,
                "、".join(row.classes),
                row.standing.grade,
                row.standing.score,
                "、".join(one.get_kind_display() for one in row.standing.restrictions),
                row.award_count,
                "" if row.mean is None else f"{row.mean:.1f}",
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
        _("承接条件"),
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
            in_words(item.requires, names_of(item)),
            item.deliverable,
            item.service_days if item.service_days is not None else item.service_days_text,
            item.get_price_management_display(),
            item.price_basis,
            written(item.published_at),
        ]


def written(at: datetime | None) -> str:
    """Return a moment as spreadsheets read it; nothing for None."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
