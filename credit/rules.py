"""The rules of credit: points by kind of conduct, grades, and the steps of a case. Pure."""

from __future__ import annotations

from decimal import Decimal

from marketplace.kernel.declarations import Declaration, Declared, Dimension, Group, Rules, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Kind, Number, Period, Span, Switch, Whole, points
from marketplace.rules import DAYS, LONGEST_WAIT_SECONDS

BREACHES = {
    "abandonment": _("无正当理由放弃中选"),
    "late_contract": _("逾期签订合同"),
    "three_abandonments": _("一年内放弃中选三次"),
    "fee_raised": _("擅自提高收费"),
    "not_served_as_contracted": _("未按合同提供服务"),
    "deliverable_returned_by_regulator": _("成果被主管部门退回"),
    "late_service": _("服务逾期超过容忍期"),
    "expired_data": _("资料过期或者未更新"),
    "false_materials": _("提供虚假材料"),
    "collusion": _("串通报价"),
    "lent_qualification": _("出借、借用资质"),
    "bribery": _("行贿"),
    "leaked_secret": _("泄露秘密"),
    "three_quality_complaints": _("一年内三次质量投诉查实"),
    "low_rating": _("获得低评价"),
    "buyer_not_rated": _("项目业主未按期评价"),
    "cancelled_after_opening": _("项目业主开启报价后取消采购"),
}
MERITS = {"on_time": _("按期交付"), "high_rating": _("获得高评价")}
CONDUCT = Dimension("conduct", {**BREACHES, **MERITS})
GRADE = Dimension("grade", {grade: grade for grade in "ABCD"})
SEVERITY = Dimension(
    "severity",
    {"minor": _("轻微失信"), "general": _("一般失信"), "serious": _("严重失信")},
)


def _points(kind: str) -> Kind[Decimal]:
    """Return the kind of points: a breach cannot add any, a merit take none away."""
    return points(least=0) if kind in MERITS else points(most=0)


def _score(_grade: str) -> Kind[Decimal]:
    return points(least=0)


def _weight(_grade: str) -> Whole:
    return Whole(most=100)


def _months(_severity: str) -> Span:
    return Span(most=1200)


def _publication(_severity: str) -> Period:
    return Period(units=("month",), most=1200)


