"""The rules of inspections by lot. Pure."""

from __future__ import annotations

from credit.rules import GRADE
from marketplace.kernel.declarations import Declaration, Declared, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Number, Period, Whole, share
from marketplace.rules import DAYS


def _inspected_share(_grade: str) -> Number:
    return share()


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

RULES: tuple[Declared, ...] = (
    INSPECTION_NOTICE,
    INSPECTION_SHARE,
    INSPECTORS,
)
