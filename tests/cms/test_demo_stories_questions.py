"""A question is put while an order takes sign-ups, and waits where the script has no answer."""

from __future__ import annotations

import pytest

from bidding.models import Question
from cms.demo.script import Question as Asked
from cms.demo.script import Round
from cms.demo.stories.questions import question_is_asked
from tests.cms.stage import ORDER, act, stage
from tests.factories.bidding import TenderFactory, bidder

pytestmark = pytest.mark.django_db


def test_a_question_is_put_and_answered_on_the_day_of_the_publication() -> None:
    tender = TenderFactory(active=True)
    world = stage(gucheng=tender.buyer, zhice=bidder(tender.item))
    world.tenders["nanshi"] = tender
    plan = Round(key="nanshi", published=world.days.number_from(tender.published_at))
    asked = Asked(by="zhice", text="成果要提交几份？", answer="纸质三份，另交电子版。")

    moments = act(question_is_asked(world, ORDER, plan, asked))
    act(question_is_asked(world, ORDER, plan, Asked(by="zhice", text="可以分期提交吗？")))

    answered, waiting = Question.objects.order_by("pk")
    assert (answered.text, answered.answer) == (asked.text, asked.answer)
    assert [answered.asked_at, answered.answered_at] == moments
    assert (waiting.asker, waiting.answered_at) == (world.parties["zhice"], None)
