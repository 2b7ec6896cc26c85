"""The order: one need of one buyer for one catalogue item, from draft to its selection."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import OrderDeadline
from bidding.models.lots import LotGroup
from bidding.models.rounds import JOINED, PLACE, KnownOfRound, OfRound
from bidding.models.tender_queries import GIVEN_UP, OF_ROUND, TenderManager, TenderStatus
from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import MOST_TIME
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.deadlines import (
    MATTER,
    DeadlineSubject,
    EndOf,
    IsProvisional,
    Needs,
)
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Division, Organization, ServiceItem, User

if TYPE_CHECKING:
    from bidding.models.award import Award, Selection
    from bidding.models.choice import Choice
    from bidding.models.hall import Hall
    from bidding.models.seal import Seal


WITH_OFFICERS = [TenderStatus.SUBMITTED, TenderStatus.REVIEWED, TenderStatus.EVALUATED]
"""The states in which an order waits for an officer."""
WAITING_SINCE = Coalesce("evaluated_at", "reviewed_at", "submitted_at")
"""Since when it does."""


class ServiceUnit(models.TextChoices):
    """In what the time of a service is counted, or what it lasts until instead."""

    WORKING_DAY = "working_day", _("个工作日")
    CALENDAR_DAY = "calendar_day", _("日")
    MONTH = "month", _("个月")
    AGREED = "agreed", _("合同约定")
    COMPLETION = "completion", _("至竣工验收")


COUNTED = [ServiceUnit.WORKING_DAY, ServiceUnit.CALENDAR_DAY, ServiceUnit.MONTH]
"""The units with a number, and so with an end that the platform knows."""


class QuoteKind(models.TextChoices):
    """What a bidder writes: an amount, how much it goes below the ceiling, or a unit's price."""

    AMOUNT = "amount", _("金额")
    RATE = "rate", _("下浮率")
    UNIT = "unit", _("单价")


