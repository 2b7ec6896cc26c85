"""
An objection against the opening, the letter of award, and another objection to the same matter.

As in `test_locks`, each race has its negative control without locks.
"""

from __future__ import annotations

from typing import Any

import pytest

from bidding.actions.awards import issue_award
from bidding.actions.disputes import file_dispute
from bidding.actions.tenders import evaluate_tender
from bidding.models import Award, Dispute, Matter, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.verdicts import Refused
from tests.bidding.disputing import FACTS, FILED, REQUEST, World, world
from tests.connections import race
from tests.factories.bidding import DEADLINE, OPENING, PUBLICITY_END, BidFactory, TenderFactory
from tests.uploads import upload

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def filing(it: World, matter: Matter, at: Any) -> Any:
    filing = it.filing(matter)
    return lambda: file_dispute(
        filing=filing, facts=FACTS, request=REQUEST, files=[upload()], by=it.by, at=at
    )


def of_closed_order(it: World) -> Tender:
    tender = TenderFactory(closed=True, division=it.operators.division)
    BidFactory(tender=tender)
    it.award.tender_id = tender.pk
    return tender


def test_an_opening_behind_an_objection_finds_the_order_standing_still(is_locked: bool) -> None:
    it = world()
    tender = of_closed_order(it)

    found = race(
        filing(it, Matter.NOTICE, DEADLINE), lambda: evaluate_tender(tender=tender, at=OPENING)
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["tender_is_not_suspended"] if is_locked else [])
    status = Tender.objects.get(pk=tender.pk).status
    assert (status == Tender.Status.CLOSED) is is_locked


def test_an_objection_behind_an_opening_is_taken_and_the_registration_stands_still(
    is_locked: bool,
) -> None:
    it = world()
    tender = of_closed_order(it)

    found = race(
        lambda: evaluate_tender(tender=tender, at=OPENING), filing(it, Matter.NOTICE, OPENING)
    )

    assert found.waited is is_locked
    tender = Tender.objects.get(pk=tender.pk)
    assert tender.status == Tender.Status.EVALUATED
    registration = tender.deadline(OrderDeadline.REGISTRATION)
    assert registration is not None
    assert (registration.suspended_at == OPENING) is is_locked


def test_a_letter_behind_an_objection_is_not_sent(is_locked: bool) -> None:
    it = world()

    found = race(
        filing(it, Matter.SELECTION, FILED),
        lambda: issue_award(award=it.award, at=PUBLICITY_END),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["publicity_is_over"] if is_locked else [])
    pending = Award.objects.filter(status=Award.Status.PENDING)
    assert pending.exists() is is_locked


def test_the_same_matter_twice_at_once_is_filed_once(is_locked: bool) -> None:
    it = world()

    found = race(filing(it, Matter.SELECTION, FILED), filing(it, Matter.SELECTION, FILED))

    assert Dispute.objects.count() == 1
    assert refusal(found.second.error) == (["matter_was_not_filed_before"] if is_locked else [])
    assert found.second.error is not None  # a constraint stands behind the lock
