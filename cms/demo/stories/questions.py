"""What agencies ask about an order while it takes sign-ups, and what its owner answers."""

from __future__ import annotations

from bidding.actions.questions import answer_question, ask_question
from cms.demo.engine import Story
from cms.demo.script import Order, Question, Round
from cms.demo.world import World


def question_is_asked(world: World, order: Order, plan: Round, asked: Question) -> Story:
    """Put one question on the day of the publication, and answer it then if there is an answer."""
    yield (at := world.at(plan.published, 0.4, plan.key, asked.by))
    tender = world.tenders[plan.key]
    agency, by = world.parties[asked.by], world.agent(asked.by)
    question = ask_question(tender=tender, agency=agency, text=asked.text, by=by, at=at)
    if asked.answer:
        yield (at := world.at(plan.published, 0.8, plan.key, asked.by))
        owner = world.agent(order.buyer)
        answer_question(question=question, answer=asked.answer, by=owner, at=at)
