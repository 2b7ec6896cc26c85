"""The rules of what an order may say, and of its sign-up. Pure."""

from __future__ import annotations

from bidding.rules.cases import AMOUNT, FUND, switch
from marketplace.kernel.declarations import Declaration, Declared, Group, Override, Rules, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.durations import NotComparable
from marketplace.kernel.kinds import Period, Whole, money
from marketplace.rules import LEVEL, TIME


def _deduction(_fund: str) -> Whole:
    return Whole(units=("percent",), most=20)


UNUSUAL_CEILING = Declaration(
    key="order.unusual_ceiling",
    kind=money(),
    label=_("最高限价低于多少须再确认"),
    sentence=_("最高限价低于 {value}的，须再确认一次，以免写错单位。"),
    consumer="bidding.guards.terms.low_ceiling_is_confirmed",
    override=Override.FREE,
)
FLOOR = Table(
    key="order.floor",
    by=(FUND,),
    kind_of=switch,
    title=_("可以设最低限价"),
    label=_("可以设最低限价，{fund}"),
    sentence=_("{fund}的项目可以设最低限价：{value}。"),
    consumer="bidding.guards.terms.floor_is_allowed",
    override=Override.ONLY_LESS,
)
SMALL_DEDUCTION = Table(
    key="order.small_deduction",
    by=(FUND,),
    finer=(LEVEL, AMOUNT),
    kind_of=_deduction,
    title=_("小型、微型企业的价格扣除"),
    label=_("小型、微型企业的价格扣除，{fund}"),
    sentence=_("{fund}的项目比较报价时，小型、微型企业的报价扣除 {value}，中选后按报价签约。"),
    consumer="bidding.selection.methods.base.Method.deduction_key",
    override=Override.FREE,
)
PAPERS_MOST = Declaration(
    key="order.papers_most",
    kind=Whole(most=99),
    label=_("每项采购最多附几份材料"),
    sentence=_("每项采购最多附 {value} 份材料，需求材料随公告公开，批准文件只供审核。"),
    consumer="bidding.guards.parts.papers_are_few",
    override=Override.FREE,
)
PROJECT_DRAFTS_MOST = Declaration(
    key="order.project_drafts_most",
    kind=Whole(least=1, most=99),
    label=_("一次最多为一个项目起草几项采购"),
    sentence=_("一次最多为一个项目起草 {value} 项采购，各项分别填写、提交。"),
    consumer="bidding.guards.templates.drafts_are_few",
    override=Override.FREE,
)
LOTS_MOST = Declaration(
    key="order.lots_most",
    kind=Whole(least=2, most=99),
    label=_("一项采购最多分几包"),
    sentence=_("一项采购最多分 {value} 包，各包分别发布、选取、签约。"),
    consumer="bidding.guards.lots.lots_are_few",
    override=Override.FREE,
)
WITNESSES_MOST = Declaration(
    key="order.witnesses_most",
    kind=Whole(most=99),
    label=_("每项采购最多邀请几名见证人"),
    sentence=_("每项采购最多邀请 {value} 名见证人到场见证开启报价。"),
    consumer="bidding.guards.parts.witnesses_are_few",
    override=Override.FREE,
)
AVOIDED_MOST = Declaration(
    key="order.avoided_most",
    kind=Whole(most=99),
    label=_("每项采购最多回避几家机构"),
    sentence=_("每项采购最多回避 {value} 家机构，理由向社会公开。"),
    consumer="bidding.guards.parts.avoided_are_few",
    override=Override.ONLY_LESS,
)
REVIEW = Declaration(
    key="order.review",
    kind=Period(units=TIME, least=1),
    label=_("采购审核，提交后"),
    sentence=_("项目业主提交采购后，运营机构在 {value}内审核。"),
    consumer="bidding.pages.queues._queue_row",
    override=Override.ONLY_LESS,
)
PUBLISH = Declaration(
    key="order.publish",
    kind=Period(units=TIME, least=1),
    label=_("采购发布，审核通过后"),
    sentence=_("采购审核通过后，运营机构在 {value}内由另一人发布。"),
    consumer="bidding.pages.queues._queue_row",
    override=Override.ONLY_LESS,
)
SIGNUP_MIN = Declaration(
    key="order.signup_min",
    kind=Period(units=TIME, least=1),
    label=_("报名时间最短"),
    sentence=_("采购公告发布后，报名期不少于 {value}。"),
    consumer="bidding.periods.earliest_tender_period_end",
    override=Override.ONLY_MORE,
)
SIGNUP_MAX = Declaration(
    key="order.signup_max",
    kind=Period(least=1),
    label=_("报名时间最长"),
    sentence=_("采购公告发布后，报名期不超过 {value}。"),
    consumer="bidding.guards.tenders.sign_up_period_is_short_enough",
    override=Override.FREE,
)
SELECTION_MAX = Declaration(
    key="order.selection_max",
    kind=Period(units=TIME, least=1),
    label=_("选取时间最迟，报名截止后"),
    sentence=_("项目业主可以约定选取时间，最迟在报名截止后 {value}。"),
    consumer="bidding.guards.times.selection_is_soon_after_the_sign_up",
    override=Override.ONLY_LESS,
)
SERVICE_MAX = Declaration(
    key="order.service_max",
    kind=Period(),
    label=_("服务期限最长，合同签订后"),
    sentence=_("合同签订后，服务期限不超过 {value}。"),
    consumer="bidding.guards.tenders.service_period_is_short_enough",
    override=Override.FREE,
)


def _sign_up_has_room(rules: Rules) -> bool:
    """Tell whether the longest sign-up is not shorter than the shortest, where they compare."""
    try:
        return not rules[SIGNUP_MIN].is_longer_than(rules[SIGNUP_MAX])
    except NotComparable:
        return rules[SIGNUP_MIN].count <= rules[SIGNUP_MAX].count


RULES: tuple[Declared, ...] = (
    PAPERS_MOST,
    AVOIDED_MOST,
    WITNESSES_MOST,
    LOTS_MOST,
    PROJECT_DRAFTS_MOST,
    REVIEW,
    PUBLISH,
    SIGNUP_MIN,
    SIGNUP_MAX,
    UNUSUAL_CEILING,
    Group(
        keys=(SIGNUP_MIN.key, SIGNUP_MAX.key),
        holds=_sign_up_has_room,
        refusal=_("报名时间的最短期限不能比最长期限长"),
    ),
    SELECTION_MAX,
    SERVICE_MAX,
    FLOOR,
    SMALL_DEDUCTION,
)
