"""What a decision takes from an agency, and when."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.models.cases import Case
from credit.models.conduct import BLOCKING, Measure, Severity
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.models.deadlines import DeadlineSubject, Needs
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Organization, ServiceClass


class RestrictionQuerySet(LockingQuerySet["Restriction"]):
    """Restrictions by time and force."""

    def in_force(self, at: datetime) -> RestrictionQuerySet:
        """
        Restrictions whose half-open period [effective_from, effective_to) contains `at`.

        One whose effect a review suspends is not in force from `suspended_at` to `resumed_at`.
        """
        return self.not_over(at).filter(effective_from__lte=at)

    def not_over(self, at: datetime) -> RestrictionQuerySet:
        """Restrictions that `at` finds neither run out nor lifted, begun or not."""
        stands_still = Q(suspended_at__lte=at) & (Q(resumed_at=None) | Q(resumed_at__gt=at))
        return self.filter(effective_to__gt=at).exclude(lifted_at__lte=at).exclude(stands_still)

    def over(self, at: datetime) -> RestrictionQuerySet:
        """Restrictions that have run out or been lifted by `at`."""
        return self.filter(Q(effective_to__lte=at) | Q(lifted_at__lte=at))

    def unmarked(self) -> RestrictionQuerySet:
        """Restrictions of which nobody has noted yet that they are over."""
        return self.filter(ended_at__isnull=True, lifted_at__isnull=True)

    def blocking(self) -> RestrictionQuerySet:
        """Restrictions that keep an agency from sign-up, selection and contract."""
        return self.on_organizations().filter(kind__in=BLOCKING)

    def on_organizations(self) -> RestrictionQuerySet:
        """Restrictions that bind an organisation, and not one of its people alone."""
        return self.filter(person_number="")

    def on_persons(self) -> RestrictionQuerySet:
        """Restrictions that keep one person from practising, in whichever agency."""
        return self.filter(kind__in=BLOCKING).exclude(person_number="")

    def touching(self, service_class: ServiceClass | None) -> RestrictionQuerySet:
        """Restrictions on every class, and those on `service_class` alone."""
        return self.filter(Q(service_class__isnull=True) | Q(service_class=service_class))

    def public(self) -> RestrictionQuerySet:
        """Restrictions that are published; minor ones normally are not."""
        return self.filter(is_public=True)

    def shown(self, at: datetime) -> RestrictionQuerySet:
        """Published ones that run at `at`, or whose publication period has not ended by then."""
        runs = Q(effective_to__gt=at) & (Q(lifted_at__isnull=True) | Q(lifted_at__gt=at))
        return self.public().filter(runs | Q(published_until__gt=at))

    def with_relations(self) -> RestrictionQuerySet:
        """Restrictions with what every list shows of them."""
        return self.select_related(
            "organization__division", "service_class", "case__authority__division"
        )

    def with_decision(self) -> RestrictionQuerySet:
        """Restrictions with everything that their decisions say."""
        return self.with_relations().select_related(
            "case__opened_by", "case__decided_by", "case__revoked_by"
        )


class Restriction(DeadlineSubject, SlugModel):
    """What a decision takes from an agency, from when to when, in the whole province."""

    Kind = Measure

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="restrictions"
    )
    case = models.OneToOneField(
        Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="restriction"
    )
    kind = models.CharField(_("措施"), max_length=16, choices=Measure)
    severity = models.CharField(_("认定等级"), max_length=8, choices=Severity)
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("限于服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person_number = models.CharField(_("执业证书编号"), max_length=60, blank=True)
    effective_from = models.DateTimeField(_("生效时间"))
    effective_to = models.DateTimeField(_("到期时间"))
    legal_basis = models.CharField(_("依据"), max_length=200)
    is_public = models.BooleanField(_("公开"), default=True)
    published_until = models.DateTimeField(_("公示期至"))
    ended_bid_count = models.PositiveIntegerField(_("同时终止的报价数"), default=0)
    suspended_at = models.DateTimeField(_("停止执行时间"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("恢复执行时间"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("提前解除时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("到期处理时间"), null=True, blank=True)

    needs = (Needs(Q(ended_at__isnull=True, lifted_at__isnull=True), (CreditDeadline.TERM,)),)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用限制")
        ordering = ["-effective_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="restriction_period_in_order",
                condition=Q(effective_to__gt=F("effective_from"))
                | Q(kind="warning", effective_to=F("effective_from")),
            ),
            models.CheckConstraint(
                name="restriction_resumed_after_it_stood_still",
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("suspended_at")),
            ),
            models.CheckConstraint(name="restriction_has_basis", condition=~Q(legal_basis="")),
        ]
        indexes = [
            models.Index(name="restriction_by_party", fields=["organization", "effective_to"]),
            models.Index(
                name="restriction_by_person",
                fields=["person_number"],
                condition=~Q(person_number=""),
            ),
            models.Index(name="restriction_by_end", fields=["effective_to"]),
            models.Index(
                name="restriction_by_publicity",
                fields=["published_until"],
                condition=Q(is_public=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"

    def is_shown(self, at: datetime) -> bool:
        """Tell whether everybody may still read of it at `at`."""
        runs = at < self.effective_to and (self.lifted_at is None or at < self.lifted_at)
        return self.is_public and (runs or at < self.published_until)

    @property
    def subject_name(self) -> str:
        """Whom a measure binds, as everybody may read of it: a unit, or a person of it."""
        return self.case.person_masked or self.organization.name

    @property
    def measure_word(self) -> str:
        """What is imposed, in a word; on a person a freeze is called otherwise."""
        return measure_in_a_word(self.kind, is_on_a_person=bool(self.person_number))

    @property
    def is_blocking(self) -> bool:
        """Tell whether it keeps the agency from sign-up, selection and contract."""
        return self.kind in BLOCKING and not self.person_number

    def is_suspended(self, at: datetime) -> bool:
        """Tell whether a review keeps it from taking effect at `at`."""
        began = self.suspended_at is not None and self.suspended_at <= at
        return began and (self.resumed_at is None or at < self.resumed_at)


def measure_in_a_word(kind: str, *, is_on_a_person: bool) -> str:
    """Return what is imposed, in a word; on a person a freeze is called otherwise."""
    if is_on_a_person and kind == Measure.FREEZE:
        return gettext("暂停执业")
    return str(Measure(kind).label)
