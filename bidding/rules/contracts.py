"""The rules from the contract to the rating. Pure."""

from __future__ import annotations

from marketplace.kernel.declarations import Declaration, Declared, Group, Override
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Period, Whole
from marketplace.rules import DAYS, TIME

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

RULES: tuple[Declared, ...] = (
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
)
