"""Rule values that a manager has proposed and that wait for a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.divisions import Division
from marketplace.models.second_look import SecondLook
from marketplace.models.users import User


class RuleProposalQuerySet(LockingQuerySet["RuleProposal"]):
    """Proposals by area and by whether they are settled."""

    def waiting(self) -> RuleProposalQuerySet:
        """Proposals that nobody has confirmed or withdrawn."""
        return self.filter(settled_at__isnull=True)

    def within(self, division: Division) -> RuleProposalQuerySet:
        """Proposals for `division` and the areas below it."""
        return self.filter(division__code__startswith=division.prefix)

    def with_relations(self) -> RuleProposalQuerySet:
        """Proposals with what their pages show of them."""
        return self.select_related("division", "proposed_by", "settled_by")


class RuleProposal(SecondLook, SlugModel):
    """One value as it would be loaded; a second person confirms it, and then it is a rule."""

    key = models.CharField(_("键"), max_length=64)
    division = models.ForeignKey(
        Division, verbose_name=_("适用地区"), on_delete=models.PROTECT, related_name="+"
    )
    value: models.JSONField[Any, Any] = models.JSONField(_("值"))
    unit = models.CharField(_("单位"), max_length=16)
    legal_basis = models.CharField(_("依据"), max_length=200)
    source_note = models.CharField(_("来源说明"), max_length=300, blank=True)
    in_force_from = models.DateField(_("生效日期"))
    is_confirmed = models.BooleanField(_("已确认"), default=False)

    objects = RuleProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("规则提案")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="rule_proposal_settled_by_somebody",
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="rule_proposal_confirmed_by_another",
                condition=models.Q(is_confirmed=False)
                | (
                    models.Q(settled_by__isnull=False)
                    & ~models.Q(settled_by=models.F("proposed_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.in_force_from}"

    def settle(self, *, by: User, at: datetime, is_confirmed: bool) -> None:
        """Note who confirmed or withdrew it, and when."""
        self.settled_by, self.settled_at, self.is_confirmed = by, at, is_confirmed
