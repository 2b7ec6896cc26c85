"""An objection or a complaint: what is claimed of whom, the answer, and what was decided."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import DisputeDeadline
from bidding.models.tender import Tender
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.deadlines import (
    DeadlineSubject,
    EndOf,
    IsProvisional,
    Needs,
    deadlines_of,
)
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Document, Membership, Organization, User


class DisputeKind(models.TextChoices):
    """What is filed: an objection first, which the other side answers; a complaint is decided."""

    OBJECTION = "objection", _("异议")
    COMPLAINT = "complaint", _("投诉")


class Matter(models.TextChoices):
    """What an objection or a complaint is about; the rules by `MATTER` say what holds for each."""

    NOTICE = "notice", _("采购公告")
    SELECTION = "selection", _("选取结果")
    AGENCY = "agency", _("其他参加机构")
    ONBOARDING = "onboarding", _("入驻公示")
    OPERATOR = "operator", _("运营机构服务")


class DisputeStatus(models.TextChoices):
    """Where an objection or a complaint stands."""

    FILED = "filed", _("待受理")
    REFUSED = "refused", _("不予受理")
    ANSWERING = "answering", _("待答复")
    ANSWERED = "answered", _("已答复")
    DECIDED = "decided", _("已作出处理决定")
    CLOSED = "closed", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤回")


class Remedy(models.TextChoices):
    """What a decision orders."""

    NONE = "none", _("采购按原结果继续")
    CANCEL_AWARD = "cancel_award", _("撤销中选结果")


PENDING = (DisputeStatus.FILED, DisputeStatus.ANSWERING, DisputeStatus.ANSWERED)
UNCHECKED = (DisputeStatus.FILED, DisputeStatus.WITHDRAWN)
OVER = (DisputeStatus.REFUSED, DisputeStatus.CLOSED, DisputeStatus.WITHDRAWN)
OF_ORDER = (Matter.NOTICE, Matter.SELECTION, Matter.AGENCY)

RUNS = {
    DisputeStatus.FILED: (DisputeDeadline.CHECK,),
    DisputeStatus.ANSWERING: (DisputeDeadline.ANSWER,),
    DisputeStatus.ANSWERED: (DisputeDeadline.ESCALATION, DisputeDeadline.DECISION),
}
"""Which deadlines may run in a state: an answered objection may be complained of."""


ACTS_ON_AN_ORDER = ("reviewed_by", "published_by", "registered_by")
TOLD_AT = Coalesce("decided_at", "answered_at")
"""When something of it last became public; the databases differ in where they put no moment."""


class DisputeQuerySet(LockingQuerySet["Dispute"]):
    """Objections and complaints by where they stand and whose they are."""

    def pending(self) -> DisputeQuerySet:
        """Those that nobody has ended."""
        return self.filter(status__in=PENDING)

    def of(self, organization: Organization) -> DisputeQuerySet:
        """Those that `organization` has filed, and those that it must answer."""
        asked = Q(respondent=organization) & ~Q(status__in=(*UNCHECKED, DisputeStatus.REFUSED))
        return self.filter(Q(filer=organization) | asked)

    def told(self) -> DisputeQuerySet:
        """Those whose answer or decision is public, with when that last became more: `told_at`."""
        told = self.annotate(told_at=TOLD_AT).filter(told_at__isnull=False)
        return told.exclude(kind=DisputeKind.COMPLAINT, decided_at__isnull=True)

    def left_by_four_eyes(self, officer: int) -> DisputeQuerySet:
        """Those whose next act the rules leave to the officer; what the guards say of one."""
        units = Membership.objects.filter(user=officer).values("organization")
        order = (Q(**{f"tender__{act}": officer}) for act in ACTS_ON_AN_ORDER)
        took_part = Q(reduce(or_, order), kind=DisputeKind.COMPLAINT)
        stood_back = DisputeRecusal.objects.filter(dispute=OuterRef("pk"), user=officer)
        others = self.exclude(status=DisputeStatus.ANSWERED, checked_by=officer)
        others = others.exclude(filer__in=units).exclude(respondent__in=units)
        return others.exclude(took_part).exclude(Exists(stood_back))

    def with_relations(self) -> DisputeQuerySet:
        """Those with what every page says of them."""
        relations = ("filer", "respondent__division", "authority__division", "rulebook")
        order = ("tender__buyer", "tender__item", "tender__division__parent", "previous")
        return self.select_related(*relations, *order).prefetch_related(deadlines_of())


class Dispute(StatefulModel, DeadlineSubject, SlugModel):
    """
    One objection or complaint.

    `subject` names the matter so that the same one is filed once; `suspends` is what the rules said
    as it was filed: whether what it is about stands still until it is over.
    """

    Status = DisputeStatus
    Kind = DisputeKind
    Matter = Matter

    number = models.CharField(_("编号"), max_length=32, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=DisputeKind)
    matter = models.CharField(_("事由"), max_length=12, choices=Matter)
    subject = models.CharField(_("事项"), max_length=96)
    status = StatusField(_("状态"), choices=Status, default=Status.FILED)
    filer = models.ForeignKey(
        Organization, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+"
    )
    filed_by = models.ForeignKey(
        User, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(_("提出时间"))
    respondent = models.ForeignKey(
        Organization, verbose_name=_("答复单位"), on_delete=models.PROTECT, related_name="+"
    )
    authority = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    tender = models.ForeignKey(
        Tender,
        verbose_name=_("采购"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disputes",
    )
    previous = models.OneToOneField(
        "self",
        verbose_name=_("所针对的异议"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="complaint",
    )
    occurred_on = models.DateField(_("事情发生的日期"), null=True, blank=True)
    facts = models.TextField(_("事实和理由"), max_length=4000)
    request = models.CharField(_("请求"), max_length=500)
    evidence = models.ManyToManyField(
        Document, verbose_name=_("证据材料"), blank=True, related_name="+"
    )
    suspends = models.BooleanField(_("办理期间中止"), default=False)
    rulebook = models.ForeignKey(
        RulebookVersion, verbose_name=_("规则版本"), on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("受理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("受理审查时间"), null=True, blank=True)
    refusal_reasons = models.TextField(_("不予受理的理由"), max_length=1000, blank=True)
    answer = models.TextField(_("答复"), max_length=4000, blank=True)
    answer_papers = models.ManyToManyField(
        Document, verbose_name=_("答复的材料"), blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        User,
        verbose_name=_("答复人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("审核决定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    is_upheld = models.BooleanField(_("投诉成立"), null=True, blank=True)
    remedy = models.CharField(_("处理"), max_length=16, choices=Remedy, default=Remedy.NONE)
    decision = models.TextField(_("决定的理由"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closing_note = models.CharField(_("办结说明"), max_length=500, blank=True)

    check_due_at = EndOf(DisputeDeadline.CHECK)
    answer_due_at = EndOf(DisputeDeadline.ANSWER)
    escalation_due_at = EndOf(DisputeDeadline.ESCALATION)
    decision_due_at = EndOf(DisputeDeadline.DECISION)
    is_due_provisional = IsProvisional(*DisputeDeadline.values)

    needs = (
        Needs(Q(status=Status.FILED), (DisputeDeadline.CHECK,)),
        Needs(Q(status=Status.ANSWERING), (DisputeDeadline.ANSWER,)),
        Needs(Q(status=Status.ANSWERED, kind=DisputeKind.OBJECTION), (DisputeDeadline.ESCALATION,)),
        Needs(Q(status=Status.ANSWERED, kind=DisputeKind.COMPLAINT), (DisputeDeadline.DECISION,)),
    )

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("异议与投诉")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="dispute_same_matter_once",
                fields=["filer", "kind", "matter", "subject"],
                condition=~Q(status=DisputeStatus.REFUSED),
            ),
            models.CheckConstraint(
                name="dispute_of_an_order_has_one",
                condition=~Q(matter__in=OF_ORDER) | Q(tender__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_is_with_somebody_else", condition=~Q(filer=F("respondent"))
            ),
            models.CheckConstraint(
                name="dispute_says_what_and_asks_for_something",
                condition=~Q(facts="") & ~Q(request=""),
            ),
            models.CheckConstraint(
                name="dispute_checked_has_officer_and_time",
                condition=Q(status__in=UNCHECKED)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_refused_has_reasons",
                condition=~Q(status=DisputeStatus.REFUSED) | ~Q(refusal_reasons=""),
            ),
            models.CheckConstraint(
                name="dispute_answer_has_text_time_and_person",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="dispute_decided_has_officer_time_and_reasons",
                condition=~Q(status=DisputeStatus.DECIDED)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_upheld__isnull=False)
                & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="dispute_decided_by_a_second_officer",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("checked_by")),
            ),
            models.CheckConstraint(
                name="dispute_over_has_time",
                condition=~Q(status__in=OVER) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="dispute_by_status", fields=["status"]),
            models.Index(TOLD_AT.desc(), F("id").desc(), name="dispute_told"),
            models.Index(name="dispute_filed", fields=["-filed_at", "-id"]),
            models.Index(
                name="dispute_waits",
                fields=["filed_at", "id"],
                condition=Q(status__in=[DisputeStatus.FILED, DisputeStatus.ANSWERED]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """What it is called on every page and in every message."""
        return gettext("关于%(matter)s的%(kind)s") % {
            "matter": self.get_matter_display(),
            "kind": self.get_kind_display(),
        }

    @property
    def is_pending(self) -> bool:
        """Tell whether somebody has still to check, answer or decide it."""
        return self.status in PENDING

    @property
    def holds_up(self) -> bool:
        """Tell whether something stands still for it."""
        return self.suspends and self.is_pending

    @property
    def is_told(self) -> bool:
        """Tell whether everybody may read it: its decision, or the answer to an objection."""
        is_answered = not self.is_complaint and self.answered_at is not None
        return is_answered or self.decided_at is not None

    @property
    def is_complaint(self) -> bool:
        """Tell whether an officer decides it after the answer."""
        return self.kind == DisputeKind.COMPLAINT

    @property
    def due_at(self) -> datetime | None:
        """The deadline that runs now, if one does."""
        kinds = RUNS.get(DisputeStatus(self.status), ())
        rows = [row for kind in kinds if (row := self.deadline(kind)) and row.stopped_at is None]
        return rows[0].ends_at if rows else None

    @transition(field=status, source=Status.FILED, target=Status.ANSWERING)
    def accept(self, *, at: datetime, by: User) -> None:
        self.checked_at, self.checked_by = at, by

    @transition(field=status, source=Status.FILED, target=Status.REFUSED)
    def refuse(self, *, at: datetime, by: User, reasons: str) -> None:
        self.checked_at, self.checked_by, self.refusal_reasons = at, by, reasons
        self.closed_at = at

    @transition(field=status, source=Status.ANSWERING, target=Status.ANSWERED)
    def give_answer(self, *, at: datetime, by: User, answer: str) -> None:
        self.answered_at, self.answered_by, self.answer = at, by, answer

    @transition(field=status, source=Status.ANSWERING, target=Status.ANSWERED)
    def go_unanswered(self) -> None:
        """Go on without the answer, whose time is over."""

    @transition(field=status, source=Status.ANSWERED, target=Status.DECIDED)
    def decide(
        self, *, at: datetime, by: User, is_upheld: bool, remedy: str, decision: str
    ) -> None:
        self.decided_at, self.decided_by = at, by
        self.is_upheld, self.remedy, self.decision = is_upheld, remedy, decision

    @transition(field=status, source=[Status.ANSWERED, Status.DECIDED], target=Status.CLOSED)
    def close(self, *, at: datetime, note: str) -> None:
        self.closed_at, self.closing_note = at, note

    @transition(
        field=status,
        source=[Status.FILED, Status.ANSWERING, Status.ANSWERED],
        target=Status.WITHDRAWN,
    )
    def withdraw(self, *, at: datetime) -> None:
        self.closed_at = at


class DisputeRecusal(models.Model):
    """An officer who stands back from a matter, for good."""

    dispute = models.ForeignKey(
        Dispute, verbose_name=_("异议或者投诉"), on_delete=models.PROTECT, related_name="recusals"
    )
    user = models.ForeignKey(
        User, verbose_name=_("回避人"), on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.CharField(_("回避的理由"), max_length=500)
    at = models.DateTimeField(_("回避时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("回避")
        constraints = [
            models.UniqueConstraint(name="dispute_recusal_once", fields=["dispute", "user"]),
            models.CheckConstraint(name="dispute_recusal_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.dispute} {self.user}"


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Suspensions of orders."""

    def running(self) -> SuspensionQuerySet:
        """Those that have not ended."""
        return self.filter(until__isnull=True)


class Suspension(models.Model):
    """From when until when an order stood still, and for which objection or complaint first."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="suspensions"
    )
    dispute = models.ForeignKey(
        Dispute, verbose_name=_("原因"), on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(_("中止时间"))
    until = models.DateTimeField(_("恢复时间"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("采购中止")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="suspension_once_at_a_time",
                fields=["tender"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="suspension_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender} {self.since:%Y-%m-%d}"


def stands_still() -> Exists:
    """Return whether an order, or its result, stands still, as a column of a list of orders."""
    return Exists(Suspension.objects.running().filter(tender=OuterRef("pk")))
