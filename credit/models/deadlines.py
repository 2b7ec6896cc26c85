"""The deadlines of cases and restrictions, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CreditDeadline(models.TextChoices):
    """One kind of deadline in the life of a sanction."""

    CHECK = "case.check", _("核查期限")
    STATEMENT = "case.statement", _("陈述申辩截止")
    HEARING = "case.hearing", _("听证期限")
    DECISION = "case.decision", _("决定期限")
    TERM = "restriction.term", _("到期时间")
    APPEAL = "case.appeal", _("申请复核截止")
    REVIEW = "review.answer", _("复核期限")
    REPAIR = "repair.answer", _("修复审核期限")
    JUDGMENT = "fact.judgment", _("理由认定期限")
