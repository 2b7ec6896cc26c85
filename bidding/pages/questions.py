"""The questions about an order, as its page, the asker and the buyer see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding import links, periods
from bidding.models import Question, Tender
from bidding.rulebook import rules_for
from marketplace.kernel.statements import statement
from marketplace.models import Membership, Organization
from marketplace.parties import Party

Text = str | Promise
WAITING, SILENT = _("等待业主答复"), _("业主没有在期限内答复")


@dataclass(frozen=True)
class Asked:
    """A question with what has come of it; `said` is the word where there is no answer."""

    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    said: Text = ""
    reply_url: str = ""
    """Where its buyer answers it, while that may be."""


@dataclass(frozen=True)
class QuestionSection:
    """What everybody reads of the questions about an order, and until when one may ask."""

    asked: Sequence[Asked]
    ends_at: datetime | None = None
    answers_end_at: datetime | None = None

    @property
    def takes_questions(self) -> bool:
        """Whether the sign-up runs, so that it is said until when one may ask."""
        return self.ends_at is not None

    @property
    def is_shown(self) -> bool:
        return self.takes_questions or bool(self.asked)


def question_section(tender: Tender, at: datetime) -> QuestionSection:
    """
    Return the section of the order's page.

    While the sign-up runs it holds what is answered; afterwards also what nobody has answered.
    """
    is_active = tender.status == Tender.Status.ACTIVE
    rows = [_asked(one, is_over=not is_active) for one in _of_order(tender.pk)]
    shown = [one for one in rows if one.answer or not is_active]
    if not is_active or tender.tender_period_end is None:
        return QuestionSection(shown)
    rules, end = rules_for(tender, at), tender.tender_period_end
    return QuestionSection(
        shown, periods.questions_end(end, rules), periods.answers_end(end, rules)
    )


def own_questions(tender: Tender, agency: Organization) -> list[Asked]:
    """Return what `agency` has asked about `tender`."""
    is_over = tender.status != Tender.Status.ACTIVE
    return [_asked(one, is_over=is_over) for one in Question.objects.of(tender).by(agency)]


def all_questions(tender: Tender) -> list[Asked]:
    """Return every question about `tender`, for its buyer to answer; nobody is named."""
    is_over = tender.status != Tender.Status.ACTIVE
    found = []
    for one in _of_order(tender.pk):
        one.tender = tender
        may_reply = not is_over and one.answered_at is None
        reply_url = links.to_question(one) if may_reply else ""
        found.append(_asked(one, is_over=is_over, reply_url=reply_url))
    return found


def waiting_for_answer(party: Party) -> list[Question]:
    """Return the questions that the orders of `party` have to answer, those of open ones alone."""
    is_manager = party.has_role(Membership.Role.BUYER_MANAGER)
    return _waiting(buyer=party.organization.pk, person=party.user.pk, is_manager=is_manager)


@statement
def _waiting(*, buyer: int, person: int, is_manager: bool) -> QuerySet[Question]:
    rows = Question.objects.open().filter(tender__buyer=buyer, tender__status=Tender.Status.ACTIVE)
    if not is_manager:
        rows = rows.filter(tender__created_by=person)
    return rows.select_related("tender__rulebook").order_by("pk")


@statement
def _of_order(order: int) -> QuerySet[Question]:
    return Question.objects.filter(tender=order).order_by("pk")


def _asked(question: Question, *, is_over: bool, reply_url: str = "") -> Asked:
    said = "" if question.answered_at else SILENT if is_over else WAITING
    return Asked(
        text=question.text,
        asked_at=question.asked_at,
        answer=question.answer,
        answered_at=question.answered_at,
        said=said,
        reply_url=reply_url,
    )
