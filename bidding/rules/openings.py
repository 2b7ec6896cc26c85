"""The rules of the opening: who holds the key, what a draw counts, and the result. Pure."""

from __future__ import annotations

from bidding.rules.cases import switch
from marketplace.kernel.declarations import Declaration, Declared, Dimension, Group, Override, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Choice, Period, Whole, money
from marketplace.rules import DAYS, LONGEST_WAIT_SECONDS, TIME

HOLDER = Dimension(
    "holder",
    {
        "schedule": _("平台定时任务"),
        "operator": _("运营机构"),
        "regulator": _("监管部门"),
        "manager": _("管理机构"),
    },
)
"""Who may hold a share of an order's key; but for the schedule they are roles of officers."""
NO_SOURCE = "none"
PUBLIC_SOURCES: dict[str, str] = {
    NO_SOURCE: _("不使用"),
    "welfare_3d": _("中国福利彩票3D，报名截止以后第一期的开奖号码"),
    "sports_3": _("中国体育彩票排列3，报名截止以后第一期的开奖号码"),
    "drand": _("drand quicknet 52db9ba7 随机信标，报名截止以后第一轮的签名"),
}
"""What a notice may announce, in the words in which it is committed to."""
OPENING_GRACE = Declaration(
    key="opening.grace",
    kind=Period(units=("second",), least=LONGEST_WAIT_SECONDS),
    label=_("开启报价的宽限，报名截止后"),
    sentence=_("报名截止后 {value}再开启报价，截止前已到达的报价不因排队而丢失。"),
    consumer="bidding.periods.opening_at",
)
OFFICERS_FROM = Declaration(
    key="seal.officers_from",
    kind=money(),
    label=_("由工作人员共同开启报价的金额"),
    sentence=_(
        "最高限价达到 {value}的，由不同单位各一名工作人员交出密钥共同开启；不足的由平台按时开启。"
    ),
    consumer="bidding.actions.sealing.is_opened_by_officers",
    override=Override.ONLY_LESS,
)
SEAL_HOLDER = Table(
    key="seal.holder",
    by=(HOLDER,),
    kind_of=switch,
    title=_("保管密钥份额"),
    label=_("保管密钥份额，{holder}"),
    sentence=_("工作人员共同开启的采购，{holder}保管一份密钥：{value}。"),
    consumer="bidding.actions.sealing._holders",
)
SEAL_THRESHOLD = Declaration(
    key="seal.threshold",
    kind=Whole(least=2, most=len(HOLDER.labels)),
    label=_("开启报价所需的密钥份数"),
    sentence=_("交出 {value} 份密钥才能开启报价，少一份任何人都不能开启。"),
    consumer="bidding.actions.sealing.make_key",
    override=Override.ONLY_MORE,
)
PUBLIC_SOURCE = Declaration(
    key="draw.public_source",
    kind=Choice(options=PUBLIC_SOURCES),
    label=_("抽取计入的公共随机数"),
    sentence=_("抽取除平台种子和各家随机数外，计入公共随机数：{value}。"),
    consumer="bidding.selection.methods.base.Method.public_source",
)
SELECTION_REGISTER = Declaration(
    key="selection.register",
    kind=Period(units=TIME, least=1),
    label=_("登记选取结果，选取完成后"),
    sentence=_("选取完成后 {value}内由运营机构登记结果。"),
    consumer="bidding.periods.register_due",
    override=Override.ONLY_LESS,
)
RESULT_PUBLICITY = Declaration(
    key="result.publicity",
    kind=Period(units=DAYS),
    label=_("选取结果公示"),
    sentence=_("结果公示 {value}，期满发出中选通知书。"),
    consumer="bidding.periods.result_publicity_end",
    override=Override.ONLY_MORE,
)

RULES: tuple[Declared, ...] = (
    OPENING_GRACE,
    OFFICERS_FROM,
    SEAL_HOLDER,
    SEAL_THRESHOLD,
    PUBLIC_SOURCE,
    Group(
        keys=(SEAL_HOLDER.key, SEAL_THRESHOLD.key),
        holds=lambda rules: sum(rules.column(SEAL_HOLDER).values()) >= rules[SEAL_THRESHOLD],
        refusal=_("保管密钥份额的单位不能少于开启所需的份数"),
    ),
    SELECTION_REGISTER,
    RESULT_PUBLICITY,
)
