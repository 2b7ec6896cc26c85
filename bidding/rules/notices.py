"""The rules of what follows a notice: questions, answers and amendments. Pure."""

from __future__ import annotations

from bidding.rules.cases import switch
from marketplace.kernel.declarations import Declaration, Declared, Dimension, Group, Override, Table
from marketplace.kernel.declarations import gettext_noop as _
from marketplace.kernel.kinds import Period, Whole

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
    kind_of=switch,
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

RULES: tuple[Declared, ...] = (
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
)
