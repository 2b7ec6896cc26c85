"""The rules of each way of choosing: where it may be used, and its own numbers. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bidding.rules.cases import AMOUNT, FINER, FUND, METHOD, switch
from bidding.rules.outcomes import SIGNUPS
from marketplace.kernel.declarations import Declaration, Declared, Group, Override, Rules, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Period, Span, Switch, Whole, share
from marketplace.rules import TIME

A_DAY = timedelta(days=1)
LISTED = range(2, 100)
"""How many a list may hold from which somebody chooses; the evidence has no place for another."""
METHOD_ENABLED = Table(
    key="method.enabled",
    by=(METHOD, FUND),
    finer=(*FINER, AMOUNT),
    kind_of=switch,
    title=_("可以采用的选取方式"),
    label=_("{method}，{fund}"),
    sentence=_("{fund}的项目采用{method}：{value}。"),
    consumer="bidding.guards.tenders.method_is_enabled",
    override=Override.ONLY_LESS,
)
BEST_PRICE_RATE = Declaration(
    key="best_price.rate",
    kind=Span(units=("percent",), least=1, most=100),
    label=_("均价方式的基准价，占平均价的百分比"),
    sentence=_("均价方式的基准价是平均价的 {value}，开启报价时从中抽取一个整数百分比。"),
    consumer="bidding.selection.methods.best_price.BestPrice.own_terms",
    override=Override.FREE,
)
BEST_PRICE_TRIM = Declaration(
    key="best_price.trim_from",
    kind=Whole(least=3, most=SIGNUPS.stop - 1),
    label=_("均价方式去掉最高、最低报价，有效报价不少于几家"),
    sentence=_("有效报价达到 {value} 家的，去掉一个最高报价和一个最低报价，再计算平均价。"),
    consumer="bidding.selection.methods.best_price.BestPrice.own_terms",
    override=Override.FREE,
)
AUCTION_STEP = Declaration(
    key="auction.step",
    kind=share(least=Decimal("0.1"), most=50),
    label=_("竞价每次至少降低，占最低限价（没有的占最高限价）"),
    sentence=_("每次报价比当前最低报价至少低最低限价（没有的按最高限价）的 {value}。"),
    consumer="bidding.selection.methods.auction._step",
    override=Override.FREE,
)
AUCTION_RATE_STEP = Declaration(
    key="auction.rate_step",
    kind=share(least=Decimal("0.1"), most=50),
    label=_("竞价报下浮率的，每次至少提高，占最低限价对应的下浮率"),
    sentence=_("报下浮率的，每次比当前最高下浮率至少提高最低限价所对应下浮率的 {value}。"),
    consumer="bidding.selection.methods.auction._step",
    override=Override.FREE,
)
AUCTION_COUNTDOWN = Declaration(
    key="auction.countdown",
    kind=Period(units=("minute", "second"), least=1, most=3600),
    label=_("竞价倒计时"),
    sentence=_(
        "竞价开始和每次高于最低限价的报价以后，倒计时 {value}，其间没有新报价的，竞价结束。"
    ),
    consumer="bidding.selection.methods.auction.LiveAuction.own_terms",
    override=Override.FREE,
)
AUCTION_LONGEST = Declaration(
    key="auction.longest",
    kind=Period(units=("minute", "hour"), least=1, most=1440),
    label=_("竞价最长时间"),
    sentence=_("竞价最长 {value}，到时结束，不再延长。"),
    consumer="bidding.selection.methods.auction.LiveAuction.own_terms",
    override=Override.FREE,
)
AUCTION_FLOOR_IS_OPEN = Declaration(
    key="auction.floor_is_open",
    kind=Switch(),
    label=_("报到最低限价以后其他机构可以跟报"),
    sentence=_("有机构报到最低限价以后，其他机构可以同样报最低限价：{value}。"),
    consumer="bidding.selection.methods.auction.LiveAuction.own_terms",
    override=Override.FREE,
)
AUCTION_FLOOR_RESETS = Declaration(
    key="auction.floor_resets",
    kind=Switch(),
    label=_("最低限价的报价重新倒计时"),
    sentence=_("报到最低限价的报价重新倒计时：{value}。"),
    consumer="bidding.selection.methods.auction.LiveAuction.own_terms",
    override=Override.FREE,
)


def _hall_has_a_countdown(rules: Rules) -> bool:
    """Tell whether a hall lasts for one countdown at least, and no longer than a day."""
    return rules[AUCTION_COUNTDOWN].span <= rules[AUCTION_LONGEST].span <= A_DAY


SHORTLIST_LONG = Declaration(
    key="shortlist.long_most",
    kind=Whole(least=LISTED.start, most=LISTED.stop - 1),
    label=_("信用择优的入围机构最多"),
    sentence=_("有效报名按信用优先次序值从高到低取前 {value} 家入围，末位相同的，签号小的入围。"),
    consumer="bidding.selection.methods.shortlist.CreditShortlist.own_terms",
    override=Override.FREE,
)
SHORTLIST_SHORT = Declaration(
    key="shortlist.short_most",
    kind=Whole(least=LISTED.start, most=LISTED.stop - 1),
    label=_("信用择优的候选机构最多"),
    sentence=_(
        "入围机构超过 {value} 家的，以优先次序值为权重不重复抽取 {value} 家候选机构；"
        "不超过的全部为候选机构。"
    ),
    consumer="bidding.selection.methods.shortlist.CreditShortlist.own_terms",
    override=Override.FREE,
)
PLAN_SIZE = Declaration(
    key="plan.size",
    kind=Whole(units=("megabyte",), least=1, most=20),
    label=_("密封的方案，最大"),
    sentence=_("方案为一份文件，不超过 {value}。"),
    consumer="bidding.guards.plans.plan_limit",
    override=Override.ONLY_LESS,
)
SCORE = Declaration(
    key="selection.score",
    kind=Period(units=TIME, least=1),
    label=_("方案评分，开启报价后"),
    sentence=_("开启报价后 {value}内完成评分，全部评分和评语公开。"),
    consumer="bidding.periods.choose_due",
    override=Override.ONLY_LESS,
)
CHOOSE = Declaration(
    key="selection.choose",
    kind=Period(units=TIME, least=1),
    label=_("项目业主从候选机构中选定，开启报价后"),
    sentence=_("开启报价后 {value}内，项目业主从候选机构中选定一家，并公开理由。"),
    consumer="bidding.periods.choose_due",
    override=Override.ONLY_LESS,
)
PANEL_SEATS = Declaration(
    key="experts.seats",
    kind=Whole(least=3, most=9),
    label=_("评审小组的专家人数"),
    sentence=_("评审小组由 {value} 名专家组成，人数为单数。"),
    consumer="bidding.selection.methods.experts.ByExperts.own_terms",
    override=Override.ONLY_MORE,
)
PANEL_ANSWER = Declaration(
    key="experts.answer",
    kind=Period(units=TIME, least=1),
    label=_("专家答复邀请，收到后"),
    sentence=_("抽中的专家在 {value}内答复能否参加，逾期的按抽取顺序由下一名递补。"),
    consumer="bidding.periods.panel_answer_due",
    override=Override.FREE,
)
PANEL_SCORE = Declaration(
    key="experts.score",
    kind=Period(units=TIME, least=1),
    label=_("专家提交评分，答复参加后"),
    sentence=_("专家答复参加后 {value}内提交评分，逾期的按抽取顺序由下一名递补。"),
    consumer="bidding.periods.panel_sheet_due",
    override=Override.FREE,
)
PANEL_PRICE_LEAST = Declaration(
    key="experts.price_least",
    kind=Whole(units=("percent",), most=100),
    label=_("综合评审的价格权重，最低"),
    sentence=_("综合评审的价格权重不低于 {value}。"),
    consumer="bidding.guards.scores.weights_are_within_bounds",
    override=Override.ONLY_MORE,
)
PANEL_PRICE_MOST = Declaration(
    key="experts.price_most",
    kind=Whole(units=("percent",), most=100),
    label=_("综合评审的价格权重，最高"),
    sentence=_("综合评审的价格权重不高于 {value}。"),
    consumer="bidding.guards.scores.weights_are_within_bounds",
    override=Override.ONLY_LESS,
)
PANEL_RECORD_MOST = Declaration(
    key="experts.record_most",
    kind=Whole(units=("percent",), most=100),
    label=_("综合评审的信用权重，最高"),
    sentence=_("综合评审的信用权重不高于 {value}。"),
    consumer="bidding.guards.scores.weights_are_within_bounds",
    override=Override.ONLY_LESS,
)
PANEL_DROPS_OUTER = Declaration(
    key="experts.drops_outer",
    kind=Switch(),
    label=_("每个评分项去掉一个最高分和一个最低分"),
    sentence=_("每个评分项去掉一个最高分和一个最低分，其余取平均：{value}。"),
    consumer="bidding.selection.methods.experts.ByExperts.own_terms",
    override=Override.FREE,
)
UNIT_AND_FUND = Declaration(
    key="direct.unit_and_fund",
    kind=Switch(),
    label=_("机关、事业单位不得用社会资金直接选取"),
    sentence=_("机关、事业单位的项目使用社会资金的，不得直接选取：{value}。"),
    consumer="bidding.guards.funds.unit_and_fund_let_it_name",
    override=Override.ONLY_MORE,
)
DIRECT_ACCEPT = Declaration(
    key="direct.accept",
    kind=Period(units=TIME, least=1),
    label=_("直接选取的接受期限，公告发布后"),
    sentence=_("公告所列机构在 {value}内接受或者谢绝。"),
    consumer="bidding.periods.direct_accept_due",
    override=Override.FREE,
)

RULES: tuple[Declared, ...] = (
    METHOD_ENABLED,
    BEST_PRICE_RATE,
    BEST_PRICE_TRIM,
    AUCTION_STEP,
    AUCTION_RATE_STEP,
    AUCTION_COUNTDOWN,
    AUCTION_LONGEST,
    Group(
        keys=(AUCTION_COUNTDOWN.key, AUCTION_LONGEST.key),
        holds=_hall_has_a_countdown,
        refusal=_("竞价最长时间不能短于一次倒计时，也不能超过 24 小时"),
    ),
    AUCTION_FLOOR_IS_OPEN,
    AUCTION_FLOOR_RESETS,
    SHORTLIST_LONG,
    SHORTLIST_SHORT,
    Group(
        keys=(SHORTLIST_LONG.key, SHORTLIST_SHORT.key),
        holds=lambda rules: rules[SHORTLIST_SHORT] <= rules[SHORTLIST_LONG],
        refusal=_("候选机构不能多于入围机构"),
    ),
    CHOOSE,
    PLAN_SIZE,
    SCORE,
    PANEL_SEATS,
    Group(
        keys=(PANEL_SEATS.key,),
        holds=lambda rules: rules[PANEL_SEATS] % 2 == 1,
        refusal=_("评审小组的人数须为单数"),
    ),
    PANEL_ANSWER,
    PANEL_SCORE,
    PANEL_PRICE_LEAST,
    PANEL_PRICE_MOST,
    Group(
        keys=(PANEL_PRICE_LEAST.key, PANEL_PRICE_MOST.key),
        holds=lambda rules: rules[PANEL_PRICE_LEAST] <= rules[PANEL_PRICE_MOST],
        refusal=_("价格权重的最低值不能高于最高值"),
    ),
    PANEL_RECORD_MOST,
    PANEL_DROPS_OUTER,
    UNIT_AND_FUND,
    DIRECT_ACCEPT,
)
