"""The rules of amounts: what must come here, what goes to tender, what is added up. Pure."""

from __future__ import annotations

from bidding.rules.cases import FUND, SERVICE_CLASS, switch
from marketplace.kernel.declarations import Declaration, Declared, Dimension, Override, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Number, Period, Switch, money
from marketplace.rules import LEVEL


def _money(*_names: str) -> Number:
    return money()


PURCHASE = Dimension("kind", {"works": _("按工程计"), "goods": _("按货物计")})
"""As what limits count an order that they do not count as a service."""
MUST_USE_LIMIT = Table(
    key="order.must_use_limit",
    by=(LEVEL,),
    finer=(PURCHASE,),
    kind_of=_money,
    label=_("财政资金应当使用平台的限额，{level}"),
    title=_("财政资金应当使用平台的限额"),
    sentence=_(
        "{level}使用财政资金、集中采购目录以外、金额不到 {value}的中介服务，应当通过本平台选取。"
    ),
    consumer="bidding.guards.items.must_use_limit",
)
COUNTED_AS = Table(
    key="order.counted_as",
    by=(PURCHASE,),
    finer=(SERVICE_CLASS,),
    kind_of=switch,
    title=_("不按服务计限额的服务类别"),
    label=_("限额{kind}"),
    sentence=_("中介服务的限额按服务计；{kind}：{value}。"),
    consumer="bidding.guards.items.counted_as",
)
SPLIT_WINDOW = Declaration(
    key="order.split_window",
    kind=Period(units=("month",), least=1, most=60),
    label=_("核对拆分采购的时间范围"),
    sentence=_("{value}内同一业主、同一服务类别的财政资金采购合并计算，核对是否拆分。"),
    consumer="bidding.guards.warnings.year_of_class_is_below_limit",
    override=Override.ONLY_MORE,
)
EXEMPTION_NEEDED = Declaration(
    key="order.exemption_needed",
    kind=Switch(),
    label=_("达到限额的采购须附豁免证明"),
    sentence=_("达到使用平台的限额、合计后达到限额的采购，须说明豁免理由并附证明文件：{value}。"),
    consumer="bidding.guards.warnings.limits_are_kept_or_exempted",
    override=Override.ONLY_MORE,
)
TENDERED = Table(
    key="order.tendered",
    by=(FUND,),
    finer=(SERVICE_CLASS,),
    kind_of=switch,
    title=_("达到招标金额须招标的服务"),
    label=_("达到招标金额须招标，{fund}"),
    sentence=_("{fund}的工程建设服务达到招标金额的须招标：{value}。"),
    consumer="bidding.guards.items.may_be_tendered",
    override=Override.ONLY_MORE,
)
OPEN_TENDER_LIMIT = Declaration(
    key="order.open_tender_limit",
    kind=money(),
    label=_("财政资金的服务须公开招标的金额"),
    sentence=_("使用财政资金的服务金额达到 {value}的，须公开招标，不在本平台选取。"),
    consumer="bidding.guards.tenders.fiscal_order_is_below_open_tender",
)
TENDER_LIMIT = Table(
    key="order.tender_limit",
    by=(),
    finer=(PURCHASE,),
    kind_of=_money,
    title=_("转为招标的金额"),
    label=_("工程建设项目转为招标的金额"),
    sentence=_(
        "使用财政资金、国有企业资金的工程建设项目，勘察、设计、监理等须招标的采购达到 {value}的，"
        "转为招标，不在本平台选取。"
    ),
    consumer="bidding.guards.items.tender_limit",
)

RULES: tuple[Declared, ...] = (
    MUST_USE_LIMIT,
    COUNTED_AS,
    SPLIT_WINDOW,
    EXEMPTION_NEEDED,
    TENDERED,
    OPEN_TENDER_LIMIT,
    TENDER_LIMIT,
)
