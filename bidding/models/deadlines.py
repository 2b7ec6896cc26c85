"""The deadlines in an order's life, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderDeadline(models.TextChoices):
    """One kind of deadline in an order's life, in the order in which it is lived."""

    SIGN_UP = "tender.sign_up", _("报名截止")
    OPENING = "tender.opening", _("开启报价并选取")
    HALL = "tender.hall", _("竞价结束")
    CHOICE = "tender.choice", _("业主选定期限")
    EXPLANATION = "explanation.answer", _("成本说明期限")
    JUDGEMENT = "explanation.judgement", _("成本说明审核期限")
    REGISTRATION = "tender.registration", _("登记期限")
    PUBLICITY = "award.publicity", _("公示截止")
    SIGNATURE = "award.signature", _("签约期限")
    SERVICE = "contract.service", _("服务期限")
    TOLERANCE = "contract.tolerance", _("逾期失信起算")
    ACCEPTANCE = "contract.acceptance", _("验收期限")
    PAYMENT = "contract.payment", _("付款期限")
    RATING = "contract.rating", _("评价期限")
    AMENDMENT = "contract.amendment", _("评价修改截止")
    AGENCY_AMENDMENT = "contract.agency_amendment", _("机构评价修改截止")
    ARCHIVE = "contract.archive", _("归档")


class DisputeDeadline(models.TextChoices):
    """One kind of deadline of an objection or a complaint."""

    CHECK = "dispute.check", _("受理期限")
    ANSWER = "dispute.answer", _("答复期限")
    ESCALATION = "dispute.escalation", _("投诉截止")
    DECISION = "dispute.decision", _("处理决定期限")
    REPORT = "report.answer", _("举报答复期限")


class PanelDeadline(models.TextChoices):
    """One kind of deadline of an expert's seat on a panel."""

    ANSWER = "panel.answer", _("答复邀请期限")
    SHEET = "panel.sheet", _("提交评分期限")


class InspectionDeadline(models.TextChoices):
    """One kind of deadline of a plan of inspections."""

    DRAW = "inspection.draw", _("抽取检查对象和检查人员")
    RESULT = "inspection.result", _("检查结果公布期限")
