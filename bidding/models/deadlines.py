"""The deadlines that the schedule keeps, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deadline(models.TextChoices):
    """One kind of deadline in an order's life."""

    CLOSE = "tender.close", _("报名截止")
    OPEN = "tender.evaluate", _("揭封选取")
    REMIND_REGISTRATION = "tender.remind", _("提醒登记结果")
    ISSUE = "award.issue", _("结果公示期满")
    REMIND_SIGNATURE = "award.remind", _("提醒签约")
    SIGN = "award.sign", _("签约期限")
    REMIND_SERVICE = "contract.remind", _("提醒交付或者评价")
    DELIVER = "contract.deliver", _("服务逾期")
    ACCEPT = "contract.accept", _("验收期限")
    RATE = "contract.rate", _("评价期限")
    ARCHIVE = "contract.archive", _("归档")