BASE: Declaration[Decimal] = Declaration(
    key="credit.base",
    kind=Number(units=("points",), most=1000),
    label=_("信用基础分"),
    sentence=_("每家机构的信用基础分为 {value}。"),
    consumer="credit.in_force._of_rulebook",
)
POINTS = Table(
    key="credit.points",
    by=(CONDUCT,),
    kind_of=_points,
    label=_("{conduct}"),
    title=_("行为的信用分变动"),
    sentence=_("{conduct}，信用分变动 {value}。"),
    consumer="credit.in_force._of_rulebook",
)
GRADES = Table(
    key="credit.grade",
    by=(GRADE,),
    kind_of=_score,
    label=_("信用等级 {grade}，信用分不低于"),
    title=_("各信用等级的最低信用分"),
    sentence=_("信用分不低于 {value}的，可以评为 {grade} 级。"),
    consumer="credit.in_force._of_rulebook",
)
PREFERENCE = Table(
    key="credit.preference",
    by=(GRADE,),
    kind_of=_weight,
    label=_("信用等级 {grade} 的优先次序值"),
    title=_("各信用等级的优先次序值"),
    sentence=_(
        "信用等级 {grade} 的机构，优先次序值为 {value}；受到警示或者其他信用限制的，取最低值。"
    ),
    consumer="credit.preference.weights_of",
)
OWNER_PUBLIC = Declaration(
    key="credit.owner_public",
    kind=Switch(),
    label=_("项目业主的信用记录向社会公开"),
    sentence=_("项目业主的信用记录向社会公开：{value}。"),
    consumer="credit.standing.is_owner_record_public",
)
MONTHS = Table(
    key="sanction.months",
    by=(SEVERITY,),
    kind_of=_months,
    label=_("{severity}的信用限制期"),
    title=_("信用限制期"),
    sentence=_("{severity}的信用限制期为 {value}。"),
    consumer="credit.standing.sanction_range",
)
PUBLICATION = Table(
    key="sanction.publication",
    by=(SEVERITY,),
    kind_of=_publication,
    label=_("{severity}的公示期"),
    title=_("决定的公示期"),
    sentence=_("{severity}的决定自生效之日起公示 {value}，信用限制尚在执行的公示到期满为止。"),
    consumer="credit.actions.decisions.published_until",
)
STATEMENT = Declaration(
    key="sanction.statement",
    kind=Period(units=DAYS, least=1),
    label=_("陈述申辩，收到告知后"),
    sentence=_("机构收到告知后 {value}内可以陈述、申辩。"),
    consumer="credit.periods.statement_due",
)
DECISION = Declaration(
    key="sanction.decision",
    kind=Period(units=DAYS, least=1),
    label=_("作出决定，陈述申辩期满后"),
    sentence=_("陈述申辩期满后 {value}内，由承办人以外的人员审核，以办理机关名义作出决定。"),
    consumer="credit.periods.decision_due",
)
GRACE = Declaration(
    key="sanction.grace",
    kind=Period(units=("second",), least=LONGEST_WAIT_SECONDS),
    label=_("陈述申辩截止后的宽限"),
    sentence=_("陈述申辩截止后 {value}再结束这一阶段，截止前已到达的陈述不因排队而丢失。"),
    consumer="credit.standing.statement_grace",
)
CHECK = Declaration(
    key="sanction.check",
    kind=Period(units=DAYS, least=1),
    label=_("核查线索，发现后"),
    sentence=_("发现失信线索后 {value}内，办理机关告知机构或者写明理由不予立案。"),
    consumer="credit.periods.check_due",
)
HEARING = Declaration(
    key="sanction.hearing",
    kind=Period(units=DAYS, least=1),
    label=_("举行听证，机构申请后"),
    sentence=_("机构申请听证的，{value}内举行。"),
    consumer="credit.periods.hearing_due",
)
APPEAL = Declaration(
    key="sanction.appeal",
    kind=Period(units=DAYS, least=1),
    label=_("申请复核，决定作出后"),
    sentence=_("决定作出后 {value}内，机构可以申请复核一次。"),
    consumer="credit.periods.appeal_due",
)
REVIEW = Declaration(
    key="sanction.review",
    kind=Period(units=DAYS, least=1),
    label=_("作出复核决定，申请后"),
    sentence=_("申请复核后 {value}内，由没有参加立案和决定的人员作出复核决定。"),
    consumer="credit.periods.review_due",
)
REPAIR_AFTER = Table(
    key="sanction.repair_after",
    by=(SEVERITY,),
    kind_of=_publication,
    label=_("{severity}申请信用修复，决定生效满"),
    title=_("申请信用修复，决定生效满"),
    sentence=_("{severity}的决定生效满 {value}后，可以申请信用修复。"),
    consumer="credit.periods.repairable_from",
)
REPAIR = Declaration(
    key="sanction.repair",
    kind=Period(units=DAYS, least=1),
    label=_("审核信用修复，申请后"),
    sentence=_("申请信用修复后 {value}内，办理机关作出审核决定。"),
    consumer="credit.periods.repair_due",
)
JUDGMENT = Declaration(
    key="credit.judgment",
    kind=Period(units=DAYS, least=1),
    label=_("认定放弃中选的理由，放弃后"),
    sentence=_("机构放弃中选后 {value}内，行业监管人员认定其理由是否正当；有正当理由的不扣分。"),
    consumer="credit.periods.judgment_due",
)
CASE_FILES = Declaration(
    key="sanction.files",
    kind=Whole(least=1, most=10),
    label=_("立案时附上的材料，最多"),
    sentence=_("立案时最多附上 {value} 份材料。"),
    consumer="credit.forms.cases.CaseForm.__init__",
)


def _better_goes_first(rules: Rules) -> bool:
    """Tell whether no grade goes before a better one."""
    weights = list(rules.column(PREFERENCE).values())
    return weights == sorted(weights, reverse=True)


def _grades_descend(rules: Rules) -> bool:
    """Tell whether each grade begins below the one before it, and the last at nothing."""
    least = list(rules.column(GRADES).values())
    return least == sorted(set(least), reverse=True) and least[-1:] == [Decimal(0)]


RULES: tuple[Declared, ...] = (
    BASE,
    POINTS,
    GRADES,
    Group(
        keys=(GRADES.key,),
        holds=_grades_descend,
        refusal=_("信用等级的分数线须从 A 到 D 依次降低，D 级须为 0 分"),
    ),
    PREFERENCE,
    Group(
        keys=(PREFERENCE.key,),
        holds=_better_goes_first,
        refusal=_("信用等级低的机构，优先次序值不能高于等级高的机构"),
    ),
    OWNER_PUBLIC,
    MONTHS,
    PUBLICATION,
    STATEMENT,
    DECISION,
    GRACE,
    CHECK,
    HEARING,
    APPEAL,
    REVIEW,
    REPAIR_AFTER,
    REPAIR,
    JUDGMENT,
    CASE_FILES,
)
