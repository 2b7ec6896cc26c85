"""Explanations of quotes that lie far below the others, in each state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory

from bidding.models import Explanation
from tests.clock import NOON
from tests.factories.bidding import BidFactory
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import UserFactory

SOON = NOON + timedelta(days=2)
Status = Explanation.Status


class ExplanationFactory(SubjectFactory):
    """An explanation that was asked for."""

    class Meta:
        model = Explanation

    class Params:
        given = factory.Trait(
            status=Status.GIVEN,
            text="人员和设备都在当地。",
            given_at=NOON,
            given_by=factory.SubFactory(UserFactory),
            judge_due_at=SOON,
        )
        judged = factory.Trait(
            given=True,
            judged_at=NOON,
            judged_by=factory.SubFactory(UserFactory),
            reasons="说明的成本没有材料证明。",
        )
        accepted = factory.Trait(judged=True, status=Status.ACCEPTED)
        refused = factory.Trait(judged=True, status=Status.REFUSED, is_set_aside=True)
        silent = factory.Trait(status=Status.SILENT, is_set_aside=True)
        dropped = factory.Trait(status=Status.DROPPED)

    bid: Any = factory.SubFactory(BidFactory)
    tender: Any = factory.SelfAttribute("bid.tender")
    asked_at = NOON
    due_at = SOON
