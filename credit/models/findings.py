"""What the arithmetic of a record asks an officer to look into."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.models.cases import Case, CaseStatus
from credit.models.conduct import Measure, Severity
from credit.models.entries import Entry
from credit.models.schemes import CreditScheme, name_of_kind
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Division, Organization, User


class FindingQuerySet(LockingQuerySet["Finding"]):
    """Findings by who has to look into them."""

    def open(self) -> FindingQuerySet:
        """Findings of whose case no notice was given, and that have not been set aside."""
        return self.filter(closed_at__isnull=True).filter(
            Q(case__isnull=True) | Q(case__status=CaseStatus.FOUND)
        )

    def within(self, division: Division) -> FindingQuerySet:
        """Findings on agencies that are registered in `division` or below it."""
        return self.filter(organization__division__code__startswith=division.prefix)

    def with_relations(self) -> FindingQuerySet:
        """Findings with what every list shows of them."""
        return self.select_related("organization__division", "entry", "scheme", "case")


class Finding(SlugModel):
    """
    A threshold that an entry crossed, or a repetition that it completed, with the arithmetic.

    It restricts nobody. `case` is the case that waits with it, as found, until an officer gives
    notice or sets it aside with reasons; there is none only where no authority exists yet.
    `arithmetic` is how the score came about at `found_at`.
    """

    class By(models.TextChoices):
        THRESHOLD = "threshold", _("信用分达到立案界限")
        REPEAT = "repeat", _("同类行为屡次发生")

    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="findings"
    )
    by = models.CharField(_("来由"), max_length=12, choices=By)
    trigger = models.CharField(_("界限或者行为"), max_length=48)
    entry = models.ForeignKey(
        Entry, verbose_name=_("触发的记录"), on_delete=models.PROTECT, related_name="findings"
    )
    scheme = models.ForeignKey(
        CreditScheme, verbose_name=_("信用评价方案"), on_delete=models.PROTECT, related_name="+"
    )
    score = models.DecimalField(_("信用分"), max_digits=7, decimal_places=2)
    arithmetic: models.JSONField[Any, Any] = models.JSONField(_("计算过程"))
    severity = models.CharField(_("建议认定等级"), max_length=8, choices=Severity, blank=True)
    measure = models.CharField(_("建议措施"), max_length=16, choices=Measure, blank=True)
    months = models.PositiveSmallIntegerField(_("建议期限（月）"), default=0)
    basis = models.CharField(_("方案的依据"), max_length=200)
    found_at = models.DateTimeField(_("发现时间"))
    case = models.OneToOneField(
        Case,
        verbose_name=_("案件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="finding",
    )
    closed_at = models.DateTimeField(_("不予立案时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closing_reasons = models.TextField(_("不予立案的理由"), max_length=1000, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("立案线索")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="finding_once_per_entry", fields=["entry", "trigger"]),
            models.CheckConstraint(
                name="finding_set_aside_by_somebody_with_reasons",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closing_reasons="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing_reasons=""),
            ),
        ]
        indexes = [models.Index(name="finding_by_party", fields=["organization", "found_at"])]

    def __str__(self) -> str:
        return f"{self.organization} {self.trigger}"

    @property
    def is_open(self) -> bool:
        """Tell whether an officer has still to look into it."""
        is_unnotified = self.case is None or self.case.status == CaseStatus.FOUND
        return self.closed_at is None and is_unnotified

    @property
    def conduct(self) -> str:
        """The kind of conduct that a case on it would be about."""
        return conduct_of(self.by, self.trigger, self.entry.kind)

    @property
    def conduct_name(self) -> str:
        """The name of that conduct."""
        return name_of_kind(self.conduct)

    @property
    def facts(self) -> str:
        """What the case that waits with it says was found; the arithmetic is kept here."""
        parts = {"why": self.get_by_display(), "score": self.score, "kind": self.conduct_name}
        return gettext("%(why)s：信用分 %(score)s 分，触发的行为是“%(kind)s”。") % parts


def conduct_of(by: str, trigger: str, kind: str) -> str:
    """Return the kind of conduct of a finding on an entry of `kind`."""
    return trigger if by == Finding.By.REPEAT else kind
