"""The rules of objections, complaints and reports. Pure."""

from __future__ import annotations

from bidding.rules.cases import switch
from marketplace.kernel.declarations import Declaration, Declared, Dimension, Override, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Period
from marketplace.rules import DAYS, TIME

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
    kind_of=switch,
    title=_("先提异议，再投诉"),
    label=_("投诉前须先提异议，{matter}"),
    sentence=_("关于{matter}的投诉须先提出异议：{value}。"),
    consumer="bidding.guards.disputes.kind_of_filing",
)
SUSPENDS = Table(
    key="complaint.suspends",
    by=(MATTER,),
    kind_of=switch,
    title=_("异议、投诉办理期间中止"),
    label=_("办理期间中止，{matter}"),
    sentence=_("关于{matter}的异议、投诉办理期间，有关的采购或者入驻公示中止：{value}。"),
    consumer="bidding.guards.disputes.suspends",
)

RULES: tuple[Declared, ...] = (
    DISPUTE_FILE,
    DISPUTE_CHECK,
    DISPUTE_ANSWER,
    DISPUTE_ESCALATE,
    DISPUTE_DECIDE,
    REPORT_ANSWER,
    OBJECTION_FIRST,
    SUSPENDS,
)
