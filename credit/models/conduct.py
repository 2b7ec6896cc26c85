"""The words of credit: kinds of conduct, how grave misconduct is, and what may be taken for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Conduct(models.TextChoices):
    """Every kind of fact that has points in the rulebook, under `credit.points.<kind>`."""

    ABANDONMENT = "abandonment", _("无正当理由放弃中选")
    LATE_CONTRACT = "late_contract", _("逾期签订合同")
    THREE_ABANDONMENTS = "three_abandonments", _("一年内放弃中选三次")
    FEE_RAISED = "fee_raised", _("擅自提高收费")
    NOT_SERVED_AS_CONTRACTED = "not_served_as_contracted", _("未按合同提供服务")
    DELIVERABLE_RETURNED = "deliverable_returned_by_regulator", _("成果被主管部门退回")
    LATE_SERVICE = "late_service", _("服务逾期超过容忍期")
    EXPIRED_DATA = "expired_data", _("资料过期或者未更新")
    FALSE_MATERIALS = "false_materials", _("提供虚假材料")
    COLLUSION = "collusion", _("串通报价")
    LENT_QUALIFICATION = "lent_qualification", _("出借、借用资质")
    BRIBERY = "bribery", _("行贿")
    LEAKED_SECRET = "leaked_secret", _("泄露秘密")
    THREE_QUALITY_COMPLAINTS = "three_quality_complaints", _("一年内三次质量投诉查实")
    ON_TIME = "on_time", _("按期交付")
    HIGH_RATING = "high_rating", _("获得高评价")
    LOW_RATING = "low_rating", _("获得低评价")
    BUYER_NOT_RATED = "buyer_not_rated", _("项目业主未按期评价")
    CANCELLED_AFTER_OPENING = "cancelled_after_opening", _("项目业主开启报价后取消采购")


MISCONDUCT = (
    Conduct.ABANDONMENT,
    Conduct.LATE_CONTRACT,
    Conduct.THREE_ABANDONMENTS,
    Conduct.FEE_RAISED,
    Conduct.NOT_SERVED_AS_CONTRACTED,
    Conduct.DELIVERABLE_RETURNED,
    Conduct.LATE_SERVICE,
    Conduct.EXPIRED_DATA,
    Conduct.FALSE_MATERIALS,
    Conduct.COLLUSION,
    Conduct.LENT_QUALIFICATION,
    Conduct.BRIBERY,
    Conduct.LEAKED_SECRET,
    Conduct.THREE_QUALITY_COMPLAINTS,
)


class Severity(models.TextChoices):
    """How grave a misconduct is found to be; the rulebook gives each its range of months."""

    MINOR = "minor", _("轻微失信")
    GENERAL = "general", _("一般失信")
    SERIOUS = "serious", _("严重失信")


class Measure(models.TextChoices):
    """What a decision may take from an agency, from the lightest to the gravest."""

    WARNING = "warning", _("警示")
    NO_PREFERENCE = "no_preference", _("取消优先")
    FREEZE = "freeze", _("暂停报名")
    REMOVAL = "removal", _("清退")


BLOCKING = (Measure.FREEZE, Measure.REMOVAL)
