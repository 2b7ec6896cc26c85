"""A proposed value waits for another person than the one who proposed it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.models import RuleProposal
from tests.clock import NOON
from tests.factories.marketplace import COUNTY, PROVINCE, UserFactory, division

pytestmark = pytest.mark.django_db
CITY = "360700"


def proposal(code: str = PROVINCE, **fields: Any) -> RuleProposal:
    facts = {
        "key": "order.signup_min",
        "division": division(code),
        "value": 5,
        "unit": "working_day",
        "legal_basis": "平台默认",
        "in_force_from": date(2027, 1, 1),
        "proposed_by": UserFactory(),
        "proposed_at": NOON,
    }
    return RuleProposal.objects.create(**facts | fields)


def test_a_proposal_waits_until_it_is_decided_and_is_found_from_the_areas_above_it() -> None:
    county, province = proposal(COUNTY), proposal()
    decided = proposal(CITY, settled_by=UserFactory(), settled_at=NOON)

    assert {*RuleProposal.objects.waiting()} == {county, province}
    assert {*RuleProposal.objects.within(division(CITY))} == {county, decided}
    assert {*RuleProposal.objects.within(division(PROVINCE))} == {county, decided, province}


def test_the_database_refuses_a_confirmation_by_the_proposer() -> None:
    row = proposal()
    row.settle(by=row.proposed_by, at=NOON, is_confirmed=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()

    row.settle(by=row.proposed_by, at=NOON, is_confirmed=False)
    row.save()
    assert not RuleProposal.objects.waiting().exists()


def test_a_decision_has_somebody_who_made_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal(settled_at=NOON)

    assert not RuleProposal.objects.exists()
