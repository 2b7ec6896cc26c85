"""The rules of what is counted and compared in public. Pure."""

from __future__ import annotations

from marketplace.kernel.declarations import Declaration, Declared
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Whole, share

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

RULES: tuple[Declared, ...] = (
    PRICE_LEAST,
    RANK_LEAST,
    BASELINE_DAYS,
    BASELINE_SAVING,
    BASELINE_IN_TIME,
)
