"""The pool of experts who score plans: who is in it, for what, and whom each has to avoid."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Division, Organization, ServiceClass, User


class ExpertStatus(models.TextChoices):
    """Where an expert stands in the pool."""

    ACTIVE = "active", _("在库")
    SUSPENDED = "suspended", _("暂停抽取")
    REMOVED = "removed", _("已出库")


class ExpertQuerySet(LockingQuerySet["Expert"]):
    """Experts by whether they may be drawn."""

    def serving(self, at: datetime) -> ExpertQuerySet:
        """Experts in the pool whose term contains the day of `at`."""
        day = day_of(at)
        active = self.filter(status=ExpertStatus.ACTIVE, serves_from__lte=day)
        return active.filter(serves_until__gte=day)

    def versed_in(self, service_class: ServiceClass | None) -> ExpertQuerySet:
        """Experts of a class of services; where an order has no class, all of them."""
        if service_class is None:
            return self
        return self.filter(specialties=service_class)

    def kept_by(self, office: Organization) -> ExpertQuerySet:
        """Experts whom an office of this area, or of one below, has registered."""
        return self.filter(office__division__code__startswith=office.division.prefix)


class Expert(StatefulModel, SlugModel):
    """
    A person who may be drawn into a panel; `slug` stands for them in every draw.

    Nobody outside the offices that keep the pool reads who is in it. The person signs in as a
    member of `office` with the role of an expert.
    """

    Status = ExpertStatus

    user = models.OneToOneField(
        User, verbose_name=_("账号"), on_delete=models.PROTECT, related_name="expert"
    )
    office = models.ForeignKey(
        Organization,
        verbose_name=_("管理单位"),
        on_delete=models.PROTECT,
        related_name="kept_experts",
    )
    status = StatusField(_("状态"), choices=ExpertStatus, default=ExpertStatus.ACTIVE)
    name = models.CharField(_("姓名"), max_length=32)
    title = models.CharField(_("职称或者执业资格"), max_length=60)
    specialties = models.ManyToManyField(
        ServiceClass, verbose_name=_("专业（服务类别）"), related_name="+"
    )
    division = models.ForeignKey(
        Division, verbose_name=_("常住地"), on_delete=models.PROTECT, related_name="+"
    )
    employer = models.CharField(_("工作单位"), max_length=131)
    employer_uscc = models.CharField(_("工作单位统一社会信用代码"), max_length=18, blank=True)
    person_key = models.CharField(_("身份键"), max_length=64, blank=True, db_index=True)
    """By which the registries name the person as a holder or head of a unit."""
    serves_from = models.DateField(_("聘期起"))
    serves_until = models.DateField(_("聘期止"))
    status_reasons = models.CharField(_("暂停或者出库的理由"), max_length=300, blank=True)
    registered_by = models.ForeignKey(
        User, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(_("登记时间"))

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("评审专家")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="expert_term_ends_after_it_begins",
                condition=Q(serves_until__gte=F("serves_from")),
            ),
            models.CheckConstraint(
                name="expert_out_of_the_pool_has_reasons",
                condition=Q(status=ExpertStatus.ACTIVE) | ~Q(status_reasons=""),
            ),
        ]
        indexes = [models.Index(name="expert_by_status", fields=["status"])]

    def __str__(self) -> str:
        return self.slug

    def serves_on(self, day: date) -> bool:
        """Tell whether the person may be drawn on `day`."""
        is_in_term = self.serves_from <= day <= self.serves_until
        return self.status == ExpertStatus.ACTIVE and is_in_term

    @transition(field=status, source=ExpertStatus.ACTIVE, target=ExpertStatus.SUSPENDED)
    def suspend(self, *, reasons: str) -> None:
        self.status_reasons = reasons

    @transition(field=status, source=ExpertStatus.SUSPENDED, target=ExpertStatus.ACTIVE)
    def resume(self) -> None:
        self.status_reasons = ""

    @transition(
        field=status,
        source=[ExpertStatus.ACTIVE, ExpertStatus.SUSPENDED],
        target=ExpertStatus.REMOVED,
    )
    def remove(self, *, reasons: str) -> None:
        """Take the person out for good; what they have scored stays."""
        self.status_reasons = reasons


class ExpertTie(models.Model):
    """A unit that an expert has to avoid beside the employer, as declared."""

    class Kind(models.TextChoices):
        FORMER = "former", _("三年内曾经任职")
        HOLDING = "holding", _("持有股份或者出资")
        FAMILY = "family", _("近亲属任职或者持股")

    expert = models.ForeignKey(
        Expert, verbose_name=_("评审专家"), on_delete=models.CASCADE, related_name="ties"
    )
    kind = models.CharField(_("利害关系"), max_length=12, choices=Kind)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18)

    class Meta:
        verbose_name = verbose_name_plural = _("应当回避的单位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="expert_tie_once", fields=["expert", "kind", "uscc"]),
        ]

    def __str__(self) -> str:
        return self.uscc