class Tender(StatefulModel, DeadlineSubject, SlugModel):
    """An order; `code` is its public name from publication on, `slug` its address before."""

    Status = TenderStatus

    class Fund(models.TextChoices):
        FISCAL = "fiscal", _("财政资金")
        STATE_OWNED = "state_owned", _("国有企业资金")
        PRIVATE = "private", _("社会资金")

    status = StatusField(_("状态"), choices=Status, default=Status.DRAFT)
    code = models.CharField(_("采购编号"), max_length=24, unique=True, null=True, blank=True)
    buyer = models.ForeignKey(
        Organization, verbose_name=_("项目业主"), on_delete=models.PROTECT, related_name="tenders"
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("创建时间"))
    item = models.ForeignKey(
        ServiceItem, verbose_name=_("服务事项"), on_delete=models.PROTECT, related_name="tenders"
    )
    title = models.CharField(_("项目名称"), max_length=200, blank=True)
    project_code = models.CharField(_("统一项目代码"), max_length=32, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("服务地点"), on_delete=models.PROTECT, related_name="+"
    )
    content = models.TextField(_("服务内容"), max_length=4000, blank=True)
    scale = models.CharField(_("项目规模"), max_length=500, blank=True)
    service_time = models.PositiveSmallIntegerField(_("服务期限"), null=True, blank=True)
    service_unit = models.CharField(
        _("服务期限的单位"), max_length=12, choices=ServiceUnit, default=ServiceUnit.WORKING_DAY
    )
    contact_name = models.CharField(_("联系人"), max_length=32, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    fund = models.CharField(_("资金来源"), max_length=12, choices=Fund, blank=True)
    """Whose rules hold; of several funds the strictest."""
    fund_shares = models.JSONField(_("资金构成"), default=dict, blank=True)
    """Of several funds the percent of each, as texts by their names; empty where there is one."""
    is_in_approval = models.BooleanField(_("审批过程中的委托"), default=False)
    ceiling = models.DecimalField(
        _("最高限价"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    quote = models.CharField(
        _("报价方式"), max_length=8, choices=QuoteKind, default=QuoteKind.AMOUNT
    )
    quantity = models.PositiveIntegerField(_("暂估数量"), null=True, blank=True)
    """Of how many units the ceiling and every amount are the price, where units are quoted."""
    quantity_unit = models.CharField(_("计价单位"), max_length=20, blank=True)
    floor = models.DecimalField(
        _("最低限价"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_basis = models.CharField(_("限价依据"), max_length=200, blank=True)
    method = models.CharField(_("选取方式"), max_length=16, blank=True)
    named_agency = models.ForeignKey(
        Organization,
        verbose_name=_("直接选取的机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    naming_reasons = models.CharField(_("直接选取的理由"), max_length=300, blank=True)
    parameters = models.JSONField(_("选取参数"), default=dict, blank=True)
    """What the method asks for beyond these columns: texts by the names of its own form fields."""
    signup_days = models.PositiveSmallIntegerField(_("报名期（工作日）"), null=True, blank=True)
    signup_until = models.DateTimeField(_("报名截止时间"), null=True, blank=True)
    """The instant that the buyer set instead of a number of days; what arrives at it is late."""
    selection_at = models.DateTimeField(_("选取时间"), null=True, blank=True)
    """When the buyer wants the bids opened; without it that is as soon as the rules allow."""
    rulebook = models.ForeignKey(
        RulebookVersion,
        verbose_name=_("规则版本"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    typed = models.JSONField(_("还没有保存的填写"), default=dict, blank=True)
    """What was typed into a step and cannot be stored yet: texts by step and field."""
    commitment = models.CharField(_("公告的承诺值"), max_length=64, blank=True)
    """What the notice promised of the seed; the seal and the trail must say the same."""
    sealing_key = models.CharField(_("密封公钥"), max_length=256, blank=True)
    """For which key bids are sealed, with the platform's signature; all that a bid is read with."""
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    selection_round = models.PositiveSmallIntegerField(_("选取轮次"), default=1)
    award_place = models.PositiveSmallIntegerField(_("中选名次"), default=1)
    """The place of the round's ranking that has, or is to have, the award; 1 until one gave way."""
    previous = models.ForeignKey(
        "self",
        verbose_name=_("上一轮"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reruns",
    )

    lot_group = models.ForeignKey(
        LotGroup,
        verbose_name=_("分包采购"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lots",
    )
    lot = models.PositiveSmallIntegerField(_("包号"), null=True, blank=True)

    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    return_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User,
        verbose_name=_("审核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        User,
        verbose_name=_("发布人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("截止处理时间"), null=True, blank=True)
    evaluated_at = models.DateTimeField(_("选取时间"), null=True, blank=True)
    completed_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    registered_by = models.ForeignKey(
        User,
        verbose_name=_("登记人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    end_reasons = models.TextField(_("终止理由"), max_length=1000, blank=True)

    tender_period_end = EndOf(OrderDeadline.SIGN_UP)
    is_end_provisional = IsProvisional(OrderDeadline.SIGN_UP)
    opening_at = EndOf(OrderDeadline.OPENING)
    hall_ends_at = EndOf(OrderDeadline.HALL)
    choice_due_at = EndOf(OrderDeadline.CHOICE)
    register_due_at = EndOf(OrderDeadline.REGISTRATION)
    is_register_due_provisional = IsProvisional(OrderDeadline.REGISTRATION)

    needs = (
        Needs(Q(status=Status.ACTIVE), (OrderDeadline.SIGN_UP, OrderDeadline.OPENING)),
        Needs(Q(status=Status.CLOSED), (OrderDeadline.OPENING,)),
        Needs(Q(status=Status.BIDDING), (OrderDeadline.HALL,)),
        Needs(Q(status=Status.EVALUATED), (OrderDeadline.REGISTRATION,)),
    )

    seal: KnownOfRound[Seal] = KnownOfRound("seals")
    hall: OfRound[Hall] = OfRound("halls")
    selection: OfRound[Selection] = OfRound("selections")
    choice: OfRound[Choice] = OfRound("choices")
    award: OfRound[Award] = OfRound("awards", PLACE)

    objects = TenderManager()

    class Meta:
        verbose_name = verbose_name_plural = _("采购")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="tender_submitted_has_time",
                condition=Q(status__in=[TenderStatus.DRAFT, TenderStatus.CANCELLED])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tender_reviewed_has_officer",
                condition=Q(
                    status__in=[
                        TenderStatus.DRAFT,
                        TenderStatus.SUBMITTED,
                        TenderStatus.RETURNED,
                        TenderStatus.CANCELLED,
                    ]
                )
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="tender_beyond_reviewed_is_published",
                condition=Q(
                    status__in=[
                        TenderStatus.DRAFT,
                        TenderStatus.SUBMITTED,
                        TenderStatus.RETURNED,
                        TenderStatus.REVIEWED,
                        TenderStatus.CANCELLED,
                    ]
                )
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    code__isnull=False,
                    rulebook__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="tender_closed_has_time",
                condition=~Q(
                    status__in=[
                        TenderStatus.CLOSED,
                        TenderStatus.BIDDING,
                        TenderStatus.EVALUATED,
                        TenderStatus.COMPLETE,
                    ]
                )
                | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tender_evaluated_has_time",
                condition=~Q(status__in=[TenderStatus.EVALUATED, TenderStatus.COMPLETE])
                | Q(evaluated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tender_complete_has_officer",
                condition=~Q(status=TenderStatus.COMPLETE)
                | Q(completed_at__isnull=False, registered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="tender_ended_has_time_and_reasons",
                condition=~Q(status__in=[TenderStatus.UNSUCCESSFUL, TenderStatus.CANCELLED])
                | (Q(ended_at__isnull=False) & ~Q(end_reasons="")),
            ),
            models.CheckConstraint(
                name="tender_published_by_another_than_reviewed",
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("reviewed_by")),
            ),
            models.CheckConstraint(
                name="tender_registered_by_a_third",
                condition=Q(registered_by__isnull=True)
                | (~Q(registered_by=F("reviewed_by")) & ~Q(registered_by=F("published_by"))),
            ),
            models.CheckConstraint(
                name="tender_ceiling_is_positive",
                condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0),
            ),
            models.CheckConstraint(
                name="tender_floor_is_below_ceiling",
                condition=Q(floor__isnull=True)
                | Q(floor__gt=0, ceiling__isnull=False, floor__lte=F("ceiling")),
            ),
            models.CheckConstraint(
                name="tender_sign_up_ends_by_days_or_at_a_time",
                condition=Q(signup_days__isnull=True) | Q(signup_until__isnull=True),
            ),
            models.CheckConstraint(
                name="tender_selects_after_the_sign_up",
                condition=Q(selection_at__isnull=True)
                | Q(signup_until__isnull=True)
                | Q(selection_at__gt=F("signup_until")),
            ),
            models.CheckConstraint(
                name="tender_days_can_be_counted",
                condition=(Q(signup_days__isnull=True) | Q(signup_days__lte=MOST_TIME))
                & (Q(service_time__isnull=True) | Q(service_time__lte=MOST_TIME)),
            ),
            models.CheckConstraint(
                name="tender_names_nobody_for_fiscal_money_in_approval",
                condition=Q(named_agency__isnull=True) | ~Q(fund="fiscal", is_in_approval=True),
            ),
            models.CheckConstraint(
                name="tender_names_an_agency_with_reasons_and_ceiling",
                condition=Q(named_agency__isnull=True)
                | Q(published_at__isnull=True)
                | (Q(ceiling__isnull=False) & ~Q(naming_reasons="")),
            ),
            models.CheckConstraint(
                name="tender_named_agency_is_not_the_buyer",
                condition=Q(named_agency__isnull=True) | ~Q(named_agency=F("buyer")),
            ),
            models.CheckConstraint(
                name="tender_published_says_how_it_chooses",
                condition=Q(published_at__isnull=True)
                | (
                    ~Q(method="")
                    & ~Q(fund="")
                    & (Q(service_time__isnull=False) | ~Q(service_unit__in=COUNTED))
                ),
            ),
            models.CheckConstraint(
                name="tender_service_has_a_number_where_it_is_counted",
                condition=Q(service_unit__in=COUNTED) | Q(service_time__isnull=True),
            ),
            models.UniqueConstraint(
                name="tender_is_run_again_once",
                fields=["previous"],
                condition=~GIVEN_UP,
            ),
            models.UniqueConstraint(
                name="tender_has_a_lot_of_its_own",
                fields=["lot_group", "lot", "round"],
                condition=~GIVEN_UP,
            ),
            models.CheckConstraint(
                name="tender_lot_is_counted_from_1_in_its_group",
                condition=Q(lot_group__isnull=True, lot__isnull=True)
                | Q(lot_group__isnull=False, lot__isnull=False, lot__gte=1),
            ),
            models.CheckConstraint(
                name="tender_selection_round_is_counted_from_1",
                condition=Q(selection_round__gte=1),
            ),
            models.CheckConstraint(
                name="tender_award_place_is_counted_from_1",
                condition=Q(award_place__gte=1),
            ),
            models.CheckConstraint(
                name="tender_later_round_has_an_earlier",
                condition=Q(round=1, previous__isnull=True)
                | Q(round__gt=1, previous__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="tender_by_status", fields=["status"]),
            models.Index(name="tender_newest", fields=["-published_at", "-id"]),
            models.Index(
                WAITING_SINCE, F("id"), name="tender_waits", condition=Q(status__in=WITH_OFFICERS)
            ),
            models.Index(
                name="tender_open_by_item",
                fields=["item"],
                condition=Q(status=TenderStatus.ACTIVE),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.item)

    @property
    def heading(self) -> str:
        """How the owner's pages head an order that may have no title yet."""
        return self.title or self.item.name

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row anew, and forget what was read of its round."""
        for name in OF_ROUND:
            vars(self).pop(name, None)
            vars(self).pop(JOINED.format(name), None)
        super().refresh_from_db(*args, **kwargs)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Leave it to the guards, which ask the same and say in words what is wrong."""

    @property
    def reference(self) -> str:
        """The code when published, before that the slug."""
        return self.code or self.slug

    @property
    def service_period(self) -> Duration | None:
        """How long the service takes from the signature; None while not said, or not counted."""
        if self.service_time is None:
            return None
        return Duration(self.service_time, self.service_unit)

    @property
    def lasts_as_agreed(self) -> bool:
        """Tell whether the service lasts until the contract, or the work, says it has ended."""
        return self.service_unit not in COUNTED

    @property
    def is_by_rate(self) -> bool:
        """Tell whether bidders quote a rate off the ceiling."""
        return self.quote == QuoteKind.RATE

    @property
    def is_by_unit(self) -> bool:
        """Tell whether bidders quote the price of a unit, of which there are about `quantity`."""
        return self.quote == QuoteKind.UNIT

    @property
    def funds(self) -> tuple[str, ...]:
        """Return what pays for it, the fund whose rules hold first; () while that is not said."""
        also = (name for name in self.Fund.values if name in self.fund_shares)
        return tuple(dict.fromkeys((self.fund, *also))) if self.fund else ()

    @property
    def is_published(self) -> bool:
        """Tell whether everybody may see the order."""
        return self.published_at is not None

    @property
    def is_suspended(self) -> bool:
        """Tell whether the order stands still because of an objection or a complaint."""
        return self.stands_still_by(MATTER)

    @property
    def suspended_since(self) -> datetime | None:
        """Since when it stands still for an objection or a complaint; None if it does not."""
        return self.still_since(MATTER)

    @property
    def is_opened(self) -> bool:
        """Tell whether the bids are public; an order without enough of them is never opened."""
        return self.evaluated_at is not None

    @transition(field=status, source=[Status.DRAFT, Status.RETURNED], target=Status.SUBMITTED)
    def submit(self, *, at: datetime) -> None:
        self.submitted_at = at

    @transition(field=status, source=Status.SUBMITTED, target=Status.DRAFT)
    def take_back(self) -> None:
        """Undo the submission; an order that nobody was sent is one that was never sent in."""
        self.submitted_at = None

    @transition(field=status, source=[Status.SUBMITTED, Status.REVIEWED], target=Status.RETURNED)
    def send_back(self, *, reasons: str) -> None:
        """Return it to the buyer; a review that was passed does not count for what comes back."""
        self.return_reasons = reasons
        self.reviewed_at = self.reviewed_by = None

    @transition(field=status, source=Status.SUBMITTED, target=Status.REVIEWED)
    def approve(self, *, at: datetime, by: User) -> None:
        self.reviewed_at, self.reviewed_by = at, by
        self.return_reasons = ""

    @transition(field=status, source=Status.REVIEWED, target=Status.ACTIVE)
    def publish(self, *, at: datetime, by: User) -> None:
        self.published_at, self.published_by = at, by

    @transition(field=status, source=Status.ACTIVE, target=Status.CLOSED)
    def close(self, *, at: datetime) -> None:
        """End the sign-up; before its deadline only when nobody else may answer."""
        self.closed_at = at

    @transition(field=status, source=Status.CLOSED, target=Status.BIDDING)
    def open_hall(self) -> None:
        """Let those who signed up quote in the open; the hall has its own row and moments."""

    @transition(field=status, source=[Status.CLOSED, Status.BIDDING], target=Status.EVALUATED)
    def evaluate(self, *, at: datetime) -> None:
        self.evaluated_at = at

    @transition(field=status, source=Status.EVALUATED, target=Status.COMPLETE)
    def register(self, *, at: datetime, by: User) -> None:
        self.completed_at, self.registered_by = at, by

    @transition(
        field=status,
        source=[Status.CLOSED, Status.BIDDING, Status.EVALUATED],
        target=Status.UNSUCCESSFUL,
    )
    def fail(self, *, at: datetime, reasons: str) -> None:
        self.ended_at, self.end_reasons = at, reasons

    @transition(
        field=status,
        source=[
            *(Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.REVIEWED, Status.ACTIVE),
            *(Status.EVALUATED, Status.COMPLETE),
        ],
        target=Status.CANCELLED,
    )
    def cancel(self, *, at: datetime, reasons: str) -> None:
        self.ended_at, self.end_reasons = at, reasons
