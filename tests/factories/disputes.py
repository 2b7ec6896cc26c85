"""Smallest valid objections, complaints and reports; traits name the later states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory

from bidding.models import Dispute, Report
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, bidder, rulebook
from tests.factories.deadlines import SubjectFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory, division

SOON = NOON + timedelta(days=3)


class DisputeFactory(SubjectFactory):
    """An objection to the result of an order; `complaint` makes it a complaint of one."""

    class Meta:
        model = Dispute

    class Params:
        filed = factory.Trait()
        was_checked = factory.Trait(
            checked_at=NOON, checked_by=factory.SubFactory(UserFactory), check_due_at=SOON
        )
        complaint = factory.Trait(kind=Dispute.Kind.COMPLAINT)
        answering = factory.Trait(
            was_checked=True, status=Dispute.Status.ANSWERING, answer_due_at=SOON
        )
        was_answered = factory.Trait(
            was_checked=True,
            answer="已经核对。",
            answered_at=NOON,
            answered_by=factory.SubFactory(UserFactory),
        )
        answered = factory.Trait(
            was_answered=True, status=Dispute.Status.ANSWERED, escalation_due_at=SOON
        )
        undecided = factory.Trait(
            was_answered=True,
            complaint=True,
            status=Dispute.Status.ANSWERED,
            decision_due_at=SOON,
        )
        decided = factory.Trait(
            was_answered=True,
            complaint=True,
            status=Dispute.Status.DECIDED,
            decided_at=NOON,
            decided_by=factory.SubFactory(UserFactory),
            is_upheld=False,
            decision="没有依据。",
        )
        refused = factory.Trait(
            was_checked=True,
            status=Dispute.Status.REFUSED,
            refusal_reasons="不是本项目的参加人。",
            closed_at=NOON,
        )
        closed = factory.Trait(was_answered=True, status=Dispute.Status.CLOSED, closed_at=NOON)
        withdrawn = factory.Trait(status=Dispute.Status.WITHDRAWN, closed_at=NOON)

    number = factory.Sequence(lambda n: f"JX360702-2026-Y{n:05d}")
    kind = Dispute.Kind.OBJECTION
    matter = Dispute.Matter.SELECTION
    subject = factory.Sequence(lambda n: f"JX/{n}")
    filer: Any = factory.LazyFunction(bidder)
    filed_by: Any = factory.SubFactory(UserFactory)
    filed_at = NOON
    tender: Any = factory.LazyFunction(lambda: AwardFactory().tender)
    respondent: Any = factory.LazyAttribute(lambda it: it.tender.buyer)
    authority: Any = factory.LazyFunction(lambda: AuthorityFactory(division=division()))
    facts = "第二名的资质证书已经过期。"
    request = "请重新核对结果。"
    rulebook: Any = factory.LazyFunction(rulebook)
    check_due_at = SOON


class ComplaintFactory(DisputeFactory):
    """A complaint of the result of an order, on which an officer decides after the answer."""

    class Params:
        answered = factory.Trait(undecided=True)

    kind = Dispute.Kind.COMPLAINT


class ReportFactory(SubjectFactory):
    """A report that nobody has answered."""

    class Meta:
        model = Report

    class Params:
        filed = factory.Trait()
        was_answered = factory.Trait(
            answer="页面已经恢复。", answered_at=NOON, answered_by=factory.SubFactory(UserFactory)
        )
        answered = factory.Trait(was_answered=True, status=Report.Status.ANSWERED)
        set_aside = factory.Trait(was_answered=True, status=Report.Status.SET_ASIDE)

    topic = Report.Topic.PLATFORM
    division: Any = factory.LazyFunction(division)
    authority: Any = factory.LazyFunction(lambda: AuthorityFactory(division=division()))
    text = "页面打不开。"
    filed_at = NOON
    rulebook: Any = factory.LazyFunction(rulebook)
    due_at = SOON
