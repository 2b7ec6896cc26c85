"""The deadlines that the schedule keeps, in words, and from when it acts on each."""

from typing import TypeVar

from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

Rows = TypeVar("Rows", bound=models.QuerySet)


class Deadline(models.TextChoices):
    """One kind of deadline in an order's life."""

    CLOSE = "tender.close", _("报名截止")
    OPEN = "tender.evaluate", _("开启报价并选取")
    REMIND_REGISTRATION = "tender.remind", _("提醒登记结果")
    ISSUE = "award.issue", _("结果公示期满")
    REMIND_SIGNATURE = "award.remind", _("提醒签约")
    SIGN = "award.sign", _("签约期限")
    REMIND_SERVICE = "contract.remind", _("提醒交付或者评价")
    DELIVER = "contract.deliver", _("服务逾期")
    ACCEPT = "contract.accept", _("验收期限")
    RATE = "contract.rate", _("评价期限")
    ARCHIVE = "contract.archive", _("归档")


def due(rows: Rows, end: Combinable, *, acts_at: Combinable | None = None) -> Rows:
    """
    Annotate `due_at`, which the schedule stamps a row with, and `acts_at`, from when it may.

    They differ where somebody may still act until `end`: what has arrived in time may wait for a
    lock, so the schedule lets the order's grace pass before it says that nothing has come.
    """
    return rows.annotate(due_at=end, acts_at=end if acts_at is None else acts_at)


def after_grace(end: Combinable, tender: str) -> Combinable:
    """Return the end of the grace after `end`; `tender` leads from the row to its order."""
    grace = F(f"{tender}__grace" if tender else "grace")
    return ExpressionWrapper(end + grace, output_field=DateTimeField())
