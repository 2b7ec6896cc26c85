"""The sign-up of one agency for one order, and its sealed amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransition

from bidding.models.tender import Tender
from credit.models import Restriction
from marketplace.kernel.known import once_here
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.kernel.statements import statement
from marketplace.models import Organization, User


class BidStatus(models.TextChoices):
    """Where a bid stands, in the words of its page; why one is void, `void_reason` says."""

    ACTIVE = "active", _("报价已密封")
    WITHDRAWN = "withdrawn", _("已撤回")
    LAPSED = "lapsed", _("因公告变更失效")
    ENDED = "ended", _("已失效")
    EXCLUDED = "excluded", _("已失效")


ABSENT = (BidStatus.WITHDRAWN, BidStatus.LAPSED)
"""Bids that no selection has to do with: taken back, or lost to an amendment and not renewed."""


class BidExclusion(models.TextChoices):
    """Why the opening left a bid out; the names stand in the public evidence."""

    NOT_ADMITTED = "not_admitted", _("机构已不在库")
    NOT_QUALIFIED = "not_qualified", _("资质已不在有效期")
    LICENCE_OVER = "licence_over", _("营业期限已届满")
    SHARED_REPRESENTATIVE = "shared_representative", _("与另一家报名机构的法定代表人相同")
    SHARED_CONTROL = "shared_control", _("与另一家报名机构有控股、管理关系或者受同一控制")
    NOT_INDEPENDENT = "not_independent", _("与项目业主或者审批部门有控股、管理、举办关系")
    LOTS_WON = "lots_won", _("已中选同一采购的其他包，达到一家机构最多中选的包数")


BY_RESTRICTION = _("因信用限制终止")


def void_reason(status: str, ground: str) -> str:
    """
    Return why a bid of this `status` takes no part, in the one wording of pages and messages.

    `ground` is what was recorded: the number of a decision, or a `BidExclusion`. Empty if it
    stands.
    """
    if status == BidStatus.ENDED:
        return gettext("%(why)s · %(reference)s") % {"why": BY_RESTRICTION, "reference": ground}
    if status == BidStatus.EXCLUDED:
        return str(dict(BidExclusion.choices).get(ground, ground))
    return ""


class BidQuerySet(LockingQuerySet["Bid"]):
    """Bids by state; before the opening only the bidder may be shown any of them."""

    def standing(self) -> BidQuerySet:
        """Bids that were neither withdrawn nor ended."""
        return self.filter(status=BidStatus.ACTIVE)

    def handed_in(self) -> BidQuerySet:
        """Bids that were not taken back and did not lapse, whatever became of them."""
        return self.exclude(status__in=ABSENT)

    def own(self, tender: Tender, agency: Organization) -> Bid | None:
        """Return the bid of `agency` for `tender`, if it has one."""
        bid = _own.one(tender.pk, agency.pk)
        if bid is not None:
            bid.tender, bid.agency = tender, agency
        return bid

    def save_moved(self, bids: Sequence[Bid]) -> None:
        """
        Store what ended or excluded these standing bids, or let them lapse, in one statement.

        Raises:
            ConcurrentTransition: one of them has moved meanwhile.
        """
        fields = ["status", "ended_at", "end_reference", "excluded_at", "exclusion", "lapsed_at"]
        if self.standing().bulk_update(bids, fields) != len(bids):
            raise ConcurrentTransition

    def undecided(self) -> BidQuerySet:
        """Standing bids of orders that are not opened yet."""
        return self.standing().filter(
            tender__status__in=[Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING]
        )

    def waiting(self) -> BidQuerySet:
        """Standing bids of orders whose result is not registered yet."""
        return self.standing().filter(
            tender__status__in=[
                Tender.Status.ACTIVE,
                Tender.Status.CLOSED,
                Tender.Status.BIDDING,
                Tender.Status.EVALUATED,
            ]
        )

    def opened(self) -> BidQuerySet:
        """Bids of orders that were opened: before that, nobody may be shown who bids."""
        return self.filter(tender__evaluated_at__isnull=False)

    def with_amount(self) -> BidQuerySet:
        """Bids with what they offered last, None while it is sealed, and when that was."""
        latest = Offer.objects.filter(bid=OuterRef("pk")).order_by("-version")
        return self.annotate(
            amount=Subquery(latest.values("opened__amount")[:1]),
            offered_at=Subquery(latest.values("offered_at")[:1]),
            more=Subquery(latest.values("opened__more")[:1]),
        )

    def with_decision(self) -> BidQuerySet:
        """Bids with whether the number of the decision that ended them is secret, and its fall."""
        behind = Restriction.objects.filter(case__decision_number=OuterRef("end_reference"))
        return self.annotate(
            is_end_secret=Exists(behind.filter(is_public=False)),
            end_revoked_at=Subquery(behind.values("lifted_at")[:1]),
        )


class Bid(StatefulModel, SlugModel):
    """The one sign-up of an agency for an order."""

    Status, Exclusion = BidStatus, BidExclusion

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="bids"
    )
    agency = models.ForeignKey(
        Organization, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="bids"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.ACTIVE)
    submitted_by = models.ForeignKey(
        User, verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("提交时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("因公告变更失去效力的时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    end_reference = models.CharField(_("终止依据"), max_length=64, blank=True)
    excluded_at = models.DateTimeField(_("排除时间"), null=True, blank=True)
    exclusion = models.CharField(_("排除原因"), max_length=24, choices=Exclusion, blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("报名")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="bid_once_per_agency", fields=["tender", "agency"]),
            models.CheckConstraint(
                name="bid_withdrawn_has_time",
                condition=~Q(status=BidStatus.WITHDRAWN) | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bid_lapsed_has_time",
                condition=~Q(status=BidStatus.LAPSED) | Q(lapsed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bid_ended_has_time_and_reference",
                condition=~Q(status=BidStatus.ENDED)
                | (Q(ended_at__isnull=False) & ~Q(end_reference="")),
            ),
            models.CheckConstraint(
                name="bid_excluded_has_time_and_reason",
                condition=~Q(status=BidStatus.EXCLUDED)
                | (Q(excluded_at__isnull=False) & ~Q(exclusion="")),
            ),
        ]
        indexes = [
            models.Index(
                name="bid_by_end_reference",
                fields=["end_reference"],
                condition=~Q(end_reference=""),
            ),
        ]

    def __str__(self) -> str:
        """Name the bid by its slug alone: who bids for what is secret until the opening."""
        return self.slug

    @cached_property
    def last_offer(self) -> Offer | None:
        """The offer that counts, read when it is first asked for; None before there is one."""
        if not self.pk:
            return None
        return once_here("last offer", self.pk, read=partial(_last_offer.one, self.pk))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row anew, and forget its last offer."""
        vars(self).pop("last_offer", None)
        super().refresh_from_db(*args, **kwargs)

    @property
    def void_reason(self) -> str:
        """Why the bid takes no part, as it was recorded; empty if it stands or was taken back."""
        return void_reason(self.status, self.end_reference or self.exclusion)

    @transition(field=status, source=Status.ACTIVE, target=Status.WITHDRAWN)
    def withdraw(self, *, at: datetime) -> None:
        self.withdrawn_at = at

    @transition(field=status, source=Status.ACTIVE, target=Status.LAPSED)
    def lapse(self, *, at: datetime) -> None:
        """Stand no longer, for it was made for what the order said before an amendment."""
        self.lapsed_at = at

    @transition(field=status, source=[Status.WITHDRAWN, Status.LAPSED], target=Status.ACTIVE)
    def resubmit(self, *, at: datetime, by: User) -> None:
        """Stand again after a withdrawal, or an amendment of the order."""
        self.submitted_at, self.submitted_by = at, by
        self.withdrawn_at = self.lapsed_at = None

    @transition(field=status, source=Status.ACTIVE, target=Status.EXCLUDED)
    def exclude(self, *, at: datetime, exclusion: str) -> None:
        """Leave the bid out at the opening."""
        self.excluded_at, self.exclusion = at, exclusion

    @transition(field=status, source=Status.ACTIVE, target=Status.ENDED)
    def end(self, *, at: datetime, reference: str) -> None:
        """End the bid for good: it stays ended if the sanction falls later."""
        self.ended_at, self.end_reference = at, reference


