"""What an abnormally low quote costs: asked at the opening, explained by its bidder, judged."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.bid import Bid
from bidding.models.deadlines import OrderDeadline
from bidding.models.tender import Tender
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
from marketplace.models import Document, User


class ExplanationStatus(models.TextChoices):
    """Where the explanation of a quote stands."""

    ASKED = "asked", _("待说明成本")
    GIVEN = "given", _("待审核成本说明")
    ACCEPTED = "accepted", _("成本说明成立")
    REFUSED = "refused", _("成本说明不成立")
    SILENT = "silent", _("没有说明成本")
    DROPPED = "dropped", _("随采购终止")


UNSETTLED = (ExplanationStatus.ASKED, ExplanationStatus.GIVEN)
COUNTING = (*UNSETTLED, ExplanationStatus.ACCEPTED, ExplanationStatus.DROPPED)


class ExplanationQuerySet(LockingQuerySet["Explanation"]):
    """Explanations by where they stand."""

    def open(self) -> ExplanationQuerySet:
        """Those for which an award waits."""
        return self.filter(status__in=UNSETTLED)

    def of(self, tender: Tender) -> ExplanationQuerySet:
        """Those of an order, with bidder, papers and deadlines."""
        rows = self.filter(tender=tender).select_related("bid__agency").order_by("pk")
        return rows.prefetch_related("papers", deadlines_of())

    def with_order(self) -> ExplanationQuerySet:
        """Those with order, sides and deadlines, for the pages of one."""
        order = ("tender__buyer", "tender__item", "tender__division__parent", "tender__rulebook")
        rows = self.select_related(*order, "bid__agency", "bid__tender__division")
        return rows.prefetch_related(deadlines_of(), deadlines_of("tender"), "papers")

    def set_aside(self, tender: Tender) -> frozenset[str]:
        """Return the credit codes of the bidders of an order whose quotes do not count."""
        rows = self.filter(tender=tender, is_set_aside=True)
        codes = rows.values_list("bid__agency__uscc", flat=True)
        return frozenset(code for code in codes if code)


class Explanation(StatefulModel, DeadlineSubject, SlugModel):
    """
    One quote's explanation; what it says is for owner and officers, what came of it for everybody.

    `is_set_aside`: the quote does not count, though the ranking that was published keeps it.
    """

    Status = ExplanationStatus

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="explanations"
    )
    bid = models.OneToOneField(
        Bid, verbose_name=_("报名"), on_delete=models.PROTECT, related_name="explanation"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.ASKED)
    is_set_aside = models.BooleanField(_("报价不计入"), default=False)
    asked_at = models.DateTimeField(_("要求说明的时间"))
    text = models.TextField(_("成本说明"), max_length=4000, blank=True)
    papers = models.ManyToManyField(Document, verbose_name=_("材料"), blank=True, related_name="+")
    given_by = models.ForeignKey(
        User,
        verbose_name=_("说明人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    reasons = models.CharField(_("审核理由"), max_length=500, blank=True)
    judged_by = models.ForeignKey(
        User,
        verbose_name=_("审核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    judged_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    due_at = EndOf(OrderDeadline.EXPLANATION)
    judge_due_at = EndOf(OrderDeadline.JUDGEMENT)
    is_due_provisional = IsProvisional(OrderDeadline.EXPLANATION, OrderDeadline.JUDGEMENT)
    needs = (
        Needs(Q(status=Status.ASKED), (OrderDeadline.EXPLANATION,)),
        Needs(Q(status=Status.GIVEN), (OrderDeadline.JUDGEMENT,)),
    )

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("成本说明")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="explanation_given_has_text_time_and_person",
                condition=Q(given_at__isnull=True, given_by__isnull=True, text="")
                | Q(given_at__isnull=False, given_by__isnull=False) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="explanation_judged_was_given",
                condition=~Q(
                    status__in=[
                        ExplanationStatus.GIVEN,
                        ExplanationStatus.ACCEPTED,
                        ExplanationStatus.REFUSED,
                    ]
                )
                | Q(given_at__isnull=False),
            ),
            models.CheckConstraint(
                name="explanation_refused_has_person_and_reasons",
                condition=~Q(status=ExplanationStatus.REFUSED)
                | Q(judged_by__isnull=False, judged_at__isnull=False) & ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="explanation_sets_aside_what_it_did_not_explain",
                condition=Q(is_set_aside=False, status__in=[*COUNTING, ExplanationStatus.SILENT])
                | Q(
                    is_set_aside=True,
                    status__in=[ExplanationStatus.REFUSED, ExplanationStatus.SILENT],
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id}/{self.bid_id}"

    @transition(field=status, source=Status.ASKED, target=Status.GIVEN)
    def give(self, *, text: str, at: datetime, by: User) -> None:
        self.text, self.given_at, self.given_by = text, at, by

    @transition(field=status, source=Status.GIVEN, target=Status.ACCEPTED)
    def accept(self, *, reasons: str, at: datetime, by: User | None) -> None:
        """Let the quote count; nobody has judged it where its time was over."""
        self.reasons, self.judged_at, self.judged_by = reasons, at, by

    @transition(field=status, source=Status.GIVEN, target=Status.REFUSED)
    def refuse(self, *, reasons: str, at: datetime, by: User) -> None:
        self.reasons, self.judged_at, self.judged_by = reasons, at, by
        self.is_set_aside = True

    @transition(field=status, source=Status.ASKED, target=Status.SILENT)
    def go_silent(self, *, at: datetime, is_set_aside: bool) -> None:
        """End what was not explained in time; whether the quote counts all the same is a rule."""
        self.judged_at, self.is_set_aside = at, is_set_aside

    @transition(field=status, source=[Status.ASKED, Status.GIVEN], target=Status.DROPPED)
    def drop(self, *, at: datetime) -> None:
        """End it with its order."""
        self.judged_at = at
