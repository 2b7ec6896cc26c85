"""The rules of an order, from the published need to the rated contract. Pure."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from credit.rules import GRADE
from marketplace.kernel.declarations import (
    Declaration,
    Declared,
    Dimension,
    Group,
    Override,
    Rules,
    Table,
    grouped,
)
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.durations import NotComparable
from marketplace.kernel.kinds import Choice, Number, Period, Span, Switch, Whole, money, share
from marketplace.rules import DAYS, LEVEL, LONGEST_WAIT_SECONDS, TIME

METHOD_NAMES: dict[str, object] = {}
"""The methods that can be chosen, with their names; `bidding.selection.methods` enters them."""
METHOD = Dimension("method", METHOD_NAMES)
FUND = Dimension(
    "fund",
    {"fiscal": _("财政资金"), "state_owned": _("国有资金"), "private": _("社会资金")},
)
FUNDS = tuple(FUND.labels)
SERVICE_CLASS = Dimension("class", pattern=r"C([0-9]{2})", words=_("服务类别 C{name}"))
AMOUNT = Dimension(
    "amount", pattern=r"from_([1-9][0-9]{2,11})", words=_("金额达到 {name} 元"), show=grouped
)
"""What an order may come to at most reaches an amount, in whole yuan."""
ROUND = Dimension("round", pattern=r"round_([2-9])", words=_("第 {name} 轮起"))
LAST_ROUND = 9
"""The last round that a value can be told apart by; later ones are as this one."""
FINER = (SERVICE_CLASS, LEVEL, ROUND)
A_DAY = timedelta(days=1)
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
EVENT = Dimension(
    "event",
    {
        "too_few": _("有效报名不足的"),
        "abandoned": _("中选机构放弃的"),
        "restricted": _("中选机构在签约以前不再符合条件的"),
        "no_panel": _("专家不足，组不成评审小组的"),
        "unchosen": _("项目业主没有在期限内选定或者评分的"),
        "cost_refused": _("异常低价的成本说明不成立的"),
        "cost_silent": _("异常低价的机构没有在期限内说明成本的"),
    },
)
WAYS_ON: dict[str, dict[str, str]] = {
    "too_few": {
        "fail": _("流标，可以重新组织"),
        "go_on": _("只要有一家，照常选取"),
        "lower_minimum": _("流标，重新组织的下一轮减少最少家数"),
        "other_method": _("流标，重新组织时可以改用其他选取方式"),
    },
    "abandoned": {
        "rerun_without": _("不由下一名递补，重新组织，放弃的机构不能参加"),
        "next_in_line": _("由下一名递补；没有下一名的重新组织，放弃的机构不能参加"),
    },
    "restricted": {
        "fail": _("不由下一名递补，重新组织"),
        "next_in_line": _("由下一名递补；没有下一名的重新组织"),
    },
    "no_panel": {
        "fail": _("流标，可以重新组织"),
        "other_method": _("流标，重新组织时可以改用其他选取方式"),
    },
    "unchosen": {
        "fail": _("流标，可以重新组织，是否计入业主的信用记录由办理机关核实"),
        "wait": _("继续等待项目业主选定，不计入记录"),
    },
    "cost_refused": {
        "without": _("报价不计入，由其余的有效报价继续；没有其余的流标"),
        "fail": _("流标，可以重新组织"),
    },
    "cost_silent": {
        "without": _("报价不计入，由其余的有效报价继续；没有其余的流标"),
        "fail": _("流标，可以重新组织"),
        "go_on": _("报价照常计入"),
    },
}
"""What may follow each event, in words."""
NO_SOURCE = "none"
PUBLIC_SOURCES: dict[str, str] = {
    NO_SOURCE: _("不使用"),
    "welfare_3d": _("中国福利彩票3D，报名截止以后第一期的开奖号码"),
    "sports_3": _("中国体育彩票排列3，报名截止以后第一期的开奖号码"),
    "drand": _("drand quicknet 52db9ba7 随机信标，报名截止以后第一轮的签名"),
}
"""What a notice may announce, in the words in which it is committed to."""
LISTED = range(2, 100)
"""How many a list may hold from which somebody chooses; the evidence has no place for another."""
SIGNUPS = range(1, 1000)
"""How many sign-ups an order may need; the evidence has no place for another number."""


def _sign_ups(_method: str, _fund: str) -> Whole:
    return Whole(least=SIGNUPS.start, most=SIGNUPS.stop - 1)


def _switch(*_names: str) -> Switch:
    return Switch()


def _deduction(_fund: str) -> Whole:
    return Whole(units=("percent",), most=20)


def _way_on(event: str, _fund: str) -> Choice:
    return Choice(options=WAYS_ON[event])


def _inspected_share(_grade: str) -> Number:
    return share()


def _money(_level: str) -> Number:
    return money()


# --- The order ------------------------------------------------------------------------------------
UNUSUAL_CEILING = Declaration(
    key="order.unusual_ceiling",
    kind=money(),
    label=_("最高限价低于多少须再确认"),
    sentence=_("最高限价低于 {value}的，须再确认一次，以免写错单位。"),
    consumer="bidding.guards.terms.low_ceiling_is_confirmed",
    override=Override.FREE,
)
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
FLOOR = Table(
    key="order.floor",
    by=(FUND,),
    kind_of=_switch,
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
MUST_USE_LIMIT = Table(
    key="order.must_use_limit",
    by=(LEVEL,),
    kind_of=_money,
    label=_("财政资金应当使用平台的限额，{level}"),
    title=_("财政资金应当使用平台的限额"),
    sentence=_(
        "{level}使用财政资金、集中采购目录以外、金额不到 {value}的中介服务，应当通过本平台选取。"
    ),
    consumer="bidding.guards.warnings.fiscal_order_is_below_limit",
)
SPLIT_WINDOW = Declaration(
    key="order.split_window",
    kind=Period(units=("month",), least=1, most=60),
    label=_("核对拆分采购的时间范围"),
    sentence=_("{value}内同一业主、同一服务类别的财政资金采购合并计算，核对是否拆分。"),
    consumer="bidding.guards.warnings.year_of_class_is_below_limit",
    override=Override.ONLY_MORE,
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
EXEMPTION_NEEDED = Declaration(
    key="order.exemption_needed",
    kind=Switch(),
    label=_("达到限额的采购须附豁免证明"),
    sentence=_("达到使用平台的限额、合计后达到限额的采购，须说明豁免理由并附证明文件：{value}。"),
    consumer="bidding.guards.warnings.limits_are_kept_or_exempted",
    override=Override.ONLY_MORE,
)
AVOIDED_MOST = Declaration(
    key="order.avoided_most",
    kind=Whole(most=99),
    label=_("每项采购最多回避几家机构"),
    sentence=_("每项采购最多回避 {value} 家机构，理由向社会公开。"),
    consumer="bidding.guards.parts.avoided_are_few",
    override=Override.ONLY_LESS,
)
TENDERED = Table(
    key="order.tendered",
    by=(FUND,),
    finer=(SERVICE_CLASS,),
    kind_of=_switch,
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
TENDER_LIMIT = Declaration(
    key="order.tender_limit",
    kind=money(),
    label=_("勘察、设计、监理转为招标的金额"),
    sentence=_(
        "使用财政资金、国有企业资金的勘察、设计、监理服务金额达到 {value}的，转为招标，"
        "不在本平台选取。"
    ),
    consumer="bidding.guards.tenders.ceiling_is_below_tender_limit",
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
MIN_SIGNUPS = Table(
    key="order.min_signups",
    by=(METHOD, FUND),
    finer=FINER,
    kind_of=_sign_ups,
    title=_("最少报名家数"),
    label=_("最少报名家数，{method}，{fund}"),
    sentence=_("{fund}的项目采用{method}的，有效报名少于 {value} 家即流标。"),
    consumer="bidding.outcomes.needed",
    override=Override.ONLY_MORE,
)
MAX_FAILED_ROUNDS = Declaration(
    key="order.max_failed_rounds",
    kind=Whole(most=99),
    label=_("流标几次后可以更换选取方式"),
    sentence=_("连续流标 {value} 次后，可以改用其他选取方式。"),
    consumer="bidding.guards.tenders.method_may_change_by_now",
    override=Override.ONLY_MORE,
)
OUTCOME = Table(
    key="order.outcome",
    by=(EVENT, FUND),
    finer=(METHOD, *FINER),
    kind_of=_way_on,
    title=_("没有选出机构的，怎样办理"),
    label=_("{event}，{fund}"),
    sentence=_("{fund}的项目，{event}：{value}。"),
    consumer="bidding.outcomes.stated",
)
METHOD_ENABLED = Table(
    key="method.enabled",
    by=(METHOD, FUND),
    finer=(*FINER, AMOUNT),
    kind_of=_switch,
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

# --- Questions ------------------------------------------------------------------------------------
QUESTION_UNTIL = Declaration(
    key="question.until",
    kind=Period(units=("hour",), least=1, most=240),
    label=_("提问截止，报名截止前"),
    sentence=_("报名截止 {value}以前，入驻机构可以提问，业主的答复向社会公开，不公开是谁提问。"),
    consumer="bidding.periods.questions_end",
    override=Override.FREE,
)
ANSWER_UNTIL = Declaration(
    key="question.answer_until",
    kind=Period(units=("hour",), least=1, most=240),
    label=_("答复截止，报名截止前"),
    sentence=_("业主的答复最迟在报名截止 {value}以前公开。"),
    consumer="bidding.periods.answers_end",
    override=Override.FREE,
)
QUESTIONS_MOST = Declaration(
    key="question.most",
    kind=Whole(least=1, most=99),
    label=_("每家机构对一项采购最多提问"),
    sentence=_("每家机构对一项采购最多提问 {value} 次。"),
    consumer="bidding.guards.questions.agency_may_ask_once_more",
    override=Override.FREE,
)

# --- Amendments -----------------------------------------------------------------------------------
AMENDED = Dimension(
    "field",
    {
        "title": _("项目名称"),
        "content": _("服务内容"),
        "scale": _("项目规模"),
        "service_time": _("服务期限"),
        "ceiling": _("最高限价"),
        "floor": _("最低限价"),
        "signup_until": _("报名截止时间"),
        "selection_at": _("选取时间"),
        "price_basis": _("限价依据"),
        "project_code": _("统一项目代码"),
        "contact_name": _("联系人"),
        "contact_phone": _("联系电话"),
    },
)
MATERIAL = Table(
    key="amendment.material",
    by=(AMENDED,),
    kind_of=_switch,
    label=_("变更{field}须重新计时、重新报价"),
    title=_("变更以后须重新计时、重新报价的内容"),
    sentence=_("公告发布后变更{field}的，重新计算报名期，已提交的报价须重新提交：{value}。"),
    consumer="bidding.guards.amendments.is_material",
    override=Override.ONLY_MORE,
)
AMENDMENTS_MOST = Declaration(
    key="amendment.most",
    kind=Whole(least=1, most=99),
    label=_("每项采购最多作几次实质性变更"),
    sentence=_("每项采购最多作 {value} 次实质性变更；还须变更的，取消后重新发布。"),
    consumer="bidding.guards.amendments.material_amendments_are_few",
    override=Override.ONLY_LESS,
)

# --- Objections, complaints, reports --------------------------------------------------------------
MATTER = Dimension(
    "matter",
    {
        "notice": _("采购公告"),
        "selection": _("选取结果"),
        "agency": _("其他参加机构"),
        "onboarding": _("入驻公示"),
        "operator": _("运营机构服务"),
    },
)


DISPUTE_FILE = Declaration(
    key="complaint.file",
    kind=Period(units=DAYS, least=1),
    label=_("投诉运营机构的服务，事情发生后"),
    sentence=_("对运营机构的服务不满的，在事情发生后 {value}内投诉。"),
    consumer="bidding.periods.filing_ends",
    override=Override.ONLY_MORE,
)
DISPUTE_CHECK = Declaration(
    key="complaint.check",
    kind=Period(units=TIME, least=1),
    label=_("决定是否受理异议和投诉，提出后"),
    sentence=_("异议、投诉提出后 {value}内决定是否受理；不予受理的写明理由。"),
    consumer="bidding.periods.check_due",
    override=Override.ONLY_LESS,
)
DISPUTE_ANSWER = Declaration(
    key="complaint.answer",
    kind=Period(units=DAYS, least=1),
    label=_("答复异议和投诉，受理后"),
    sentence=_("受理后 {value}内由被提出异议或者被投诉的单位答复。"),
    consumer="bidding.periods.answer_due",
    override=Override.ONLY_LESS,
)
DISPUTE_ESCALATE = Declaration(
    key="complaint.escalate",
    kind=Period(units=DAYS, least=1),
    label=_("对异议的答复不满意可以投诉，答复后"),
    sentence=_(
        "对异议的答复不满意，或者期满没有答复的，在 {value}内投诉；期满没有投诉的，异议办结。"
    ),
    consumer="bidding.periods.escalation_ends",
    override=Override.ONLY_MORE,
)
DISPUTE_DECIDE = Declaration(
    key="complaint.decide",
    kind=Period(units=DAYS, least=1),
    label=_("对投诉作出处理决定，答复后"),
    sentence=_(
        "收到答复或者答复期满后 {value}内，由受理人以外的人员审核，以办理机关名义作出处理决定。"
    ),
    consumer="bidding.periods.dispute_decision_due",
    override=Override.ONLY_LESS,
)
REPORT_ANSWER = Declaration(
    key="report.answer",
    kind=Period(units=DAYS, least=1),
    label=_("答复举报，收到后"),
    sentence=_("收到举报后 {value}内答复，凭回执号查询。"),
    consumer="bidding.periods.report_due",
    override=Override.ONLY_LESS,
)
OBJECTION_FIRST = Table(
    key="complaint.objection_first",
    by=(MATTER,),
    kind_of=_switch,
    title=_("先提异议，再投诉"),
    label=_("投诉前须先提异议，{matter}"),
    sentence=_("关于{matter}的投诉须先提出异议：{value}。"),
    consumer="bidding.guards.disputes.kind_of_filing",
)
SUSPENDS = Table(
    key="complaint.suspends",
    by=(MATTER,),
    kind_of=_switch,
    title=_("异议、投诉办理期间中止"),
    label=_("办理期间中止，{matter}"),
    sentence=_("关于{matter}的异议、投诉办理期间，有关的采购或者入驻公示中止：{value}。"),
    consumer="bidding.guards.disputes.suspends",
)

# --- From the opening to the letter ---------------------------------------------------------------
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
    kind_of=_switch,
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
DIRECT_ACCEPT = Declaration(
    key="direct.accept",
    kind=Period(units=TIME, least=1),
    label=_("直接选取的接受期限，公告发布后"),
    sentence=_("公告所列机构在 {value}内接受或者谢绝。"),
    consumer="bidding.periods.direct_accept_due",
    override=Override.FREE,
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

# --- The contract ---------------------------------------------------------------------------------
CONTRACT_SIGN = Declaration(
    key="contract.sign",
    kind=Period(units=DAYS, least=1),
    label=_("签订合同，发出中选通知书后"),
    sentence=_("中选通知书发出后 {value}内签订合同。"),
    consumer="bidding.periods.sign_due",
)
LATE_TOLERANCE = Declaration(
    key="service.late_tolerance",
    kind=Period(units=DAYS),
    label=_("逾期交付的容忍期"),
    sentence=_("逾期交付超过 {value}的，记为失信行为。"),
    consumer="bidding.periods.late_service_from",
)
ACCEPTANCE_WINDOW = Declaration(
    key="acceptance.window",
    kind=Period(units=(*DAYS, "month"), least=1),
    label=_("完成验收，成果交付后"),
    sentence=_("成果交付后 {value}内完成验收。"),
    consumer="bidding.periods.acceptance_due",
)
PAYMENT_DUE = Declaration(
    key="payment.due",
    kind=Period(units=("calendar_day",), least=1, most=30),
    label=_("机关、事业单位付款，成果交付后"),
    sentence=_("机关、事业单位自成果交付之日起 {value}内向中小企业付款，合同另有约定的从其约定。"),
    consumer="bidding.periods.payment_due",
)
PAYMENT_DUE_LARGE = Declaration(
    key="payment.due_large",
    kind=Period(units=("calendar_day",), least=1, most=60),
    label=_("大型企业付款，成果交付后"),
    sentence=_("大型企业自成果交付之日起 {value}内向中小企业付款，合同另有约定的从其约定。"),
    consumer="bidding.periods.payment_due_of_large",
)
PAYMENT_LONGEST = Declaration(
    key="payment.longest",
    kind=Period(units=("calendar_day",), least=1, most=60),
    label=_("合同另行约定付款期限的，成果交付后最长"),
    sentence=_("合同另行约定付款期限的，机关、事业单位最迟在成果交付之日起 {value}内付款。"),
    consumer="bidding.periods.payment_latest",
)
REMINDER = Declaration(
    key="reminder.before",
    kind=Period(units=TIME),
    label=_("期限届满前的提醒"),
    sentence=_("签约、交付、评价的期限届满前 {value}提醒一次。"),
    consumer="bidding.periods.reminder_at",
    override=Override.FREE,
)
RATING_WINDOW = Declaration(
    key="rating.window",
    kind=Period(units=DAYS, least=1),
    label=_("项目业主评价，成果验收后"),
    sentence=_("项目业主在成果验收后 {value}内评价。"),
    consumer="bidding.periods.rating_due",
)
RATING_AMEND = Declaration(
    key="rating.amend",
    kind=Period(units=TIME),
    label=_("评价可以修改，提交后"),
    sentence=_("评价提交后 {value}内可以修改。"),
    consumer="bidding.periods.amend_due",
)
HIGH_STARS = Declaration(
    key="rating.high_stars",
    kind=Whole(least=5, most=25),
    label=_("记为高评价，五项合计不低于"),
    sentence=_("五项合计达到 {value} 星的，记为高评价。"),
    consumer="bidding.actions.ratings._kind_of",
)
LOW_STARS = Declaration(
    key="rating.low_stars",
    kind=Whole(least=5, most=25),
    label=_("记为低评价，五项合计不超过"),
    sentence=_("五项合计不超过 {value} 星的，记为低评价。"),
    consumer="bidding.actions.ratings._kind_of",
)


# --- Figures --------------------------------------------------------------------------------------
PRICE_LEAST = Declaration(
    key="figure.price_least",
    kind=Whole(least=2, most=999),
    label=_("价格参考至少要几项成交"),
    sentence=_("成交不足 {value} 项的，不公布四分位数，也不列入价格参考。"),
    consumer="bidding.statistics.prices.least_prices",
)
RANK_LEAST = Declaration(
    key="figure.rank_least",
    kind=Whole(least=1, most=999),
    label=_("参加排名至少要几次"),
    sentence=_("近一年应交付、应评价不足 {value} 次的，不参加排名。"),
    consumer="bidding.actions.reckoning.reckon",
)
BASELINE_DAYS = Declaration(
    key="figure.baseline_days",
    kind=Whole(least=1, most=999),
    label=_("减时的基期：从公告到中选的工作日"),
    sentence=_("从公告到中选的中位数与基期 {value} 个工作日比较，算出减时。"),
    consumer="bidding.pages.figures.goals.goals_of",
)
BASELINE_SAVING = Declaration(
    key="figure.baseline_saving",
    kind=share(),
    label=_("降费的基期：中选价低于最高限价"),
    sentence=_("中选价合计低于最高限价合计的比例与基期 {value}比较，算出降费。"),
    consumer="bidding.pages.figures.goals.goals_of",
)
BASELINE_IN_TIME = Declaration(
    key="figure.baseline_in_time",
    kind=share(),
    label=_("提质的基期：按时交付"),
    sentence=_("按时交付的比例与基期 {value}比较，算出提质。"),
    consumer="bidding.pages.figures.goals.goals_of",
)
# --- Inspections ----------------------------------------------------------------------------------
INSPECTION_NOTICE = Declaration(
    key="inspection.notice",
    kind=Period(units=DAYS),
    label=_("检查计划公布多久以后抽取"),
    sentence=_("检查计划公布 {value}后，抽取检查对象和检查人员。"),
    consumer="bidding.periods.inspection_draw_at",
)
INSPECTION_SHARE = Table(
    key="inspection.share",
    by=(GRADE,),
    kind_of=_inspected_share,
    label=_("信用等级 {grade} 的抽查比例"),
    title=_("各信用等级的抽查比例"),
    sentence=_("信用等级 {grade} 的机构，按 {value}的比例抽取，不足一家的按一家。"),
    consumer="bidding.actions.inspections.terms_of",
)
INSPECTORS = Declaration(
    key="inspection.inspectors",
    kind=Whole(least=1, most=9),
    label=_("每项检查的检查人员"),
    sentence=_("每项检查由随机抽取的 {value}名检查人员进行。"),
    consumer="bidding.actions.inspections.terms_of",
)


def _sign_up_has_room(rules: Rules) -> bool:
    """Tell whether the longest sign-up is not shorter than the shortest, where they compare."""
    try:
        return not rules[SIGNUP_MIN].is_longer_than(rules[SIGNUP_MAX])
    except NotComparable:
        return rules[SIGNUP_MIN].count <= rules[SIGNUP_MAX].count


RULES: tuple[Declared, ...] = (
    MUST_USE_LIMIT,
    SPLIT_WINDOW,
    PAPERS_MOST,
    AVOIDED_MOST,
    WITNESSES_MOST,
    LOTS_MOST,
    PROJECT_DRAFTS_MOST,
    EXEMPTION_NEEDED,
    TENDERED,
    OPEN_TENDER_LIMIT,
    TENDER_LIMIT,
    REVIEW,
    PUBLISH,
    SIGNUP_MIN,
    SIGNUP_MAX,
    UNUSUAL_CEILING,
    UNUSUAL_SHARE,
    LOW_BELOW_MEAN,
    LOW_BELOW_NEXT,
    COST_EXPLAIN,
    COST_JUDGE,
    Group(
        keys=(SIGNUP_MIN.key, SIGNUP_MAX.key),
        holds=_sign_up_has_room,
        refusal=_("报名时间的最短期限不能比最长期限长"),
    ),
    SELECTION_MAX,
    SERVICE_MAX,
    FLOOR,
    SMALL_DEDUCTION,
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
    MIN_SIGNUPS,
    MAX_FAILED_ROUNDS,
    OUTCOME,
    QUESTION_UNTIL,
    ANSWER_UNTIL,
    QUESTIONS_MOST,
    Group(
        keys=(QUESTION_UNTIL.key, ANSWER_UNTIL.key),
        holds=lambda rules: rules[ANSWER_UNTIL].count < rules[QUESTION_UNTIL].count,
        refusal=_("提问须在答复截止以前截止，给业主留出时间"),
    ),
    MATERIAL,
    AMENDMENTS_MOST,
    DISPUTE_FILE,
    DISPUTE_CHECK,
    DISPUTE_ANSWER,
    DISPUTE_ESCALATE,
    DISPUTE_DECIDE,
    REPORT_ANSWER,
    OBJECTION_FIRST,
    SUSPENDS,
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
    DIRECT_ACCEPT,
    SELECTION_REGISTER,
    RESULT_PUBLICITY,
    CONTRACT_SIGN,
    LATE_TOLERANCE,
    ACCEPTANCE_WINDOW,
    PAYMENT_DUE,
    PAYMENT_DUE_LARGE,
    PAYMENT_LONGEST,
    REMINDER,
    RATING_WINDOW,
    RATING_AMEND,
    HIGH_STARS,
    LOW_STARS,
    Group(
        keys=(HIGH_STARS.key, LOW_STARS.key),
        holds=lambda rules: rules[LOW_STARS] < rules[HIGH_STARS],
        refusal=_("低评价的星数须低于高评价的星数"),
    ),
    PRICE_LEAST,
    RANK_LEAST,
    BASELINE_DAYS,
    BASELINE_SAVING,
    BASELINE_IN_TIME,
    INSPECTION_NOTICE,
    INSPECTION_SHARE,
    INSPECTORS,
)
