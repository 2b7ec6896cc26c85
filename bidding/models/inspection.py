"""Plans of inspections, what was drawn for them, and what each check found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.deadlines import InspectionDeadline
from credit.models import Case, name_of_kind
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.append_only import AppendOnlyModel
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
from marketplace.models import Division, Document, Organization, ServiceClass, User

USUAL_CHECKS = (
    _("登记的信息与证照、实际情况一致"),
    _("资质和执业人员持续符合承接条件"),
    _("按合同约定的内容和期限提供服务"),
    _("收费与合同一致，没有另行收费"),
    _("成果文件由本机构的人员完成并签署"),
)
"""What is looked at where the regulator names nothing else."""


class PlanStatus(models.TextChoices):
    """Where a plan stands."""

    PUBLISHED = "published", _("待抽取")
    DRAWN = "drawn", _("已抽取")


class InspectionPlanQuerySet(LockingQuerySet["InspectionPlan"]):
    """Plans by whose they are."""

    def with_relations(self) -> InspectionPlanQuerySet:
        """Plans with what every list shows of them."""
        relations = ("authority", "division__parent", "service_class")
        return self.select_related(*relations).prefetch_related(deadlines_of())


class InspectionPlan(StatefulModel, DeadlineSubject):
    """
    What an authority means to inspect: which agencies, by what share of each grade, for what.

    It is public from the first. `sealed_seed` is the secret that the commitment promises, wrapped
    with a key of the platform outside the database.
    """

    Status = PlanStatus

    number = models.CharField(_("计划编号"), max_length=32, unique=True)
    title = models.CharField(_("计划名称"), max_length=120)
    status = StatusField(_("状态"), choices=Status, default=Status.PUBLISHED)
    authority = models.ForeignKey(
        Organization, verbose_name=_("检查机关"), on_delete=models.PROTECT, related_name="+"
    )
    division = models.ForeignKey(
        Division, verbose_name=_("检查范围"), on_delete=models.PROTECT, related_name="+"
    )
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("检查开始"))
    ends_on = models.DateField(_("检查结束"))
    checklist: models.JSONField[list[str], list[str]] = models.JSONField(_("检查内容"))
    rulebook = models.ForeignKey(
        RulebookVersion, verbose_name=_("规则版本"), on_delete=models.PROTECT, related_name="+"
    )
    sealed_seed = models.BinaryField(_("密封的种子"))
    seed_key = models.CharField(_("密封所用的密钥"), max_length=64)
    commitment = models.CharField(_("承诺值"), max_length=64)
    published_at = models.DateTimeField(_("公布时间"))
    published_by = models.ForeignKey(
        User, verbose_name=_("公布人"), on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)

    draw_at = EndOf(InspectionDeadline.DRAW)
    is_draw_provisional = IsProvisional(InspectionDeadline.DRAW)
    needs = (Needs(Q(status=Status.PUBLISHED), (InspectionDeadline.DRAW,)),)

    objects = InspectionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("检查计划")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="inspection_plan_ends_after_its_start",
                condition=Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="inspection_plan_drawn_has_time",
                condition=Q(status=PlanStatus.PUBLISHED) | Q(drawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    @transition(field=status, source=Status.PUBLISHED, target=Status.DRAWN)
    def draw(self, *, at: datetime) -> None:
        self.drawn_at = at


class InspectionDraw(AppendOnlyModel):
    """The evidence of a draw: the lists as they were frozen, the seed, and what followed."""

    plan = models.OneToOneField(
        InspectionPlan, verbose_name=_("检查计划"), on_delete=models.PROTECT, related_name="draw_of"
    )
    evidence: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("抽取证据"))
    sha256 = models.CharField(_("证据摘要"), max_length=64)
    drawn_at = models.DateTimeField(_("抽取时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("检查抽取")

    def __str__(self) -> str:
        return self.sha256


class InspectionStatus(models.TextChoices):
    """Whether a check was made."""

    PLANNED = "planned", _("待检查")
    DONE = "done", _("检查已完成")


class InspectionOutcome(models.TextChoices):
    """What a check came to."""

    CLEAR = "clear", _("未发现问题")
    CORRECTED = "corrected", _("发现问题，已当场改正")
    FOUND = "found", _("发现问题，移送立案核查")


class InspectionQuerySet(LockingQuerySet["Inspection"]):
    """Checks by where they stand and whose they are."""

    def open(self) -> InspectionQuerySet:
        """Checks whose result has not come."""
        return self.filter(status=InspectionStatus.PLANNED)

    def done(self) -> InspectionQuerySet:
        """Checks with a result, the newest first."""
        return self.filter(status=InspectionStatus.DONE).order_by("-reported_at", "-pk")

    def of_inspector(self, user: User, organization: Organization) -> InspectionQuerySet:
        """Checks that a person makes for an authority."""
        own = InspectionSeat.objects.filter(user=user, is_called=True)
        return self.filter(pk__in=own.values("inspection"), plan__authority=organization)

    def with_relations(self) -> InspectionQuerySet:
        """Checks with what every list shows of them."""
        return self.select_related(
            "plan__authority__division", "plan__division__parent", "agency__division", "case"
        ).prefetch_related(deadlines_of())


class Inspection(StatefulModel, DeadlineSubject, SlugModel):
    """
    The check of one agency by the inspectors who were drawn for it.

    `answers` says of each line of the plan's list whether it was found in order, in its order.
    """

    Status = InspectionStatus
    Outcome = InspectionOutcome

    plan = models.ForeignKey(
        InspectionPlan, verbose_name=_("检查计划"), on_delete=models.PROTECT, related_name="checks"
    )
    agency = models.ForeignKey(
        Organization,
        verbose_name=_("被检查机构"),
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    grade = models.CharField(_("抽取时的信用等级"), max_length=1)
    status = StatusField(_("状态"), choices=Status, default=Status.PLANNED)
    answers: models.JSONField[list[bool], list[bool]] = models.JSONField(
        _("逐项结果"), default=list, blank=True
    )
    outcome = models.CharField(_("检查结果"), max_length=12, choices=Outcome, blank=True)
    kind = models.CharField(_("涉嫌的失信行为"), max_length=48, blank=True)
    text = models.TextField(_("检查情况"), max_length=4000, blank=True)
    papers = models.ManyToManyField(
        Document, verbose_name=_("检查材料"), blank=True, related_name="+"
    )
    checked_on = models.DateField(_("检查日期"), null=True, blank=True)
    reported_at = models.DateTimeField(_("结果公布时间"), null=True, blank=True)
    reported_by = models.ForeignKey(
        User,
        verbose_name=_("填报人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("移送的案件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    due_at = EndOf(InspectionDeadline.RESULT)
    needs = (Needs(Q(status=Status.PLANNED), (InspectionDeadline.RESULT,)),)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("检查")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="inspection_once_a_plan", fields=["plan", "agency"]),
            models.CheckConstraint(
                name="inspection_done_says_what_it_found",
                condition=Q(status=InspectionStatus.PLANNED)
                | Q(reported_at__isnull=False, reported_by__isnull=False, checked_on__isnull=False)
                & ~Q(outcome="")
                & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="inspection_found_names_the_conduct",
                condition=Q(outcome=InspectionOutcome.FOUND) & ~Q(kind="")
                | ~Q(outcome=InspectionOutcome.FOUND) & Q(kind="", case__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.plan.number}"

    @property
    def has_found_something(self) -> bool:
        """Tell whether something was out of order, corrected since or not."""
        return self.outcome in {InspectionOutcome.CORRECTED, InspectionOutcome.FOUND}

    def get_kind_display(self) -> str:
        """Return the name of the conduct, as a field with choices would."""
        return name_of_kind(self.kind)

    @transition(field=status, source=Status.PLANNED, target=Status.DONE)
    def report(self, *, at: datetime, by: User) -> None:
        self.reported_at, self.reported_by = at, by


class InspectionSeat(models.Model):
    """
    One in the line of inspectors of a check, in the order of the lots; who `is_called` goes.

    Who could not go keeps the place, with the reasons; the next in line was called instead.
    """

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("检查"), on_delete=models.CASCADE, related_name="seats"
    )
    place = models.PositiveSmallIntegerField(_("签序"))
    user = models.ForeignKey(
        User, verbose_name=_("检查人员"), on_delete=models.PROTECT, related_name="+"
    )
    is_called = models.BooleanField(_("参加检查"), default=False)
    stepped_aside_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    reasons = models.CharField(_("退出的理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查人员")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                name="inspection_seat_once_a_place", fields=["inspection", "place"]
            ),
            models.UniqueConstraint(
                name="inspection_seat_once_a_person", fields=["inspection", "user"]
            ),
            models.CheckConstraint(
                name="inspection_seat_left_with_reasons_is_not_called",
                condition=Q(stepped_aside_at__isnull=True, reasons="")
                | Q(stepped_aside_at__isnull=False, is_called=False) & ~Q(reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user}"
