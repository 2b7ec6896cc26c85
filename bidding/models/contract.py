"""The contract, its uploads, the service clock and what was delivered."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.award import Award
from bidding.models.deadlines import OrderDeadline
from credit.models import Entry
from marketplace.kernel.models.deadlines import DeadlineSubject, EndOf, IsProvisional, Needs
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Document, Organization, User


class ContractStatus(models.TextChoices):
    """Where a contract stands."""

    PENDING = "pending", _("待签约")
    ACTIVE = "active", _("服务中")
    DELIVERED = "delivered", _("已交付")
    ACCEPTED = "accepted", _("已验收")
    RATED = "rated", _("已评价")
    ARCHIVED = "archived", _("已办结")
    TERMINATED = "terminated", _("已终止")


class PaymentAnswer(models.TextChoices):
    """What the winner answered when it was asked whether it was paid as agreed."""

    RECEIVED = "received", _("已经按约收到")
    UNPAID = "unpaid", _("已经到期，没有收到")
    NOT_DUE = "not_due", _("按合同约定还没有到期")


class PayerByLaw(models.TextChoices):
    """
    Who pays within a time that the law itself names; others pay as was agreed on.

    Source: 《保障中小企业款项支付条例》第九条
    """

    PUBLIC = "public", _("机关、事业单位")
    LARGE = "large", _("大型企业")


class ContractQuerySet(LockingQuerySet["Contract"]):
    """Contracts by where they stand."""

    def not_rated(self) -> ContractQuerySet:
        """Contracts whose buyer let the time for its rating pass in silence."""
        over = [ContractStatus.RATED, ContractStatus.ARCHIVED]
        return self.filter(status__in=over, is_rated_by_buyer=False)


class Contract(StatefulModel, DeadlineSubject, SlugModel):
    """From the first upload to the archive; price and content equal the award."""

    Status = ContractStatus
    Payment = PaymentAnswer
    Payer = PayerByLaw

    award = models.OneToOneField(
        Award, verbose_name=_("中选结果"), on_delete=models.PROTECT, related_name="contract"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.PENDING)
    number = models.CharField(_("合同编号"), max_length=32, unique=True)
    amount = models.DecimalField(_("合同金额"), max_digits=14, decimal_places=2)
    created_at = models.DateTimeField(_("创建时间"))
    signed_at = models.DateTimeField(_("签订时间"), null=True, blank=True)
    filed_at = models.DateTimeField(_("备案时间"), null=True, blank=True)
    late_recorded_at = models.DateTimeField(_("逾期记录时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("交付时间"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("验收时间"), null=True, blank=True)
    rated_at = models.DateTimeField(_("评价时间"), null=True, blank=True)
    is_rated_by_buyer = models.BooleanField(_("业主已评价"), default=False)
    archived_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    # as both sides were when they signed
    payer = models.CharField(_("付款主体"), max_length=8, choices=Payer, blank=True, default="")
    payment_answer = models.CharField(
        _("付款答复"), max_length=16, choices=Payment, blank=True, default=""
    )
    payment_answered_at = models.DateTimeField(_("付款答复时间"), null=True, blank=True)
    terminated_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    terminate_reasons = models.TextField(_("终止理由"), max_length=1000, blank=True)

    service_due_at = EndOf(OrderDeadline.SERVICE)
    late_from = EndOf(OrderDeadline.TOLERANCE)
    accept_due_at = EndOf(OrderDeadline.ACCEPTANCE)
    pay_due_at = EndOf(OrderDeadline.PAYMENT)
    rating_due_at = EndOf(OrderDeadline.RATING)
    amend_until = EndOf(OrderDeadline.AMENDMENT)
    agency_amend_until = EndOf(OrderDeadline.AGENCY_AMENDMENT)
    is_due_provisional = IsProvisional(
        OrderDeadline.SERVICE, OrderDeadline.TOLERANCE, OrderDeadline.RATING
    )

    needs = (
        # a service that lasts until its work is done has no end that could pass
        Needs(
            Q(
                status__in=[Status.ACTIVE, Status.DELIVERED],
                award__tender__service_time__isnull=False,
            ),
            (OrderDeadline.SERVICE, OrderDeadline.TOLERANCE),
        ),
        Needs(Q(status=Status.DELIVERED), (OrderDeadline.ACCEPTANCE,)),
        Needs(Q(status=Status.ACCEPTED), (OrderDeadline.RATING,)),
        Needs(
            Q(status=Status.RATED),
            (OrderDeadline.RATING, OrderDeadline.AMENDMENT, OrderDeadline.ARCHIVE),
        ),
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("合同")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="contract_signed_has_time",
                condition=Q(status__in=[ContractStatus.PENDING, ContractStatus.TERMINATED])
                | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_delivered_has_time",
                condition=~Q(
                    status__in=[
                        ContractStatus.DELIVERED,
                        ContractStatus.ACCEPTED,
                        ContractStatus.RATED,
                        ContractStatus.ARCHIVED,
                    ]
                )
                | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_accepted_has_time",
                condition=~Q(
                    status__in=[
                        ContractStatus.ACCEPTED,
                        ContractStatus.RATED,
                        ContractStatus.ARCHIVED,
                    ]
                )
                | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_rated_has_time",
                condition=~Q(status__in=[ContractStatus.RATED, ContractStatus.ARCHIVED])
                | Q(rated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_archived_has_time",
                condition=~Q(status=ContractStatus.ARCHIVED) | Q(archived_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_payment_answered_has_time",
                condition=Q(payment_answer="", payment_answered_at__isnull=True)
                | Q(payment_answered_at__isnull=False) & ~Q(payment_answer=""),
            ),
            models.CheckConstraint(
                name="contract_terminated_has_time_and_reasons",
                condition=~Q(status=ContractStatus.TERMINATED)
                | (Q(terminated_at__isnull=False) & ~Q(terminate_reasons="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(field=status, source=Status.PENDING, target=Status.ACTIVE)
    def sign(self, *, at: datetime) -> None:
        self.signed_at, self.filed_at = at, at

    @transition(field=status, source=Status.ACTIVE, target=Status.DELIVERED)
    def deliver(self, *, at: datetime) -> None:
        self.delivered_at = at

    @transition(field=status, source=Status.DELIVERED, target=Status.ACTIVE)
    def send_back(self) -> None:
        self.delivered_at = None

    @transition(field=status, source=Status.DELIVERED, target=Status.ACCEPTED)
    def accept(self, *, at: datetime) -> None:
        self.accepted_at = at

    @transition(field=status, source=Status.ACCEPTED, target=Status.RATED)
    def rate(self, *, at: datetime, by_buyer: bool) -> None:
        """Close the rating: by the buyer, or by silence, which is recorded as not rated."""
        self.rated_at, self.is_rated_by_buyer = at, by_buyer

    @transition(field=status, source=Status.RATED, target=Status.ARCHIVED)
    def archive(self, *, at: datetime) -> None:
        self.archived_at = at

    @transition(field=status, source=[Status.PENDING, Status.ACTIVE], target=Status.TERMINATED)
    def terminate(self, *, at: datetime, reasons: str) -> None:
        self.terminated_at, self.terminate_reasons = at, reasons


class ContractUploadQuerySet(LockingQuerySet["ContractUpload"]):
    """Uploads by whether the other side has answered."""

    def unanswered(self) -> ContractUploadQuerySet:
        """Uploads that were neither confirmed nor rejected; at most one per contract."""
        return self.filter(confirmed_at__isnull=True, rejected_at__isnull=True)


class ContractUpload(SlugModel):
    """One uploaded text of a contract; the other side confirms it or says what is wrong."""

    contract = models.ForeignKey(
        Contract, verbose_name=_("合同"), on_delete=models.PROTECT, related_name="uploads"
    )
    document = models.ForeignKey(
        Document, verbose_name=_("合同文本"), on_delete=models.PROTECT, related_name="+"
    )
    attachments = models.ManyToManyField(
        Document, verbose_name=_("附件"), blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("上传单位"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("确认人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rejected_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    reject_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)

    objects = ContractUploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("合同文本")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="contract_one_open_upload",
                fields=["contract"],
                condition=Q(confirmed_at__isnull=True, rejected_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="contract_one_confirmed_upload",
                fields=["contract"],
                condition=Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="upload_is_not_both_confirmed_and_rejected",
                condition=Q(confirmed_at__isnull=True) | Q(rejected_at__isnull=True),
            ),
            models.CheckConstraint(
                name="upload_rejected_has_reasons",
                condition=Q(rejected_at__isnull=True) | ~Q(reject_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.document}"


class DeliverableStatus(models.TextChoices):
    """What became of a delivery."""

    SUBMITTED = "submitted", _("已交付")
    RETURNED = "returned", _("退回更正")
    ACCEPTED = "accepted", _("已验收")


class Deliverable(StatefulModel, SlugModel):
    """One delivery of the result; the last one is accepted."""

    Status = DeliverableStatus

    contract = models.ForeignKey(
        Contract, verbose_name=_("合同"), on_delete=models.PROTECT, related_name="deliverables"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.SUBMITTED)
    document = models.ForeignKey(
        Document, verbose_name=_("成果文件"), on_delete=models.PROTECT, related_name="+"
    )
    attachments = models.ManyToManyField(
        Document, verbose_name=_("附件"), blank=True, related_name="+"
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("交付时间"))
    decided_at = models.DateTimeField(_("验收或退回时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("验收人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    return_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("成果")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="deliverable_decided_has_time",
                condition=Q(status=DeliverableStatus.SUBMITTED) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deliverable_returned_has_reasons",
                condition=~Q(status=DeliverableStatus.RETURNED) | ~Q(return_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.get_status_display()}"

    @transition(field=status, source=Status.SUBMITTED, target=Status.RETURNED)
    def send_back(self, *, at: datetime, by: User, reasons: str) -> None:
        self.decided_at, self.decided_by, self.return_reasons = at, by, reasons

    @transition(field=status, source=Status.SUBMITTED, target=Status.ACCEPTED)
    def accept(self, *, at: datetime, by: User) -> None:
        self.decided_at, self.decided_by = at, by


class ConductFact(models.Model):
    """The row here that caused a credit entry there; once per award and kind."""

    award = models.ForeignKey(
        Award, verbose_name=_("中选结果"), on_delete=models.PROTECT, related_name="conduct_facts"
    )
    kind = models.CharField(_("事项"), max_length=48)
    entry = models.OneToOneField(
        Entry, verbose_name=_("信用记录"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("信用事实")
        constraints = [
            models.UniqueConstraint(name="fact_once_per_award", fields=["award", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.kind}"
