"""The append-only record of conduct, cases, what they led to, and what was asked when."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from marketplace.models import Document, Organization, ServiceClass, User
from marketplace.models.append_only import AppendOnlyModel
from marketplace.models.querysets import LockingQuerySet
from marketplace.models.slugs import SlugModel


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries as they were known and as they happened."""

    def known_at(self, at: datetime) -> EntryQuerySet:
        """Entries that had happened and had been recorded by `at` (inclusive)."""
        return self.filter(occurred_at__lte=at, recorded_at__lte=at)


class Entry(AppendOnlyModel):
    """
    One fact about an organisation's conduct.

    A wrong entry is never changed: a later one names it in `corrects` and takes its place
    (with zero points when the fact falls away altogether).
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="credit_entries"
    )
    kind = models.CharField(_("事项"), max_length=48)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2)
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("更正"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reference = models.CharField(_("关联业务"), max_length=64)
    reference_url = models.CharField(_("链接"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    rulebook_sha256 = models.CharField(_("规则版本"), max_length=64)
    recorded_by = models.ForeignKey(
        User,
        verbose_name=_("记录人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用记录")
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="entry_once_per_fact",
                fields=["organization", "kind", "reference"],
                condition=Q(corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_recorded_after_it_occurred",
                condition=Q(recorded_at__gte=F("occurred_at")),
            ),
        ]
        indexes = [models.Index(name="entry_by_time", fields=["organization", "occurred_at"])]

    def __str__(self) -> str:
        return f"{self.organization} {self.kind} {self.points}"


class CaseQuerySet(LockingQuerySet["Case"]):
    """Cases by where they stand."""

    def statement_over(self, at: datetime) -> CaseQuerySet:
        """Cases whose time for a statement has ended without one."""
        return self.filter(status="notified", statement_due_at__lte=at)


class Case(ConcurrentTransitionMixin, SlugModel):
    """A sanction in the making: notice, statement, decision by a second officer."""

    class Status(models.TextChoices):
        NOTIFIED = "notified", _("陈述申辩期")
        STATED = "stated", _("待决定")
        DECIDED = "decided", _("限制生效")
        DISMISSED = "dismissed", _("不予处理")
        REVOKED = "revoked", _("已撤销")
        ENDED = "ended", _("已到期")

    class Severity(models.TextChoices):
        MINOR = "minor", _("轻微失信")
        GENERAL = "general", _("一般失信")
        SERIOUS = "serious", _("严重失信")

    number = models.CharField(_("案件编号"), max_length=32, unique=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("当事单位"), on_delete=models.PROTECT, related_name="cases"
    )
    authority = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    status = FSMField(_("状态"), choices=Status, default=Status.NOTIFIED, protected=True)
    kind = models.CharField(_("失信行为"), max_length=48)
    severity = models.CharField(_("认定等级"), max_length=8, choices=Severity)
    months = models.PositiveSmallIntegerField(_("限制期限（月）"))
    restriction_kind = models.CharField(_("拟采取措施"), max_length=16)
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("限于服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    facts = models.TextField(_("事实"), max_length=4000)
    reference = models.CharField(_("关联业务"), max_length=64, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200)
    rulebook_sha256 = models.CharField(_("规则版本"), max_length=64)
    opened_by = models.ForeignKey(
        User, verbose_name=_("承办人"), on_delete=models.PROTECT, related_name="+"
    )
    notified_at = models.DateTimeField(_("告知时间"))
    statement_due_at = models.DateTimeField(_("陈述申辩截止"))
    is_due_provisional = models.BooleanField(_("期限暂定"), default=False)
    statement = models.TextField(_("陈述申辩"), max_length=4000, blank=True)
    statement_document = models.ForeignKey(
        Document,
        verbose_name=_("陈述材料"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stated_at = models.DateTimeField(_("陈述申辩结束时间"), null=True, blank=True)
    decision_due_at = models.DateTimeField(_("决定期限"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("决定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decision_number = models.CharField(
        _("决定书文号"), max_length=32, unique=True, null=True, blank=True
    )
    decision_reasons = models.TextField(_("决定理由"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closing_reasons = models.TextField(_("撤销理由"), max_length=1000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用案件")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="case_decided_by_a_second_officer",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="case_stated_has_times",
                condition=Q(status="notified")
                | Q(stated_at__isnull=False, decision_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_decided_has_officer_and_time",
                condition=Q(status__in=["notified", "stated"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_has_basis", condition=~Q(legal_basis="") & ~Q(facts="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(field=status, source=Status.NOTIFIED, target=Status.STATED)
    def hear(self, *, at: datetime, decision_due_at: datetime, statement: str = "") -> None:
        """Take the statement, or note that the time for it ran out."""
        self.stated_at, self.decision_due_at, self.statement = at, decision_due_at, statement

    @transition(field=status, source=Status.STATED, target=Status.DECIDED)
    def decide(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self.decided_at, self.decided_by = at, by
        self.decision_number, self.decision_reasons = number, reasons

    @transition(field=status, source=Status.STATED, target=Status.DISMISSED)
    def dismiss(self, *, at: datetime, by: User, reasons: str) -> None:
        self.decided_at, self.decided_by, self.decision_reasons = at, by, reasons
        self.closed_at = at

    @transition(field=status, source=Status.DECIDED, target=Status.REVOKED)
    def revoke(self, *, at: datetime, reasons: str) -> None:
        self.closed_at, self.closing_reasons = at, reasons

    @transition(field=status, source=Status.DECIDED, target=Status.ENDED)
    def end(self, *, at: datetime) -> None:
        self.closed_at = at


class RestrictionQuerySet(LockingQuerySet["Restriction"]):
    """Restrictions by time and force."""

    def in_force(self, at: datetime) -> RestrictionQuerySet:
        """Restrictions whose half-open period [effective_from, effective_to) contains `at`."""
        return (
            self.filter(effective_from__lte=at)
            .exclude(effective_to__lte=at)
            .exclude(lifted_at__lte=at)
        )

    def blocking(self) -> RestrictionQuerySet:
        """Restrictions that keep an agency from sign-up, selection and contract."""
        return self.filter(kind__in=[Restriction.Kind.FREEZE, Restriction.Kind.REMOVAL])

    def touching(self, service_class: ServiceClass | None) -> RestrictionQuerySet:
        """Restrictions on every class, and those on `service_class` alone."""
        return self.filter(Q(service_class__isnull=True) | Q(service_class=service_class))

    def public(self) -> RestrictionQuerySet:
        """Restrictions that are published; minor ones normally are not."""
        return self.filter(is_public=True)


class Restriction(SlugModel):
    """What a decision takes from an agency, from when to when, in the whole province."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("警示")
        NO_PREFERENCE = "no_preference", _("取消优先")
        FREEZE = "freeze", _("冻结报名")
        REMOVAL = "removal", _("退出")

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="restrictions"
    )
    case = models.OneToOneField(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="restriction"
    )
    kind = models.CharField(_("措施"), max_length=16, choices=Kind)
    severity = models.CharField(_("认定等级"), max_length=8, choices=Case.Severity)
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("限于服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    effective_from = models.DateTimeField(_("生效时间"))
    effective_to = models.DateTimeField(_("到期时间"), null=True, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200)
    is_public = models.BooleanField(_("公开"), default=True)
    lifted_at = models.DateTimeField(_("提前解除时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("到期处理时间"), null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用限制")
        ordering = ["-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="restriction_period_in_order",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
            ),
            models.CheckConstraint(
                name="restriction_ends_unless_removal",
                condition=Q(kind="removal") | Q(effective_to__isnull=False),
            ),
            models.CheckConstraint(name="restriction_has_basis", condition=~Q(legal_basis="")),
        ]
        indexes = [models.Index(name="restriction_by_party", fields=["organization", "effective_to"])]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"


class StandingCheck(AppendOnlyModel):
    """What was asked about an agency's standing at one of the three moments, and the answer."""

    class Moment(models.TextChoices):
        SIGN_UP = "sign_up", _("报名")
        SELECTION = "selection", _("选取")
        CONTRACT = "contract", _("签约")

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    moment = models.CharField(_("环节"), max_length=12, choices=Moment)
    reference = models.CharField(_("关联业务"), max_length=64)
    asked_at = models.DateTimeField(_("核查时间"))
    recorded_at = models.DateTimeField(_("记录时间"), db_default=Now())
    restriction_ids = models.JSONField(_("查到的限制"), default=list)
    rulebook_sha256 = models.CharField(_("规则版本"), max_length=64)
    is_clear = models.BooleanField(_("没有限制"))

    class Meta:
        verbose_name = verbose_name_plural = _("信用核查")
        ordering = ["-pk"]
        indexes = [models.Index(name="check_by_reference", fields=["reference", "moment"])]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_moment_display()} {self.reference}"
