"""Questions about an order: an agency asks, the buyer answers."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions import questions as actions
from bidding.forms.questions import AnswerForm, QuestionForm
from bidding.guards.versions import version_of_order
from bidding.models import Question, Tender
from bidding.pages.acts import answer_act, ask_act
from bidding.pages.own import public_order
from bidding.pages.questions import own_questions, question_section
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.web.act_views import AskingView


class Ask(AskingView):
    """Put a question about an open order, and see what came of the own ones."""

    form_class, said = QuestionForm, "bidding/question_asked"
    tender: Tender

    def is_allowed(self) -> bool:
        return permissions.can_bid(self.party)

    def load(self, **kwargs: Any) -> None:
        found = public_order.one(kwargs["code"])
        if found is None:
            raise Http404
        self.tender = found

    def version(self) -> Version:
        return version_of_order(self.tender)

    def act(self, **given: Any) -> Question:
        agency = self.party.organization
        return actions.ask_question(tender=self.tender, agency=agency, **given, **self.hand)

    def where(self, done: Question) -> str:
        return reverse("bidding:question_ask", args=[self.tender.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        agency = self.party.organization
        act = ask_act(self.tender, agency, self.at, form)
        return self.page(
            "bidding/question_ask.html",
            status=status,
            act=act,
            tender=self.tender,
            section=question_section(self.tender, self.at),
            own=own_questions(self.tender, agency),
        )


class Answer(AskingView):
    """Answer one question about an order of the own unit."""

    form_class, said = AnswerForm, "bidding/question_answered"
    question: Question

    def is_allowed(self) -> bool:
        return permissions.can_edit_tender(self.party, self.question.tender)

    def load(self, **kwargs: Any) -> None:
        orders = Question.objects.select_related("tender__rulebook", "tender__buyer")
        self.question = get_object_or_404(
            orders, slug=kwargs["question"], tender__slug=kwargs["slug"]
        )
        if not permissions.can_see_draft(self.party, self.question.tender):
            raise Http404

    def version(self) -> Version:
        return version_of(Seen(self.question))

    def act(self, **given: Any) -> Question:
        return actions.answer_question(question=self.question, **given, **self.hand)

    def where(self, done: Question) -> str:
        return reverse("bidding:buyer_tender", args=[done.tender.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/question_answer.html",
            status=status,
            act=answer_act(self.question, self.at, form),
            tender=self.question.tender,
            question=self.question,
        )