class Offer(AppendOnlyModel):
    """What a bidder sent, sealed; the highest version counts."""

    bid = models.ForeignKey(
        Bid, verbose_name=_("报名"), on_delete=models.PROTECT, related_name="offers"
    )
    version = models.PositiveSmallIntegerField(_("版本"))
    envelope = models.BinaryField(_("密封的报价"))
    sealed = models.CharField(_("密封报价的摘要"), max_length=64)
    """SHA-256 of the envelope, which the bidder's receipt names."""
    offered_at = models.DateTimeField(_("报价时间"))
    offered_by = models.ForeignKey(
        User, verbose_name=_("报价人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("报价")
        ordering = ["bid", "-version"]
        constraints = [
            models.UniqueConstraint(name="offer_version_once", fields=["bid", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}/{self.version}"

    @property
    def amount(self) -> Decimal | None:
        """What was offered, once it is opened; an offer that was replaced never is."""
        opened = getattr(self, "opened", None)
        return None if opened is None else opened.amount


class OpenedOffer(AppendOnlyModel):
    """What was in the envelope of the offer that counted; written at the opening."""

    offer = models.OneToOneField(
        Offer, verbose_name=_("报价"), on_delete=models.PROTECT, related_name="opened"
    )
    amount = models.DecimalField(_("报价"), max_digits=14, decimal_places=2)
    part = models.CharField(_("随机数"), max_length=64)
    more = models.JSONField(_("其他内容"), default=dict, blank=True)
    """What the method asks for beyond the amount."""

    class Meta:
        verbose_name = verbose_name_plural = _("已开启的报价")
        constraints = [
            models.CheckConstraint(name="opened_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.offer)


@statement
def _own(order: int, agency: int) -> models.QuerySet[Bid]:
    return Bid.objects.filter(tender=order, agency=agency)


@statement
def _last_offer(bid: int) -> models.QuerySet[Offer]:
    return Offer.objects.filter(bid=bid).order_by("-version")[:1]
