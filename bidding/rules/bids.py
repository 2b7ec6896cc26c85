"""The rules of what is quoted: what is asked about again, and what a low quote costs. Pure."""

from __future__ import annotations

from marketplace.kernel.declarations import Declaration, Declared, Override
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Period, share
from marketplace.rules import TIME

UNUSUAL_SHARE = Declaration(
    key="bid.unusual_share",
    kind=share(),
    label=_("报价低于最高限价的几成须再确认"),
    sentence=_("报价低于最高限价 {value}的，须再确认一次，以免写错单位。"),
    consumer="bidding.guards.terms.low_amount_is_confirmed",
    override=Override.FREE,
)
LOW_BELOW_MEAN = Declaration(
    key="bid.low_below_mean",
    kind=share(least=1),
    label=_("报价低于有效报价平均值多少为异常低价"),
    sentence=_("开启后，报价低于全部有效报价平均值达到 {value}的为异常低价，机构须说明成本。"),
    consumer="bidding.guards.explanations.abnormally_low",
    override=Override.ONLY_LESS,
)
LOW_BELOW_NEXT = Declaration(
    key="bid.low_below_next",
    kind=share(least=1),
    label=_("报价低于次低报价多少为异常低价"),
    sentence=_("开启后，报价低于高一位的有效报价达到 {value}的为异常低价，机构须说明成本。"),
    consumer="bidding.guards.explanations.abnormally_low",
    override=Override.ONLY_LESS,
)
COST_EXPLAIN = Declaration(
    key="bid.cost_explain",
    kind=Period(units=TIME, least=1),
    label=_("异常低价的机构说明成本，开启报价后"),
    sentence=_("异常低价的机构在开启报价后 {value}内说明成本，说明办结以前不登记结果。"),
    consumer="bidding.periods.cost_explain_due",
    override=Override.FREE,
)
COST_JUDGE = Declaration(
    key="bid.cost_judge",
    kind=Period(units=TIME, least=1),
    label=_("项目业主审核成本说明，收到说明后"),
    sentence=_("项目业主收到成本说明后 {value}内审核并公开理由；逾期没有审核的，说明视为成立。"),
    consumer="bidding.periods.cost_judge_due",
    override=Override.FREE,
)

RULES: tuple[Declared, ...] = (
    UNUSUAL_SHARE,
    LOW_BELOW_MEAN,
    LOW_BELOW_NEXT,
    COST_EXPLAIN,
    COST_JUDGE,
)
