"""The hall of a live auction: where it stands, who sits where, and every quote in its order."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bidding.models.bid import Bid
from bidding.models.tender import Tender
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.models import User


class HallQuerySet(LockingQuerySet["Hall"]):
    """Halls by the round of their order."""

    def current(self) -> HallQuerySet:
        """Halls of the round that their order is in."""
        return self.filter(round=F("tender__selection_round"))


class Hall(models.Model):
    """
    Where a live auction stands: what follows from its quotes, so that one row says it.

    It is changed under the lock of its order alone. `ends_at` is an exclusive instant that a quote
    may move back, never beyond `closes_at`; `ended_at` is set when the selection has followed.
    """

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="halls"
    )
    round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    opened_at = models.DateTimeField(_("竞价开始"))
    moved_at = models.DateTimeField(_("最近一次报价"))
    ends_at = models.DateTimeField(_("倒计时结束"))
    closes_at = models.DateTimeField(_("最迟结束"))
    ended_at = models.DateTimeField(_("竞价结束"), null=True, blank=True)
    price = models.DecimalField(
        _("当前最低报价"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    quote_count = models.PositiveIntegerField(_("报价次数"), default=0)

    objects = HallQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("竞价大厅")
        constraints = [
            models.UniqueConstraint(name="hall_once_per_round", fields=["tender", "round"]),
            models.CheckConstraint(
                name="hall_ends_within_its_time",
                condition=Q(ends_at__gt=F("opened_at"), ends_at__lte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="hall_has_a_price_from_its_first_quote",
                condition=Q(price__isnull=True, quote_count=0)
                | Q(price__isnull=False, quote_count__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tender)

    def is_open(self, at: datetime) -> bool:
        """Tell whether a quote counts at `at`."""
        return self.ended_at is None and self.opened_at <= at < self.ends_at


class Seat(AppendOnlyModel):
    """The number under which a bidder is shown until the end."""

    hall = models.ForeignKey(
        Hall, verbose_name=_("竞价大厅"), on_delete=models.PROTECT, related_name="seats"
    )
    bid = models.ForeignKey(
        Bid, verbose_name=_("报名"), on_delete=models.PROTECT, related_name="seats"
    )
    number = models.PositiveSmallIntegerField(_("竞价编号"))

    class Meta:
        verbose_name = verbose_name_plural = _("竞价编号")
        ordering = ["hall", "number"]
        constraints = [
            models.UniqueConstraint(name="seat_number_once", fields=["hall", "number"]),
            models.UniqueConstraint(name="seat_once_per_bid", fields=["hall", "bid"]),
        ]

    def __str__(self) -> str:
        """Name the number alone: who sits there is secret until the end."""
        return str(self.number)


class Quote(AppendOnlyModel):
    """
    One quote that counted: its number in the hall, its moment, and when the hall ends since.

    `key` is what the page sent along, so that a form that is sent twice counts once.
    """

    hall = models.ForeignKey(
        Hall, verbose_name=_("竞价大厅"), on_delete=models.PROTECT, related_name="quotes"
    )
    seat = models.ForeignKey(
        Seat, verbose_name=_("竞价编号"), on_delete=models.PROTECT, related_name="quotes"
    )
    number = models.PositiveIntegerField(_("次序"))
    amount = models.DecimalField(_("报价"), max_digits=14, decimal_places=2)
    quoted_at = models.DateTimeField(_("报价时间"))
    ends_at = models.DateTimeField(_("此后的倒计时结束"))
    quoted_by = models.ForeignKey(
        User, verbose_name=_("报价人"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.UUIDField(_("提交标识"))

    class Meta:
        verbose_name = verbose_name_plural = _("竞价报价")
        ordering = ["hall", "number"]
        constraints = [
            models.UniqueConstraint(name="quote_number_once", fields=["hall", "number"]),
            models.UniqueConstraint(name="quote_key_once", fields=["seat", "key"]),
            models.CheckConstraint(name="quote_is_above_zero", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.hall_id}/{self.number}"
