"""The deadlines of cases and restrictions, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CreditDeadline(models.TextChoices):
    """One kind of deadline in the life of a sanction."""

    STATEMENT = "case.statement", _("陈述申辩截止")
    DECISION = "case.decision", _("决定期限")
    TERM = "restriction.term", _("到期时间")
