"""A question about an open order: who asked is hidden, what was asked and answered is public."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bidding.models.tender import Tender
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Organization, User


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by order, and by who asked."""

    def of(self, tender: Tender) -> QuestionQuerySet:
        """Return the questions about `tender`, the first first."""
        return self.filter(tender=tender).order_by("pk")

    def by(self, agency: Organization) -> QuestionQuerySet:
        """Return those that `agency` has asked."""
        return self.filter(asker=agency)

    def answered(self) -> QuestionQuerySet:
        """Return those with an answer; they are public."""
        return self.filter(answered_at__isnull=False)

    def open(self) -> QuestionQuerySet:
        """Return those without an answer."""
        return self.filter(answered_at__isnull=True)


class Question(SlugModel):
    """One question and its one answer; `asker` is for its own pages alone."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("采购"), on_delete=models.PROTECT, related_name="questions"
    )
    asker = models.ForeignKey(
        Organization, verbose_name=_("提问单位"), on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        User, verbose_name=_("提问人"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("提问时间"))
    text = models.CharField(_("问题"), max_length=500)
    answer = models.CharField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name=_("答复人"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("提问")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="question_answer_has_text_time_and_person",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="question_is_answered_after_it_was_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=models.F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        """Do not name the asker: it may be a bidder, and that is secret until the opening."""
        return self.text

    def give_answer(self, text: str, *, by: User, at: datetime) -> None:
        """Answer once; the guards have asked whether it may be."""
        self.answer, self.answered_by, self.answered_at = text, by, at
